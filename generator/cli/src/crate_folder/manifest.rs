//! The generated crate's `Cargo.toml`, which belongs to its owner once it is there: what the generated code
//! can't do without is added, and nothing else touched.

use std::collections::BTreeSet;

use openapi_generator::print::dependency_names;
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, TomlError};

use super::parts;

/// What a manifest has only because the settings say so.
const METADATA: [&str; 8] =
    ["license", "authors", "repository", "homepage", "documentation", "keywords", "categories", "publish"];

/// The manifest `old` with the features and dependencies of `wanted` that it lacks, and what `wanted` says about the crate
/// beyond its description. New features that are defaults in `wanted` become so. What names the crates that are `gone` is
/// taken out.
///
/// # Errors
/// One of them isn't TOML.
pub fn completed(old: &str, wanted: &str, gone: &BTreeSet<String>) -> Result<String, TomlError> {
    let mut manifest: DocumentMut = old.parse()?;
    let wanted: DocumentMut = wanted.parse()?;
    complete_package(&mut manifest, &wanted);
    parts::prune(&mut manifest, gone, &wanted);
    complete_targets(&mut manifest, &wanted);
    for section in ["features", "dependencies", "dev-dependencies"] {
        let Some(entries) = wanted.get(section).and_then(Item::as_table) else { continue };
        for (name, entry) in entries.iter().filter(|(name, _)| *name != "default") {
            let known = manifest.get_mut(section).and_then(Item::as_table_like_mut);
            if let Some(known) = known.and_then(|known| known.get_mut(name)) {
                complete_list(known, entry);
                continue;
            }
            let table = manifest.entry(section).or_insert_with(|| Item::Table(Table::new()));
            if let Some(table) = table.as_table_like_mut() {
                table.insert(name, entry.clone());
            }
            if section == "features" && defaults(&wanted).iter().any(|default| default == name) {
                add_default(&mut manifest, name);
            }
        }
    }
    Ok(manifest.to_string())
}

/// Adds the dependencies for some targets alone. One that the crate has for all of them is only completed.
fn complete_targets(manifest: &mut DocumentMut, wanted: &DocumentMut) {
    for (target, entries) in targets(wanted) {
        for (name, entry) in entries.iter() {
            let general = manifest.get_mut("dependencies").and_then(Item::as_table_like_mut);
            if let Some(known) = general.and_then(|general| general.get_mut(name)) {
                complete_list(known, entry);
                continue;
            }
            let mut table = manifest.as_table_mut() as &mut dyn TableLike;
            for key in ["target", target, "dependencies"] {
                let mut new = Table::new();
                new.set_implicit(key != "dependencies");
                let found = table.entry(key).or_insert(Item::Table(new)).as_table_like_mut();
                let Some(found) = found else { return };
                table = found;
            }
            match table.get_mut(name) {
                Some(known) => complete_list(known, entry),
                None => drop(table.insert(name, entry.clone())),
            }
        }
    }
}

/// The dependencies for some targets alone, with what tells these targets.
fn targets(manifest: &DocumentMut) -> impl Iterator<Item = (&str, &dyn TableLike)> {
    let targets = manifest.get("target").and_then(Item::as_table_like);
    let targets = targets.into_iter().flat_map(|targets| targets.iter());
    targets.filter_map(|(target, table)| Some((target, table.get("dependencies")?.as_table_like()?)))
}

/// Adds what the settings say about the crate, and its owner doesn't.
fn complete_package(manifest: &mut DocumentMut, wanted: &DocumentMut) {
    let wanted = wanted.get("package").and_then(Item::as_table);
    let Some(own) = manifest.get_mut("package").and_then(Item::as_table_like_mut) else { return };
    for key in METADATA {
        let is_said = own.contains_key(key) || (key == "license" && own.contains_key("license-file"));
        if let Some(value) = wanted.and_then(|wanted| wanted.get(key)).filter(|_| !is_said) {
            own.insert(key, value.clone());
        }
    }
}

