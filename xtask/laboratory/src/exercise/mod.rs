//! Exercises each operation of a generated crate: a generated program that calls its builders, and the
//! requests to make with it.

mod cases;
mod draw;
mod facets;
mod program;
mod texts;
mod unions;

use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_generator::api::{Api, Tagging, TypeDef, TypeKind, Union};
use openapi_generator::rust::Crate;
use openapi_generator::{Package, print};
use serde_json::{Value, json};

pub use cases::{Case, Sent, cases};

use crate::dialogue::Dialogue;
use crate::workspace;
use speccrate::{Failure, crate_folder};

/// A request that a builder produced.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    /// The path and the query.
    pub uri: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// What a builder produced from its values.
pub enum Made {
    Request(Request),
    /// The request wasn't built, for this reason.
    Refused(String),
}

/// Writes a crate and the program that calls all of it into `folder`, compiles them and returns the program's
/// path. The folder's name is part of the program's name, since sibling folders share their built
/// dependencies.
///
/// # Errors
/// They can't be written, or don't compile.
pub fn build(folder: &Path, api: &Api) -> Result<PathBuf, Failure> {
    let client = folder.join("client");
    let krate = Crate::new(api, Package::in_folder(CLIENT, &client));
    std::fs::create_dir_all(&client)?;
    crate_folder::apply(&client, &crate_folder::compare(&client, print::print(&krate)?)?)?;
    let program = folder.join("exercise");
    std::fs::create_dir_all(program.join("src"))?;
    let stem = folder.file_name().unwrap_or_default().to_string_lossy();
    let safe = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let package = format!("exercise-{}", stem.chars().map(safe).collect::<String>());
    let types = api.models.iter().flat_map(|model| &model.types);
    let follows =
        |def: &&TypeDef| matches!(&def.kind, TypeKind::Union(Union { tagging: Tagging::Discriminated, .. }));
    let unions: Vec<&str> = types.filter(follows).map(|def| def.name.as_str()).collect();
    let source = program::source(&krate.builders, &unions, &CLIENT.replace('-', "_"));
    let features: Vec<String> = api.features.iter().map(|feature| format!("{:?}", feature.name)).collect();
    let manifest = format!(
        "[package]\nname = {package:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\nbytes = \"1\"\n{CLIENT} = {{ path = \"../client\", default-features = false, features = [{}] }}\n\
         http = \"1\"\nserde = \"1\"\nserde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n",
        features.join(", ")
    );
    workspace::write(folder, &["client", "exercise"])?;
    crate_folder::write_if_new(&program.join("Cargo.toml"), &manifest)?;
    crate_folder::write_if_new(&program.join("src/main.rs"), &source)?;
    let status = workspace::cargo_in(folder).args(["build", "--quiet", "--package", &package]).status()?;
    if status.success() { Ok(workspace::program(&package)) } else { Err(Failure::Failed) }
}

/// The name of the crate.
const CLIENT: &str = "exercised-client";

/// The running program.
pub struct Exercise(Dialogue);

impl Exercise {
    /// Starts the program at `path`.
    ///
    /// # Errors
    /// The program can't be started.
    pub fn start(path: &Path) -> Result<Self, Failure> {
        Ok(Self(Dialogue::start(&mut Command::new(path))?))
    }

    /// Makes the program build a request.
    ///
    /// # Errors
    /// The program exited.
    pub fn make(&mut self, case: &Case) -> Result<Made, Failure> {
        let answer = self.0.ask(&json!({ "call": case.call, "values": case.values }))?;
        if let Some(reason) = answer["refused"].as_str() {
            return Ok(Made::Refused(reason.to_owned()));
        }
        let request = &answer["request"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let headers = request["headers"].as_array().into_iter().flatten();
        Ok(Made::Request(Request {
            method: text(&request["method"]),
            uri: text(&request["uri"]),
            headers: headers.map(|header| (text(&header[0]), text(&header[1]))).collect(),
            body: text(&request["body"]),
        }))
    }

    /// Makes the program read a response to the operation of index `call`. The answer has `output`, with
    /// `json` if it was JSON; or the variant of a `declared` failure and whether its body was `decoded`; or
    /// why it `failed`.
    ///
    /// # Errors
    /// The program exited.
    pub fn read(&mut self, call: usize, response: &http::Response<String>) -> Result<Value, Failure> {
        let header = response.headers().get(http::header::CONTENT_TYPE);
        let media_type = header.and_then(|header| header.to_str().ok());
        self.0.ask(&json!({
            "call": call,
            "status": response.status().as_u16(),
            "headers": media_type.map_or_else(|| json!({}), |media_type| json!({ "content-type": media_type })),
            "body": response.body(),
        }))
    }
}
