//! `speccrate.toml`: what a crate is generated from. It stands in the crate's folder.

use std::ops::Range;
use std::path::{Path, PathBuf};

use openapi_generator::settings::CratePer;
use openapi_generator::source::Selection;
use toml_edit::{Document, Item, Value};

use crate::Failure;
use crate::release::TagPattern;

/// The name of the file.
pub const FILE: &str = "speccrate.toml";

const KEYS: &[&str] = &[
    "spec",
    "settings",
    "name",
    "runtime",
    "crate_per",
    "overlays",
    "paths",
    "tags",
    "operations",
    "root",
    "keep_going",
    "release_tags",
];

/// What a crate is generated from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The file.
    pub file: PathBuf,
    /// The OpenAPI document; if there are several, the first of them.
    pub spec: PathBuf,
    /// The settings, if they don't stand beside the document as `settings.yaml`.
    pub settings: Option<PathBuf>,
    /// The overlays, in their order.
    pub overlays: Vec<PathBuf>,
    /// The crate's name, if its `Cargo.toml` doesn't say it yet.
    pub name: Option<String>,
    /// Whether the crate contains its runtime (`runtime = "embedded"`), whatever the settings say.
    pub embeds_runtime: bool,
    /// What there is a crate for, whatever the settings say.
    pub crate_per: Option<CratePer>,
    /// The operations that are wanted, all by default, and the other documents that they are in.
    pub selection: Selection,
    /// How the tags of releases are called.
    pub release_tags: Option<TagPattern>,
}

impl Config {
    /// Reads the file at `path`. The paths in it are relative to its folder.
    ///
    /// # Errors
    /// The file can't be read, a key is missing or unknown, or a value has the wrong type.
    pub fn load(path: &Path) -> Result<Self, Failure> {
        let text = crate::text_file::read(path)
            .map_err(|error| Failure::Usage(format!("can't read {}: {error}", path.display())))?;
        Self::parse(&text, path).map_err(|problem| Failure::Usage(problem.told(path, &text)))
    }

    /// Finds the file in `folder` or the nearest folder above it.
    pub fn find(folder: &Path) -> Option<PathBuf> {
        folder.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file())
    }

    /// The crate's folder, which is the file's. Nothing is written outside it.
    pub fn folder(&self) -> PathBuf {
        match self.file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        }
    }

    /// What the `text` of a file that was at `path` said; nothing if it had a mistake.
    pub(crate) fn of_text(text: &str, path: &Path) -> Option<Self> {
        Self::parse(text, path).ok()
    }

    fn parse(text: &str, path: &Path) -> Result<Self, Problem> {
        let document = Document::parse(text)
            .map_err(|error| Problem { what: error.message().to_owned(), span: error.span() })?;
        let table = document.as_table();
        for (name, item) in table.iter() {
            if !KEYS.contains(&name) {
                let span = table.key(name).and_then(|key| key.span()).or_else(|| item.span());
                return Err(Problem { what: unknown(name), span });
            }
        }
        let from = |file: &str| path.parent().unwrap_or(Path::new("")).join(file);
        let specs = specs_of(table.get("spec"))?;
        let (spec, others) = specs.split_first().ok_or_else(|| Problem {
            what: "there is no `spec`: give the OpenAPI document, as in `spec = \"api.yaml\"`, or several of them, as \
                   in `spec = [\"orders.yaml\", \"billing.yaml\"]`"
                .to_owned(),
            span: table.get("spec").and_then(Item::span),
        })?;
        Ok(Self {
            file: path.to_owned(),
            spec: from(spec),
            settings: text_of(table.get("settings"), "settings")?.map(from),
            overlays: list_of(table.get("overlays"), "overlays")?.iter().map(|file| from(file)).collect(),
            name: text_of(table.get("name"), "name")?.map(str::to_owned),
            embeds_runtime: is_embedded(table.get("runtime"))?,
            crate_per: crate_per(table.get("crate_per"))?,
            selection: Selection {
                paths: list_of(table.get("paths"), "paths")?,
                tags: list_of(table.get("tags"), "tags")?,
                operations: list_of(table.get("operations"), "operations")?,
                root: text_of(table.get("root"), "root")?.map(from),
                keep_going: flag_of(table.get("keep_going"), "keep_going")?,
                overlays: Vec::new(),
                others: others.iter().map(|file| from(file)).collect(),
            },
            release_tags: tags_of(table.get("release_tags"))?,
        })
    }
}

/// What is wrong with a file, and where.
struct Problem {
    what: String,
    span: Option<Range<usize>>,
}

impl Problem {
    fn told(&self, path: &Path, text: &str) -> String {
        let place = self.span.as_ref().map(|span| {
            let before = text.get(..span.start).unwrap_or(text);
            let line_start = before.rfind('\n').map_or(0, |end| end + 1);
            format!(":{}:{}", before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
        });
        format!("{}{}: {}", path.display(), place.unwrap_or_default(), self.what)
    }
}

fn unknown(name: &str) -> String {
    let near = |key: &&&str| strsim::jaro_winkler(key, name);
    let nearest = KEYS.iter().max_by(|a, b| near(a).total_cmp(&near(b))).filter(|key| near(key) > 0.7);
    let hint = nearest.map_or_else(
        || format!("; the keys are {}", KEYS.join(", ")),
        |key| format!("; did you mean `{key}`?"),
    );
    format!("unknown key `{name}`{hint}")
}

fn text_of<'i>(item: Option<&'i Item>, name: &str) -> Result<Option<&'i str>, Problem> {
    let Some(item) = item else { return Ok(None) };
    match item.as_str().filter(|text| !text.is_empty()) {
        Some(text) => Ok(Some(text)),
        None => Err(Problem { what: format!("`{name}` must be a non-empty string"), span: item.span() }),
    }
}