/// Adds to a feature's list, or to the features of a dependency, what it lacks.
fn complete_list(known: &mut Item, wanted: &Item) {
    if let Some(wanted) = wanted.get("features")
        && let Some(known) = known.as_table_like_mut()
        && !known.contains_key("workspace")
    {
        let list = known.entry("features").or_insert_with(|| toml_edit::value(Array::new()));
        return complete_list(list, wanted);
    }
    if let (Some(known), Some(wanted)) = (known.as_array_mut(), wanted.as_array()) {
        for name in wanted {
            if !known.iter().any(|known| known.as_str() == name.as_str()) {
                known.push(name.as_str().unwrap_or_default());
            }
        }
    }
}

/// The lines of `wanted`'s dependencies that the crate of `manifest` lacks. Optional ones count for the features that
/// both have, and those for a target where `is_target` says so of its section.
///
/// # Errors
/// One of them isn't TOML.
pub fn lacking(manifest: &str, wanted: &str, is_target: impl Fn(&str) -> bool) -> Result<String, TomlError> {
    let (manifest, wanted): (DocumentMut, DocumentMut) = (manifest.parse()?, wanted.parse()?);
    let section =
        |of: &DocumentMut, name: &str| of.get(name).and_then(Item::as_table).cloned().unwrap_or_default();
    let (own, features) = (section(&manifest, "dependencies"), section(&manifest, "features"));
    let shared = section(&wanted, "features");
    let shared = shared.iter().filter(|(name, _)| features.contains_key(name));
    let of_features: Vec<String> = shared
        .flat_map(|(_, list)| list.as_array().into_iter().flatten())
        .filter_map(|name| name.as_str()?.strip_prefix("dep:").map(str::to_owned))
        .collect();
    let is_needed = |name: &str, entry: &Item| {
        let optional = entry.get("optional").and_then(Item::as_bool) == Some(true);
        !own.contains_key(name) && (!optional || of_features.iter().any(|feature| feature == name))
    };
    let line = |name: &str, entry: &Item| format!("{name} = {}\n", entry.to_string().trim());
    let general = section(&wanted, "dependencies");
    let lacking = general.iter().filter(|(name, entry)| is_needed(name, entry));
    let mut lines: String = lacking.map(|(name, entry)| line(name, entry)).collect();
    let heading = |target: &str| format!("target.'{target}'.dependencies");
    for (target, entries) in targets(&wanted).filter(|(target, _)| is_target(&heading(target))) {
        let own: Vec<&dyn TableLike> =
            targets(&manifest).filter(|(other, _)| *other == target).map(|(_, own)| own).collect();
        let lacking = entries
            .iter()
            .filter(|(name, entry)| is_needed(name, entry) && !own.iter().any(|own| own.contains_key(name)));
        let of_target: String = lacking.map(|(name, entry)| line(name, entry)).collect();
        if !of_target.is_empty() {
            lines.push_str(&format!("\n[{}]\n{of_target}", heading(target)));
        }
    }
    Ok(lines)
}

/// The dependencies of `manifest` that generated code could need for its runtime, and that of `wanted` doesn't: left
/// over from the other form of the runtime, unless the crate's owner uses them. Each is said with where else it is named.
pub fn left_over(manifest: &str, wanted: &str) -> Vec<String> {
    let names = |text: &str| -> Vec<String> {
        let document: DocumentMut = text.parse().unwrap_or_default();
        let general = document.get("dependencies").and_then(Item::as_table_like);
        let tables = general.into_iter().chain(targets(&document).map(|(_, table)| table));
        tables.flat_map(|table| table.iter().map(|(name, _)| name.to_owned())).collect()
    };
    let wanted = names(wanted);
    let mut left = names(manifest);
    left.retain(|name| dependency_names().any(|known| known == name) && !wanted.contains(name));
    let features = enabled_by_features(manifest);
    let said = |name: String| match features.contains(&name) {
        true => format!("`{name}` (also named in `[features]`)"),
        false => format!("`{name}`"),
    };
    left.into_iter().map(said).collect()
}

