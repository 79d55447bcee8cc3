//! A test as text: its constants, and lines that `rustfmt` leaves as they are.

use serde_json::Value;

use super::super::docs::code;
use super::super::printer::{gate, quoted};
use crate::rust::{Builder, Crate};

/// The longest line that `rustfmt` leaves alone, and the longest list of arguments on one.
const WIDTH: usize = 100;
const ARGUMENTS: usize = 60;
/// The longest chain of calls on one line, with its semicolon.
const CHAIN: usize = 61;

/// An example with more lines than this has a file of its own.
const MOST_LINES: usize = 40;

/// A test, and the files that it reads: their names below `tests/`, and texts.
#[derive(Default)]
pub(super) struct Test {
    pub text: String,
    pub files: Vec<(String, String)>,
}

/// The statement that sets the answer, on two lines if `rustfmt` takes it for too long a chain.
pub(super) fn answering(answer: &str) -> Vec<String> {
    let line = format!("mock.expect(&request)?.responds({answer});");
    match line.chars().count() > CHAIN {
        true => vec!["mock.expect(&request)?".to_owned(), format!("    .responds({answer});")],
        false => vec![line],
    }
}

impl Test {
    /// Adds a constant with a value as JSON.
    pub fn constant(&mut self, name: &str, value: &Value, file_name: &str) {
        let text = visible(&serde_json::to_string_pretty(value).unwrap_or_default());
        if text.lines().count() > MOST_LINES {
            let path = format!("examples/{file_name}.json");
            let start = format!("    const {name}: &str =");
            let included = format!("include_str!({});", quoted(&path));
            let separator = match start.len() + 1 + included.len() > WIDTH {
                true => "\n        ",
                false => " ",
            };
            self.text.push_str(&format!("{start}{separator}{included}\n"));
            self.files.push((path, text + "\n"));
            return;
        }
        let literal = match text.contains(['"', '\\']) {
            true => {
                let hashes = "#".repeat(longest_run(&text));
                format!("r{hashes}\"{text}\"{hashes}")
            }
            false => format!("\"{text}\""),
        };
        self.text.push_str(&format!("    const {name}: &str = {literal};\n"));
    }

    /// The function with the constants and `lines`.
    pub fn finish(self, builder: &Builder<'_>, name: &str, lines: &[String], krate: &Crate<'_>) -> Self {
        let operation = builder.operation;
        let feature = gate(krate.api.feature_of(&operation.group));
        // What is longer `rustfmt` would break in ways of its own.
        let start = format!("async fn {name}() -> Result<(), Box<dyn Error>> {{");
        let is_long = |line: &String| {
            let arguments = line.find('(').and_then(|open| Some(line.rfind(')')? - open - 1)).unwrap_or(0);
            line.chars().count() + 4 > WIDTH || (arguments > ARGUMENTS && !line.starts_with("assert"))
        };
        let skip = if lines.iter().any(is_long) || start.chars().count() > WIDTH {
            "#[rustfmt::skip]\n"
        } else {
            ""
        };
        let body: String = lines.iter().map(|line| format!("    {line}\n")).collect();
        let what = format!("{} {}", operation.method, operation.path);
        let text =
            format!("\n/// {}\n{feature}#[tokio::test]\n{skip}{start}\n{}{body}}}\n", code(&what), self.text);
        Self { text, files: self.files }
    }
}

/// The text with the characters escaped that would show it in another order than it has.
fn visible(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            text.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            text.push(c);
        }
    }
    text
}

/// How many `#`s a raw string with this text needs.
fn longest_run(text: &str) -> usize {
    let runs = text.split('"').skip(1).map(|rest| rest.bytes().take_while(|byte| *byte == b'#').count() + 1);
    runs.max().unwrap_or(0)
}
