//! Every rule of the diff, each as a test of its own: its example, in each direction that it has, gives the change
//! that it is the example of. Beside these, what must hold of the table as a whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod diffs;

use std::collections::BTreeSet;

use diffs::Input;
use libtest_mimic::{Arguments, Failed, Trial};
use openapi_generator::diff::rules::{Rule, rules};
use openapi_generator::diff::{Change, Changes, RustLevel, WireLevel};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> =
        rules().map(|rule| Trial::test(rule.id(), move || example_gives(&rule))).collect();
    trials.push(Trial::test("setters_come_and_go_with_properties", setters_come_and_go));
    trials.push(Trial::test("table_ids_are_unique", ids_are_unique));
    trials.push(Trial::test("table_each_rule_has_its_mirror", each_has_its_mirror));
    trials.push(Trial::test("table_says_something", says_something));
    trials.push(Trial::test("table_documentation_names_rules", documentation_names_rules));
    libtest_mimic::run(&arguments, trials).exit();
}

fn changes(rule: &Rule) -> Changes {
    let clients = rule
        .samples()
        .map(|sample| diffs::client(&Input { document: sample.document, settings: sample.settings }));
    for same in &clients {
        assert_eq!(diffs::compared(same, same), Changes::default(), "nothing changed");
    }
    diffs::compared(&clients[0], &clients[1])
}

fn told(changes: &Changes) -> String {
    let line = |change: &Change| {
        let (wire, rust) = (change.wire().word(), change.rust.word());
        format!("{} {wire} {rust} {}: {:#?}\n", change.rule.id(), change.message(), change.items)
    };
    changes.list.iter().map(line).collect()
}

fn example_gives(rule: &Rule) -> Result<(), Failed> {
    let changes = changes(rule);
    let told = told(&changes);
    let Some(change) = changes.list.iter().find(|change| change.rule == *rule) else {
        return Err(format!("the example gives no {}, but\n{told}", rule.id()).into());
    };
    for other in &changes.list {
        if other.rust > other.rule.kind().rust {
            return Err(format!("{} is more than its rule allows\n{told}", other.rule.id()).into());
        }
        let names = other.rule.kind().wording.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        if let Some(name) = names.into_iter().find(|name| !other.arguments.contains_key(name)) {
            return Err(format!("{} lacks the argument {name}\n{told}", other.rule.id()).into());
        }
    }
    // The table gives the most that a rule can mean: its example shows it, in one direction at least.
    let other_way = |rule: &Rule| {
        rules()
            .filter(|other| std::ptr::eq(other.kind(), rule.kind()))
            .filter_map(|other| {
                let changes = self::changes(&other);
                changes.list.iter().filter(|change| change.rule == other).map(|change| change.rust).max()
            })
            .max()
    };
    if change.rust < rule.kind().rust && other_way(rule) < Some(rule.kind().rust) {
        let (is, most) = (change.rust.word(), rule.kind().rust.word());
        return Err(format!("the example is {is} for Rust, the table says {most}\n{told}").into());
    }
    Ok(())
}

fn ids_are_unique() -> Result<(), Failed> {
    let mut seen = BTreeSet::new();
    match rules().find(|rule| !seen.insert(rule.id())) {
        Some(twice) => Err(format!("{} is there twice", twice.id()).into()),
        None if seen.len() < 150 => Err("there are rules missing".into()),
        None => Ok(()),
    }
}

/// In what is only read, too.
fn setters_come_and_go() -> Result<(), Failed> {
    for (id, level, is_new) in [
        ("response-optional-property-added", RustLevel::Minor, true),
        ("response-optional-property-removed", RustLevel::Major, false),
    ] {
        let rule = rules().find(|rule| rule.id() == id).ok_or("no such rule")?;
        let changes = changes(&rule);
        let items =
            changes.list.iter().filter(|change| change.rule == rule).flat_map(|change| change.items.iter());
        let is_method = |side: &Option<String>| side.as_ref().is_some_and(|text| text.ends_with("-> Self"));
        let mut items = items.filter(|item| item.path.ends_with("::b"));
        let setter = items.find(|item| is_method(&item.before) || is_method(&item.after));
        let setter = setter.ok_or_else(|| format!("{id} has no setter\n{}", told(&changes)))?;
        if (setter.level, setter.before.is_none(), setter.after.is_some()) != (level, is_new, is_new) {
            return Err(format!("{id}: {setter:?}").into());
        }
    }
    Ok(())
}

fn mirror(id: &str) -> Option<String> {
    let (direction, name) = id.split_once('-')?;
    match direction {
        "request" => Some(format!("response-{name}")),
        "response" => Some(format!("request-{name}")),
        _ => None,
    }
}

fn each_has_its_mirror() -> Result<(), Failed> {
    let ids: BTreeSet<String> = rules().map(|rule| rule.id()).collect();
    for rule in rules() {
        let mirrored = mirror(&rule.id()).is_some_and(|id| ids.contains(&id));
        let wants = rule.direction().is_some();
        match (wants, mirrored, rule.why_one_sided()) {
            (false, _, None) | (true, true, None) | (true, false, Some(_)) => {}
            (true, true, Some(_)) => {
                return Err(format!("{} has a mirror and says why not", rule.id()).into());
            }
            (true, false, None) => return Err(format!("{} has no mirror", rule.id()).into()),
            (false, ..) => return Err(format!("{} has no direction to explain", rule.id()).into()),
        }
    }
    Ok(())
}

/// What the documentation says is here must be here.
fn documentation_names_rules() -> Result<(), Failed> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diff.md");
    if !path.exists() {
        // A packaged generator has no documentation beside it.
        eprintln!("skipped: no ../docs/diff.md");
        return Ok(());
    }
    let text = std::fs::read_to_string(path)?;
    let table = text.split("## Measured by oasdiff").nth(1).and_then(|rest| rest.split("## Exit").next());
    let table = table.ok_or("the table is missing")?;
    let ids: BTreeSet<String> = rules().map(|rule| rule.id()).collect();
    let rows = table.lines().filter(|line| line.starts_with("| ") && line.matches('|').count() == 3);
    let mut named = 0;
    for cell in rows.filter_map(|row| row.split('|').nth(2)) {
        for id in cell.split('`').skip(1).step_by(2) {
            named += 1;
            if !ids.contains(id) {
                return Err(format!("docs/diff.md names {id}, which is no rule").into());
            }
        }
    }
    if named > 60 { Ok(()) } else { Err(format!("only {named} rules are named").into()) }
}

fn says_something() -> Result<(), Failed> {
    for rule in rules() {
        let kind = rule.kind();
        let texts =
            [kind.wording, kind.explanation, rule.action(), rule.why_one_sided().unwrap_or("It has.")];
        if texts.iter().any(|text| text.len() < 7) {
            return Err(format!("{} says too little", rule.id()).into());
        }
        if kind.example.old == kind.example.new {
            return Err(format!("{}: the example's sides are the same", rule.id()).into());
        }
        let breaks = rule.wire() == WireLevel::Breaking || kind.rust == RustLevel::Major;
        let mirror = rules().any(|other| std::ptr::eq(other.kind(), kind) && other.action() != "Nothing.");
        if breaks && !mirror {
            return Err(format!("{} breaks something and says nothing of what to do", rule.id()).into());
        }
    }
    Ok(())
}
