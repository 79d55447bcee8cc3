//! `prism`: calls every operation through its builder and has Prism check the requests.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;

use crate::exercise::Request;
use crate::prism;
use speccrate::drift::exceptions::Exceptions;
use speccrate::project::Input;
use speccrate::{Failure, terminal};

pub const EXAMPLES: &str = "Examples:
  cargo xtask prism
  cargo xtask prism --spec ../shared/specs/auth0-management.yml
  cargo xtask prism --spec api.yaml --path '/users*' --alternatives 60
  cargo xtask prism --alternatives 60 --against ../shared/specs/auth0-management.yml
  cargo test -p auth0-connections --test strategies && cargo xtask prism --requests target/tmp/creations.jsonl

Prism is installed with npm below target/ when it isn't there, and then needs no network.";

#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Send at most this many alternatives of a union, each in requests of its own
    #[arg(long, value_name = "N", default_value_t = 4)]
    alternatives: usize,
    /// The document that Prism checks against, such as the vendor's; by default, the one that the builders
    /// are made from
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Also send the requests in this file, one per line: `{"method": .., "path": .., "body": ..}`
    #[arg(long, value_name = "FILE")]
    requests: Option<PathBuf>,
    /// Also print what Prism couldn't check, and those of its responses that violate the document
    #[arg(long)]
    notes: bool,
    /// Only build and verify the requests, without sending them
    #[arg(long)]
    without_prism: bool,
}

impl Arguments {
    /// The defaults, plus the requests in `file` if it exists.
    pub fn with_requests(file: PathBuf) -> Self {
        Self { requests: Some(file).filter(|file| file.exists()), ..Self::default() }
    }
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            input: Input::default(),
            alternatives: 4,
            against: None,
            requests: None,
            notes: false,
            without_prism: false,
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let start = Instant::now();
    let folder = super::root().join("target/prism");
    let script =
        if arguments.without_prism { Ok(None) } else { prism::install(&folder.join("npm")).map(Some) };
    let script = match script {
        Ok(script) => script,
        Err(missing) => {
            println!("skipped: {missing}, so no request was checked by Prism");
            return Ok(());
        }
    };
    let mut input = arguments.input.clone();
    if input.specs.is_empty() && input.config.is_none() {
        input.folder.get_or_insert_with(super::generated);
    }
    let project = input.project()?;
    let spec = &project.spec;
    let (document, api) = project.load()?;
    let plan = prism::Plan {
        script: script.as_deref(),
        judge: arguments.against.as_ref().unwrap_or(spec),
        folder: &folder.join(stem(spec)),
        alternatives: arguments.alternatives,
        more: requests(arguments.requests.as_deref())?,
        exceptions: arguments.against.as_ref().map(|_| exceptions(spec)).transpose()?,
    };
    let verdict = prism::run(plan, &document, &api)?;
    for finding in verdict.findings.iter().filter(|finding| arguments.notes || finding.is_failure()) {
        let style = if finding.is_failure() { terminal::RED } else { terminal::CYAN };
        let text = finding.to_string();
        let (head, rest) = text.split_once(": ").unwrap_or((&text, ""));
        anstream::eprintln!("{}{head}{}: {rest}", style.render(), style.render_reset());
    }
    println!(
        "{} operations, {} requests, {} responses read, {} wrong requests; {} failures, {} notes; {:.0} s",
        verdict.operations,
        verdict.requests,
        verdict.responses,
        verdict.controls,
        verdict.failures(),
        verdict.findings.len() - verdict.failures(),
        start.elapsed().as_secs_f64()
    );
    if let Some(judged) = &verdict.alternatives {
        println!("{} alternatives: {} values judged by schemas of their own", judged.tags, judged.values);
        if !judged.without.is_empty() {
            println!("not judged, since there is no schema: {}", judged.without.join(", "));
        }
    }
    if verdict.failures() == 0 { Ok(()) } else { Err(Failure::Failed) }
}

/// The requests in a file, one per line.
fn requests(file: Option<&Path>) -> Result<Vec<Request>, Failure> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("{} can't be read: {error}", file.display())))?;
    let request = |(index, line): (usize, &str)| {
        let said: Value = serde_json::from_str(line).unwrap_or_default();
        let (Some(method), Some(path)) = (said["method"].as_str(), said["path"].as_str()) else {
            let place = format!("{}:{}", file.display(), index + 1);
            return Err(Failure::Usage(format!(
                "{place}: not a request: give method, path and body as JSON"
            )));
        };
        Ok(Request {
            method: method.to_owned(),
            uri: path.to_owned(),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: said.get("body").map(Value::to_string).unwrap_or_default(),
        })
    };
    text.lines().enumerate().map(request).collect()
}

/// The intended differences between the document and the one that Prism checks against: `drift.yaml` next to
/// it.
fn exceptions(spec: &Path) -> Result<Exceptions, Failure> {
    let beside = spec.with_file_name("drift.yaml");
    if beside.exists() { Exceptions::load(&beside) } else { Ok(Exceptions::default()) }
}

/// The name of the folder: that of the document's file.
fn stem(spec: &Path) -> PathBuf {
    spec.file_stem().map_or_else(|| PathBuf::from("document"), PathBuf::from)
}
