//! Whether a `Cargo.toml` can be completed into one that works.

use std::ops::Range;

use toml_edit::{Document, Item, TableLike};

/// What keeps the manifest `own` from working with what `wanted` has, and where; none if nothing does. A manifest that
/// isn't TOML is told of when it is completed.
pub(super) fn flaw(own: &str, wanted: &str) -> Option<String> {
    let (own_document, wanted) = (Document::parse(own).ok()?, Document::parse(wanted).ok()?);
    let table = own_document.as_table();
    let (what, span) = package_flaw(table.get("package"))
        .or_else(|| features_flaw(table.get("features")))
        .or_else(|| dependencies_flaw(table.get("dependencies"), wanted.get("dependencies")?))
        .or_else(|| targets_flaw(table.get("target"), wanted.get("target")?))?;
    let place = span.map(|span| {
        let before = own.get(..span.start).unwrap_or(own);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        format!("line {}, column {}: ", before.matches('\n').count() + 1, before[start..].chars().count() + 1)
    });
    Some(format!("{}{what}", place.unwrap_or_default()))
}

type Flaw = (String, Option<Range<usize>>);

fn package_flaw(package: Option<&Item>) -> Option<Flaw> {
    let Some(package) = package else {
        return Some(("there is no `[package]`, so this isn't a crate's manifest".to_owned(), None));
    };
    let Some(fields) = package.as_table_like() else {
        return Some(("`package` must be a table".to_owned(), package.span()));
    };
    match fields.get("name") {
        Some(name) if name.is_str() => {}
        Some(name) => return Some(("`package.name` must be a string".to_owned(), name.span())),
        None => return Some(("`[package]` has no `name`".to_owned(), package.span())),
    }
    match fields.get("edition") {
        Some(edition) if edition.is_str() || is_of_workspace(edition) => None,
        Some(edition) => Some(("`package.edition` must be a string".to_owned(), edition.span())),
        None => {
            let what = "`[package]` has no `edition`, so it is 2015, in which the generated code doesn't compile: add \
                        `edition = \"2024\"`";
            Some((what.to_owned(), package.span()))
        }
    }
}

fn is_of_workspace(item: &Item) -> bool {
    let workspace = item.as_table_like().and_then(|table| table.get("workspace"));
    workspace.and_then(Item::as_bool) == Some(true)
}

fn features_flaw(features: Option<&Item>) -> Option<Flaw> {
    let table = table_of(features?, "features");
    match table {
        Err(flaw) => Some(flaw),
        Ok(table) => table.iter().find_map(|(name, list)| {
            let is_list = list.as_array().is_some_and(|list| list.iter().all(|one| one.is_str()));
            (!is_list).then(|| (format!("`features.{name}` must be a list of strings"), list.span()))
        }),
    }
}

fn dependencies_flaw(dependencies: Option<&Item>, wanted: &Item) -> Option<Flaw> {
    let table = match table_of(dependencies?, "dependencies") {
        Err(flaw) => return Some(flaw),
        Ok(table) => table,
    };
    wanted.as_table_like()?.iter().find_map(|(name, _)| {
        let own = table.get(name)?;
        if !own.is_str() && !own.is_table_like() {
            return Some((format!("`dependencies.{name}` must be a version or a table"), own.span()));
        }
        let features = own.as_table_like()?.get("features")?;
        let what = || format!("`dependencies.{name}.features` must be a list");
        (!features.is_array()).then(|| (what(), features.span()))
    })
}

fn targets_flaw(targets: Option<&Item>, wanted: &Item) -> Option<Flaw> {
    let targets = match table_of(targets?, "target") {
        Err(flaw) => return Some(flaw),
        Ok(targets) => targets,
    };
    wanted.as_table_like()?.iter().find_map(|(target, wanted)| {
        let own = match table_of(targets.get(target)?, &format!("target.'{target}'")) {
            Err(flaw) => return Some(flaw),
            Ok(own) => own,
        };
        dependencies_flaw(own.get("dependencies"), wanted.get("dependencies")?)
    })
}

fn table_of<'i>(item: &'i Item, name: &str) -> Result<&'i dyn TableLike, Flaw> {
    item.as_table_like().ok_or_else(|| (format!("`{name}` must be a table"), item.span()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flaws_are_told_with_their_place() {
        let package = "[package]\nname = \"a\"\nedition = \"2024\"\n";
        let wanted = "[features]\nclient = []\n\n[dependencies]\nhttp = \"1\"\n\n[target.'cfg(unix)'.dependencies]\na = \"1\"\n";
        let of = |own: &str| flaw(own, wanted);
        assert_eq!(of(package), None);
        assert_eq!(of("[package]\nname = \"a\"\nedition.workspace = true\n"), None);
        for (own, told) in [
            ("", "there is no `[package]`"),
            ("[workspace]\nmembers = []\n", "there is no `[package]`"),
            ("package = 1\n", "line 1, column 11: `package` must be a table"),
            ("[package]\nedition = \"2024\"\n", "line 1, column 1: `[package]` has no `name`"),
            ("[package]\nname = \"a\"\n", "`[package]` has no `edition`, so it is 2015"),
            (
                "[package]\nname = \"a\"\nedition = 2024\n",
                "line 3, column 11: `package.edition` must be a string",
            ),
            (&*format!("features = 1\n{package}"), "line 1, column 12: `features` must be a table"),
            (
                &*format!("{package}[features]\nclient = \"x\"\n"),
                "`features.client` must be a list of strings",
            ),
            (&*format!("{package}[features]\nown = [1]\n"), "`features.own` must be a list of strings"),
            (&*format!("dependencies = []\n{package}"), "`dependencies` must be a table"),
            (
                &*format!("{package}[dependencies]\nhttp = 1\n"),
                "line 5, column 8: `dependencies.http` must be a version",
            ),
            (
                &*format!("{package}[dependencies]\nhttp = {{ version = \"1\", features = \"x\" }}\n"),
                "`dependencies.http.features` must be a list",
            ),
            (&*format!("target = 1\n{package}"), "line 1, column 10: `target` must be a table"),
            (
                &*format!("{package}[target]\n'cfg(unix)' = 1\n"),
                "line 5, column 15: `target.'cfg(unix)'` must be",
            ),
            (
                &*format!("{package}[target.'cfg(unix)']\ndependencies = 1\n"),
                "line 5, column 16: `dependencies` must be a table",
            ),
        ] {
            let flaw = of(own).unwrap_or_default();
            assert!(flaw.contains(told), "{told} isn't in {flaw:?} for {own}");
        }
    }
}