/// The dependencies that features enable, or whose features they do.
fn enabled_by_features(manifest: &str) -> Vec<String> {
    let document: DocumentMut = manifest.parse().unwrap_or_default();
    let features = document.get("features").and_then(Item::as_table_like);
    let lists =
        features.into_iter().flat_map(|features| features.iter().filter_map(|(_, list)| list.as_array()));
    let entries = lists.flatten().filter_map(toml_edit::Value::as_str);
    let name = |entry: &str| {
        let entry = entry.strip_prefix("dep:").unwrap_or(entry);
        entry.split(['/', '?']).next().unwrap_or_default().to_owned()
    };
    entries.map(name).collect()
}

/// The package's name, if `manifest` says one.
pub fn package_name(manifest: &str) -> Option<String> {
    of_package(manifest, "name")
}

/// All features; none if `manifest` isn't TOML.
pub fn features(manifest: &str) -> Vec<String> {
    let manifest: DocumentMut = manifest.parse().unwrap_or_default();
    let features = manifest.get("features").and_then(Item::as_table);
    features.into_iter().flat_map(|features| features.iter()).map(|(name, _)| name.to_owned()).collect()
}

/// The features that are on by default; none if `manifest` isn't TOML.
pub fn default_features(manifest: &str) -> Vec<String> {
    manifest.parse().map(|manifest| defaults(&manifest)).unwrap_or_default()
}

/// The package's version, if `manifest` says one.
pub fn version(manifest: &str) -> Option<String> {
    of_package(manifest, "version")
}

fn of_package(manifest: &str, key: &str) -> Option<String> {
    let manifest: DocumentMut = manifest.parse().ok()?;
    Some(manifest.get("package")?.get(key)?.as_str()?.to_owned())
}

