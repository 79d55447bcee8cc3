//! All that the diff says of two documents. Each folder of `diff_cases/` is a test of its own and holds:
//!
//! - `old.yaml` and `new.yaml`, the documents;
//! - perhaps `old-settings.yaml` and `new-settings.yaml`, what they are generated with;
//! - `expected.txt`: each change with its levels, its wording, what was there before and after it, and the public items
//!   of the generated crate that it changes.
//!
//! `diff_cases/examples.txt` has the same for the example of each rule. `BLESS=1` rewrites what is expected.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod diffs;

use std::path::{Path, PathBuf};

use diffs::Input;
use libtest_mimic::{Arguments, Failed, Trial};
use openapi_generator::diff::rules::rules;
use openapi_generator::diff::{Change, ItemLine};

fn main() {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff_cases");
    let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    assert!(cases.len() >= 16, "only {} cases were found", cases.len());
    let mut trials: Vec<Trial> = cases.into_iter().map(trial).collect();
    let expected = folder.join("examples.txt");
    trials.push(Trial::test("examples", move || is_as_expected(&expected, &examples())));
    libtest_mimic::run(&arguments, trials).exit();
}

fn trial(case: PathBuf) -> Trial {
    let name = case.file_name().unwrap().to_string_lossy().into_owned();
    Trial::test(name, move || {
        let [old, new] = ["old", "new"].map(|side| {
            let settings = case.join(format!("{side}-settings.yaml"));
            let document = std::fs::read_to_string(case.join(format!("{side}.yaml"))).unwrap();
            Input { document, settings: std::fs::read_to_string(settings).unwrap_or_default() }
        });
        is_as_expected(&case.join("expected.txt"), &told(&old, &new))
    })
}

fn is_as_expected(path: &Path, told: &str) -> Result<(), Failed> {
    if std::env::var_os("BLESS").is_some() {
        return Ok(std::fs::write(path, told)?);
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    let differs = |(one, other): &(&str, &str)| one != other;
    let first = expected.lines().zip(told.lines()).find(differs);
    match first {
        _ if expected == told => Ok(()),
        Some((expected, told)) => {
            Err(format!("{}: expected\n{expected}\nnot\n{told}", path.display()).into())
        }
        None => Err(format!("{}: there are more or fewer changes", path.display()).into()),
    }
}

fn examples() -> String {
    let examples = rules().map(|rule| {
        let [old, new] =
            rule.samples().map(|sample| Input { document: sample.document, settings: sample.settings });
        format!("# {}\n{}\n", rule.id(), told(&old, &new))
    });
    examples.collect()
}

fn told(old: &Input, new: &Input) -> String {
    diffs::changes_between(old, new).list.iter().map(change).collect()
}

/// A change as text: what can't be told from another line of it isn't left out.
fn change(change: &Change) -> String {
    let (rule, wire, rust) = (change.rule.id(), change.wire().word(), change.rust.word());
    let mut text = format!("{rule}, {wire}, {rust}: {}\n", change.message());
    let sides = [("before", &change.before), ("after", &change.after)];
    for (side, value) in sides.into_iter().filter_map(|(side, value)| Some((side, value.as_ref()?))) {
        text.push_str(&format!("  {side}: {value}\n"));
    }
    text.extend(change.items.iter().map(item));
    text
}

fn item(item: &ItemLine) -> String {
    let ItemLine { level, path, before, after } = item;
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
    format!("  {}: {path}: {} -> {}\n", level.word(), side(before), side(after))
}
