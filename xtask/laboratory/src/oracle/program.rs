//! A program that passes instances through the generated types, compiled once for all drawn documents.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::settings::Settings;
use openapi_generator::source;
use openapi_generator::{GenerateError, Package};
use serde_json::Value;

use super::sides::Side;
use crate::json_schema::equal;
use crate::workspace;
use speccrate::{Failure, crate_folder, terminal};

/// An instance to pass through the type of a case.
pub struct Question {
    pub case: usize,
    pub side: Side,
    /// What is broken; `None` if the instance is valid.
    pub broken: Option<String>,
    pub instance: Value,
}

/// The result for an instance.
pub enum Answer {
    /// Decoded, validated, and encoded to an equal value.
    Same,
    /// Like `Same`, but encoded to a different value.
    Different(Value),
    /// Rejected by decoding or by validation.
    Refused(String),
}

/// Each answer is a line: `ok VALUE` or `no REASON`.
const TAKE: &str = r#"
use std::io::BufRead as _;

/// The number of the case, whether to validate, and the instance.
type Question = (usize, bool, serde_json::Value);

macro_rules! checked {
    ($type:ty, $is_validated:expr, $instance:expr) => {{
        let decoded: Result<$type, _> = serde_json::from_str(&$instance.to_string());
        match decoded {
            Ok(decoded) if !$is_validated => serde_json::to_value(&decoded).map_err(|error| error.to_string()),
            Ok(decoded) => match decoded.validate() {
                Ok(()) => serde_json::to_value(&decoded).map_err(|error| error.to_string()),
                Err(violations) => Err(violations.to_string()),
            },
            Err(error) => Err(error.to_string()),
        }
    }};
}

fn main() {
    let document = std::env::args().nth(1).unwrap_or_default();
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("standard input is text");
        let question: Question = serde_json::from_str(&line).expect("a question");
        let answer = match document.as_str() {
ARMS            _ => panic!("no document {document}"),
        };
        match answer {
            Ok(value) => println!("ok {value}"),
            Err(reason) => println!("no {}", reason.replace('\n', "; ")),
        }
    }
}
"#;

/// Writes `document` and its crate, called `name`, into `folder`. Prints what is wrong with the document only if it has
/// errors.
///
/// # Errors
/// The document has errors, or the crate can't be written.
pub fn generate(folder: &Path, name: &str, document: &Value) -> Result<(), Failure> {
    let out = folder.join(name);
    std::fs::create_dir_all(&out)?;
    let path = folder.join(format!("{name}.json"));
    std::fs::write(&path, serde_json::to_string_pretty(document)?)?;
    let mut diagnostics = Diagnostics::default();
    let settings = Settings::default();
    let package = Package::in_folder(name, &out);
    let selection = source::Selection::default();
    let files = openapi_generator::generate(&path, &package, &selection, &settings, &mut diagnostics);
    let files = files.map_err(|error| match error {
        GenerateError::Document => {
            terminal::diagnostics(&diagnostics, &path, false);
            Failure::Failed
        }
        GenerateError::Unprintable(error) => error.into(),
    })?;
    crate_folder::apply(&out, &crate_folder::compare(&out, files)?)?;
    Ok(())
}

/// Compiles the program for the crates in `folder`, given with their numbers of cases, and returns its path.
pub fn build(folder: &Path, crates: &[(&str, usize)]) -> Result<PathBuf, Failure> {
    let mut arms = String::new();
    let mut dependencies = String::new();
    let mut members = vec!["judge"];
    for (name, _) in crates {
        let module = name.replace('-', "_");
        let _ = writeln!(dependencies, "{name} = {{ path = \"../{name}\", default-features = false }}");
        members.push(name);
        let _ = writeln!(arms, "            {name:?} => {module}(question),");
    }
    let functions: String =
        crates.iter().map(|(name, cases)| case_function(&name.replace('-', "_"), *cases)).collect();
    let judge = folder.join("judge");
    std::fs::create_dir_all(judge.join("src"))?;
    workspace::write(folder, &members)?;
    crate_folder::write_if_new(
        &judge.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"judge\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\nserde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n{dependencies}"
        ),
    )?;
    let source = format!(
        "//! Generated: takes instances through drawn types.\n{}{functions}",
        TAKE.replace("ARMS", &arms)
    );
    crate_folder::write_if_new(&judge.join("src/main.rs"), &source)?;
    let status = workspace::cargo_in(folder).args(["build", "--package", "judge"]).status()?;
    if status.success() { Ok(workspace::program("judge")) } else { Err(Failure::Failed) }
}

fn case_function(module: &str, cases: usize) -> String {
    let mut text = format!(
        "\nfn {module}((case, validated, instance): Question) -> Result<serde_json::Value, String> {{\n    \
         use {module}::runtime::Validate as _;\n    match case {{\n"
    );
    for case in 0..cases {
        let _ =
            writeln!(text, "        {case} => checked!({module}::models::Case{case}, validated, instance),");
    }
    text.push_str("        _ => Err(\"no such case\".to_owned()),\n    }\n}\n");
    text
}

/// Sends all instances of one document to the program, in order.
pub fn ask(program: &Path, document: &str, questions: &[Question]) -> Result<Vec<Answer>, Failure> {
    let mut child =
        Command::new(program).arg(document).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take();
    let text: String = questions.iter().map(|question| question.line() + "\n").collect();
    let writer = std::thread::spawn(move || input.as_mut().map(|input| input.write_all(text.as_bytes())));
    let output = child.wait_with_output()?;
    let _ = writer.join();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let answers: Vec<Answer> =
        text.lines().zip(questions).map(|(line, question)| answer(line, question)).collect();
    if answers.len() == questions.len() {
        Ok(answers)
    } else {
        let asked = questions.get(answers.len()).map(Question::line).unwrap_or_default();
        Err(Failure::Usage(format!("{document}: the types gave no answer to {asked}")))
    }
}

fn answer(line: &str, question: &Question) -> Answer {
    match line.strip_prefix("ok ").map(serde_json::from_str::<Value>) {
        Some(Ok(value)) if equal(&value, &question.instance) => Answer::Same,
        Some(Ok(value)) => Answer::Different(value),
        _ => Answer::Refused(line.trim_start_matches("no ").to_owned()),
    }
}
