//! Every rule of the diff, each as a test of its own: its example, in each direction that it has, gives the change
//! that it is the example of. Beside these, what must hold of the table as a whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;

use libtest_mimic::{Arguments, Failed, Trial};
use openapi_generator::api::Api;
use openapi_generator::diagnostics::{Diagnostics, Printing};
use openapi_generator::diff::rules::{Example, Frame, Rule, rules};
use openapi_generator::diff::{Change, Changes, Direction, RustLevel, WireLevel, diff};
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};
use openapi_generator::{plan, source::value};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> =
        rules().map(|rule| Trial::test(rule.id(), move || example_gives(&rule))).collect();
    trials.push(Trial::test("table_ids_are_unique", ids_are_unique));
    trials.push(Trial::test("table_each_rule_has_its_mirror", each_has_its_mirror));
    trials.push(Trial::test("table_says_something", says_something));
    libtest_mimic::run(&arguments, trials).exit();
}

/// The client of a document.
fn plan(document: &str, settings: &str) -> Api {
    let mut diagnostics = Diagnostics::default();
    let settings = Settings::parse(settings).unwrap();
    let loaded = source::load_text(document.as_bytes(), &Selection::default(), &mut diagnostics);
    let api = loaded.map(|document| plan::plan(&document, &settings, &mut diagnostics));
    let told = || diagnostics.render_text(document.as_bytes(), Printing::default());
    assert!(!diagnostics.has_errors(), "{}", told());
    api.unwrap_or_else(|| panic!("{}", told()))
}

/// A document with what a fragment leaves out.
fn document(example: &Example, fragment: &str, direction: Option<Direction>) -> String {
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}";
    let done = "'204': {description: Done.}";
    let others = "A: {type: object, required: [kind], properties: {kind: {type: string}, type: {type: string}, a: {type: string}}}, \
         B: {type: object, required: [kind], properties: {kind: {type: string}, type: {type: string}, b: {type: string}}}, \
         C: {type: object, required: [kind], properties: {kind: {type: string}, type: {type: string}, c: {type: string}}}";
    let request = format!("requestBody: {{required: true, {content}}}, responses: {{{done}}}");
    let response = format!("responses: {{'200': {{description: Done., {content}}}}}");
    let both = format!(
        "requestBody: {{required: true, {content}}}, responses: {{'200': {{description: Done., {content}}}}}"
    );
    let head = "openapi: 3.1.0\n";
    let info = "info: {title: Things, version: '1'}\n";
    let body = match (example.frame, direction) {
        (Frame::Schema, Some(Direction::Response)) | (Frame::ResponseSchema, _) => response,
        (Frame::Schema, _) => request,
        (Frame::BothWays, _) => both,
        (Frame::Settings, _) => return DESCRIBED_BY_SETTINGS.to_owned(),
        (Frame::Operation, _) => String::new(),
        (Frame::Document, _) => {
            let fragment = members(fragment);
            let info = if fragment.contains("info:") { "" } else { info };
            return format!("{head}{info}{fragment}");
        }
        (Frame::Large, _) => return large(fragment),
    };
    let thing = match example.frame {
        Frame::Schema | Frame::BothWays | Frame::ResponseSchema => fragment,
        _ => "{type: object, properties: {name: {type: string}}}",
    };
    let operation = match example.frame {
        Frame::Operation => fragment.to_owned(),
        _ => format!("{{operationId: makeThing, {body}}}"),
    };
    format!(
        "{head}{info}paths: {{/things: {{post: {operation}}}}}\ncomponents: {{schemas: {{Thing: {thing}, {others}}}}}\n"
    )
}

/// A document with something for each of the settings.
const DESCRIBED_BY_SETTINGS: &str = "openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {'200': {description: A page., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}}
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: readThing
      responses: {'200': {description: The thing., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
    patch:
      operationId: changeThing
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/ThingUpdate'}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Thing: {type: object, properties: {name: {type: string}}}
    ThingUpdate: {type: object, properties: {name: {type: string}}}
";

/// The members of an object in flow style as members of the document.
fn members(fragment: &str) -> String {
    let value = value(fragment.as_bytes()).unwrap();
    let each = value.as_object().unwrap().iter().map(|(name, value)| format!("{name}: {value}\n"));
    each.collect()
}

/// A document with cargo features, or one operation short of them.
fn large(paths: &str) -> String {
    let operation = |group: &str, number: usize| {
        format!(
            "  /{group}/{number}: {{get: {{operationId: {group}{number}, tags: [{group}], responses: {{'204': {{description: Done.}}}}}}}}\n"
        )
    };
    let mut text = "openapi: 3.1.0\ninfo: {title: Things, version: '1'}\npaths:\n".to_owned();
    (0..32).for_each(|number| text.push_str(&operation("a", number)));
    (0..31).for_each(|number| text.push_str(&operation("b", number)));
    text.push_str(&members(paths).lines().map(|line| format!("  {line}\n")).collect::<String>());
    text
}

fn changes(rule: &Rule) -> Changes {
    let example = &rule.kind().example;
    let api = |fragment: &str| match example.frame {
        Frame::Settings => plan(&document(example, "", rule.direction()), fragment),
        _ => plan(&document(example, fragment, rule.direction()), ""),
    };
    let (old, new) = (api(example.old), api(example.new));
    assert_eq!(diff(&old, &old), Changes::default(), "nothing changed");
    assert_eq!(diff(&new, &new), Changes::default(), "nothing changed");
    diff(&old, &new)
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