/// The document, or a list of several.
fn specs_of(item: Option<&Item>) -> Result<Vec<&str>, Problem> {
    let Some(list) = item.and_then(Item::as_array) else {
        return Ok(text_of(item, "spec")?.into_iter().collect());
    };
    let each = |value: &Value| match value.as_str().filter(|text| !text.is_empty()) {
        Some(_) => Ok(()),
        None => Err(Problem { what: "`spec` must name files".to_owned(), span: value.span() }),
    };
    list.iter().try_for_each(each)?;
    Ok(list.iter().filter_map(Value::as_str).collect())
}

/// Whether the runtime is to be embedded. The settings say `library` or `embedded`, so this file does too.
fn is_embedded(item: Option<&Item>) -> Result<bool, Problem> {
    match text_of(item, "runtime")? {
        None | Some("library") => Ok(false),
        Some("embedded") => Ok(true),
        Some(_) => Err(Problem {
            what: "`runtime` must be \"embedded\" or \"library\"".to_owned(),
            span: item.and_then(Item::span),
        }),
    }
}

fn tags_of(item: Option<&Item>) -> Result<Option<TagPattern>, Problem> {
    let parsed = |text: &str| {
        text.parse().map_err(|why| Problem {
            what: format!("`release_tags`: {why}"),
            span: item.and_then(Item::span),
        })
    };
    text_of(item, "release_tags")?.map(parsed).transpose()
}

fn crate_per(item: Option<&Item>) -> Result<Option<CratePer>, Problem> {
    let named = |text: &str| {
        CratePer::named(text).ok_or_else(|| Problem {
            what: "`crate_per` must be \"document\" or \"group\"".to_owned(),
            span: item.and_then(Item::span),
        })
    };
    text_of(item, "crate_per")?.map(named).transpose()
}

fn flag_of(item: Option<&Item>, name: &str) -> Result<bool, Problem> {
    let Some(item) = item else { return Ok(false) };
    item.as_bool()
        .ok_or_else(|| Problem { what: format!("`{name}` must be true or false"), span: item.span() })
}

fn list_of(item: Option<&Item>, name: &str) -> Result<Vec<String>, Problem> {
    let Some(item) = item else { return Ok(Vec::new()) };
    let texts = item.as_array().map(|list| list.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    match texts.flatten() {
        Some(texts) => Ok(texts.into_iter().map(str::to_owned).collect()),
        None => Err(Problem { what: format!("`{name}` must be a list of strings"), span: item.span() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Config, String> {
        let path = Path::new("client/speccrate.toml");
        Config::parse(text, path).map_err(|problem| problem.told(path, text))
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let config =
            parsed("spec = '../api.yaml'\nsettings = 's.yaml'\noverlays = ['o.yaml']\ntags = ['a', 'b']\n")
                .unwrap();
        assert_eq!(config.spec, Path::new("client/../api.yaml"));
        assert_eq!(config.settings.as_deref(), Some(Path::new("client/s.yaml")));
        assert_eq!(config.overlays, [Path::new("client/o.yaml")]);
        assert_eq!(config.selection.tags, ["a", "b"]);
        assert_eq!(config.folder(), Path::new("client"));
        let config = parsed("spec = ['../a.yaml', 'b.yaml', 'c.yaml']").unwrap();
        assert_eq!(config.spec, Path::new("client/../a.yaml"));
        assert_eq!(config.selection.others, [Path::new("client/b.yaml"), Path::new("client/c.yaml")]);
        assert!(!config.embeds_runtime && parsed("spec = 'a'\nruntime = 'embedded'").unwrap().embeds_runtime);
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (text, told) in [
            ("", "client/speccrate.toml: there is no `spec`"),
            (
                "spec = 'a'\nsettngs = 'b'\n",
                "client/speccrate.toml:2:1: unknown key `settngs`; did you mean `settings`?",
            ),
            ("spec = 'a'\nxyz = 1\n", "unknown key `xyz`; the keys are spec, settings"),
            ("spec = []", "client/speccrate.toml:1:8: there is no `spec`"),
            ("spec = ['a', 2]", "client/speccrate.toml:1:14: `spec` must name files"),
            ("# ours\nspec = 1\n", "client/speccrate.toml:2:8: `spec` must be a non-empty string"),
            ("spec = 'a'\npaths = 'b'\n", "2:9: `paths` must be a list of strings"),
            ("spec = 'a'\ntags = [1]\n", "2:8: `tags` must be a list of strings"),
            ("spec = 'a'\nruntime = 'own'\n", "2:11: `runtime` must be \"embedded\" or \"library\""),
            ("spec = 'a'\ncrate_per = 'tag'\n", "2:13: `crate_per` must be \"document\" or \"group\""),
            ("spec = 'a'\nrelease_tags = 'v1'\n", "2:16: `release_tags`: \"v1\" must have one `*`"),
            ("spec = [\n", "client/speccrate.toml:"),
        ] {
            let error = parsed(text).unwrap_err();
            assert!(error.contains(told), "{told} isn't in {error}");
        }
    }
}