fn defaults(manifest: &DocumentMut) -> Vec<String> {
    let list = manifest.get("features").and_then(|features| features.get("default")).and_then(Item::as_array);
    list.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

fn add_default(manifest: &mut DocumentMut, name: &str) {
    let features = manifest.get_mut("features").and_then(Item::as_table_like_mut);
    let list =
        features.map(|features| features.entry("default").or_insert_with(|| toml_edit::value(Array::new())));
    if let Some(list) = list.and_then(Item::as_array_mut) {
        list.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_what_is_missing_and_keeps_the_rest() {
        let old = "[package]\nname = \"mine\" # so named\n\n[features]\ndefault = [\"client\"]\nclient = []\n\n\
                   [dependencies]\nserde = { version = \"1.0.200\" }\n";
        let wanted = "[features]\ndefault = [\"client\", \"users\"]\nclient = [\"dep:x\"]\nusers = []\n\n\
                      [dependencies]\nserde = \"1\"\nhttp = \"1\"\n";
        let completed = completed(old, wanted, &BTreeSet::new()).unwrap_or_default();
        assert_eq!(
            completed,
            "[package]\nname = \"mine\" # so named\n\n[features]\ndefault = [\"client\", \"users\"]\nclient = [\"dep:x\"]\n\
             users = []\n\n[dependencies]\nserde = { version = \"1.0.200\" }\nhttp = \"1\"\n"
        );
    }

    #[test]
    fn what_the_settings_say_about_the_crate_is_added_where_its_owner_says_nothing() {
        let wanted = "[package]\nname = \"a\"\ndescription = \"d\"\nlicense = \"MIT\"\nauthors = [\"A\"]\nhomepage = \"https://a.b\"\n";
        let own =
            |license: &str| format!("[package]\nname = \"mine\"\n{license}\nauthors.workspace = true\n");
        let added = |license: &str| completed(&own(license), wanted, &BTreeSet::new()).unwrap();
        let homepage = "homepage = \"https://a.b\"\n";
        assert_eq!(added("license-file = \"L\""), own("license-file = \"L\"") + homepage);
        assert_eq!(added("license = \"0BSD\""), own("license = \"0BSD\"") + homepage);
        assert_eq!(added(""), own("") + "license = \"MIT\"\n" + homepage);
    }

    #[test]
    fn lists_are_completed() {
        let old = "[features]\nclient = [\"dep:a\"]\n\n[dependencies]\na = { version = \"1\", features = [\"x\"] }\nb.workspace = true\n";
        let wanted = "[features]\nclient = [\"dep:a\", \"dep:b\"]\n\n[dependencies]\na = { version = \"1\", features = [\"x\", \"y\"] }\nb = { version = \"1\", features = [\"z\"] }\n";
        let completed = completed(old, wanted, &BTreeSet::new()).unwrap_or_default();
        assert_eq!(
            completed,
            "[features]\nclient = [\"dep:a\", \"dep:b\"]\n\n[dependencies]\na = { version = \"1\", features = [\"x\", \"y\"] }\nb.workspace = true\n"
        );
    }

    #[test]
    fn dependencies_for_some_targets_are_completed() {
        let wanted = "[dependencies]\nhttp = \"1\"\n\n[target.'cfg(target_os = \"none\")'.dependencies]\n\
                      a = { version = \"1\", optional = true }\nb = \"1\"\nc = { version = \"1\", features = [\"x\"] }\n";
        let own = "[dependencies]\nhttp = \"1\"\na = \"1.5\"\n\n[target.'cfg(target_os = \"none\")'.dependencies]\nc = { version = \"1\" }\n";
        let expected = format!("{own}b = \"1\"\n").replace("\"1\" }", "\"1\" , features = [\"x\"] }");
        assert_eq!(completed(own, wanted, &BTreeSet::new()).unwrap_or_default(), expected);
        assert_eq!(
            lacking(own, wanted, |_| true).ok().as_deref(),
            Some("\n[target.'cfg(target_os = \"none\")'.dependencies]\nb = \"1\"\n")
        );
        let others = |section: &str| section != "target.'cfg(target_os = \"none\")'.dependencies";
        assert_eq!(lacking(own, wanted, others).ok().as_deref(), Some(""));
        let own = "[dependencies]\nhttp = \"1\"\n\n[dev-dependencies]\nd = \"1\"\n";
        let (_, section) = wanted.split_once("\n\n").unwrap_or_default();
        let completed = completed(own, wanted, &BTreeSet::new()).unwrap_or_default();
        assert_eq!(completed, format!("{own}\n{section}"));
        assert!(
            left_over("[target.'cfg(target_os = \"none\")'.dependencies]\ntokio = \"1\"\n", "")
                .contains(&"`tokio`".to_owned())
        );
    }

    #[test]
    fn dependencies_that_lack_are_listed() {
        let wanted = "[features]\nclient = [\"dep:a\"]\nother = [\"dep:b\"]\n\n[dependencies]\n\
                      http = \"1\"\nserde = \"1\"\na = { version = \"1\", optional = true }\nb = { version = \"2\", optional = true }\n";
        let own = "[features]\nclient = []\n\n[dependencies]\nserde.workspace = true\n";
        assert_eq!(
            lacking(own, wanted, |_| true).ok().as_deref(),
            Some("http = \"1\"\na = { version = \"1\", optional = true }\n")
        );
    }

    #[test]
    fn what_the_other_form_of_the_runtime_needed_is_left_over() {
        let own = "[features]\nclient = [\"openapi-rust-runtime/client\", \"dep:https\"]\n\n[dependencies]\nhttp = \"1\"\n\
                   mine = \"1\"\nserde = \"1\"\nopenapi-rust-runtime = \"0.1\"\n";
        let left = ["`http`", "`openapi-rust-runtime` (also named in `[features]`)"];
        assert_eq!(left_over(own, "[dependencies]\nserde = \"1\"\n"), left);
        assert!(left_over(own, own).is_empty());
    }

    #[test]
    fn what_is_complete_stays_to_the_letter() {
        let text = "[features]\ndefault=[ 'client' ]\nclient= []\n";
        assert_eq!(
            completed(text, "[features]\ndefault = [\"client\"]\nclient = []\n", &BTreeSet::new())
                .ok()
                .as_deref(),
            Some(text)
        );
    }
}
