//! Our own clients: a crate and a program for each document, in one workspace.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_generator::api::Api;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::rust::Crate;
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};
use openapi_generator::{Package, print};
use serde_json::{Map, Value, json};

use super::server::Server;
use super::suite::{Call, Suite};
use super::{Plan, Runner, program, values};
use crate::dialogue::Dialogue;
use crate::workspace;
use speccrate::{Failure, crate_folder, terminal};

const SUPPORT: &str = include_str!("../../programs/wire/support.rs");

/// The features of the clients: the transport, without TLS.
const FEATURES: &str = "features = [\"reqwest\", \"gzip\"]";

/// The clients of all documents.
pub struct Clients {
    by_document: BTreeMap<PathBuf, (Api, PathBuf)>,
}

/// Generates and compiles the clients that `suites` need.
///
/// # Errors
/// A document has errors, or its crate doesn't compile.
pub fn build(plan: &Plan<'_>, suites: &[Suite]) -> Result<Clients, Failure> {
    let folder = plan.folder;
    let mut members = vec!["support".to_owned()];
    let mut packages = Vec::new();
    let mut by_document = BTreeMap::new();
    for suite in suites {
        if by_document.contains_key(&suite.document) {
            continue;
        }
        let stem = suite.document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (client, driver) = (format!("client-{stem}"), format!("calls-{stem}"));
        let api = generate(plan, &suite.document, &stem, &client, &driver)?;
        by_document.insert(suite.document.clone(), (api, workspace::program(&driver)));
        members.extend([client, driver.clone()]);
        packages.push(driver);
    }
    std::fs::create_dir_all(folder.join("support/src"))?;
    let runtime = crate::commands::root().join("generator/runtime");
    let runtime = format!(
        "openapi_runtime = {{ package = \"openapi-rust-runtime\", path = {:?}, default-features = false, {FEATURES} }}",
        runtime.display().to_string()
    );
    for (path, text) in [
        (
            folder.join("support/Cargo.toml"),
            format!(
                "[package]\nname = \"support\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
                 base64 = \"0.23\"\n{runtime}\nserde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n\
                 tokio = {{ version = \"1\", features = [\"rt-multi-thread\", \"time\", \"net\"] }}\n"
            ),
        ),
        (folder.join("support/src/lib.rs"), SUPPORT.to_owned()),
    ] {
        crate_folder::write_if_new(&path, &text)?;
    }
    workspace::write(folder, &members)?;
    let mut cargo = workspace::cargo_in(folder);
    cargo.args(["build", "--quiet", "--keep-going"]);
    for package in &packages {
        cargo.args(["--package", package]);
    }
    if cargo.status()?.success() { Ok(Clients { by_document }) } else { Err(Failure::Failed) }
}

/// Writes the crate and the program of a document.
fn generate(
    plan: &Plan<'_>,
    document: &Path,
    stem: &str,
    client: &str,
    driver: &str,
) -> Result<Api, Failure> {
    let path = plan.suite.join(document);
    let own = crate::commands::root().join(format!("xtask/laboratory/programs/wire/settings/{stem}.yaml"));
    let mut diagnostics = Diagnostics::default();
    let settings =
        if own.exists() { Settings::load(&own, &mut diagnostics) } else { Some(Settings::default()) };
    let settings = settings.unwrap_or_default();
    let loaded = source::load(&path, &Selection::default(), &mut diagnostics);
    let api = loaded.map(|document| openapi_generator::api_of(&document, &settings, &mut diagnostics));
    terminal::diagnostics(&diagnostics, &path, false);
    let Some(api) = api.filter(|_| !diagnostics.has_errors()) else { return Err(Failure::Failed) };
    let (out, program) = (plan.folder.join(client), plan.folder.join(driver));
    std::fs::create_dir_all(&out)?;
    std::fs::create_dir_all(program.join("src"))?;
    let krate = Crate::new(&api, Package::in_folder(client, &out).with_settings(&settings));
    crate_folder::apply(&out, &crate_folder::compare(&out, print::print(&krate)?)?)?;
    let features: String =
        api.features.iter().map(|feature| format!(", {:?}", format!("{:?}", feature.name))).collect();
    let features = FEATURES.replace(']', &format!("{features}]"));
    let manifest = format!(
        "[package]\nname = {driver:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         tested = {{ package = {client:?}, path = \"../{client}\", default-features = false, {features} }}\n\
         serde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\nsupport = {{ path = \"../support\" }}\n"
    );
    crate_folder::write_if_new(&program.join("Cargo.toml"), &manifest)?;
    crate_folder::write_if_new(&program.join("src/main.rs"), &program::source(&krate.builders))?;
    Ok(api)
}

impl Clients {
    /// Starts the program for the cases of `suite`, with `server` as its proxy.
    ///
    /// # Errors
    /// It can't be started.
    pub fn runner(&self, suite: &Suite, server: &Server) -> Result<Ours<'_>, Failure> {
        let known = self.by_document.get(&suite.document);
        let (api, program) = known.ok_or_else(|| Failure::Usage(format!("{}: no document", suite.topic)))?;
        let mut command = Command::new(program);
        command
            .env("http_proxy", format!("http://{}", server.address))
            .env_remove("no_proxy")
            .env_remove("NO_PROXY");
        let program = Dialogue::start(&mut command)?;
        Ok(Ours { krate: Crate::new(api, Package::new("client")), program })
    }
}

/// The client of a document.
pub struct Ours<'a> {
    krate: Crate<'a>,
    program: Dialogue,
}

impl Runner for Ours<'_> {
    fn call(&mut self, call: &Call, session: &str) -> Result<Value, String> {
        let mut builders = self.krate.builders.iter().enumerate();
        let found = builders.find(|(_, builder)| builder.operation.id == call.operation);
        let (index, builder) = found.ok_or_else(|| format!("no operation {}", call.operation))?;
        let (values, content) = values::of(builder, call)?;
        let mut settings: Map<String, Value> = call.options.clone();
        settings.insert("content".to_owned(), json!(content));
        settings.insert("credentials".to_owned(), Value::Object(call.credentials.clone()));
        for (name, value) in [("accept", &call.accept), ("as", &call.wanted), ("server", &call.server)] {
            if let Some(value) = value {
                settings.insert(name.to_owned(), json!(value));
            }
        }
        let line = json!({"operation": index, "values": values, "settings": settings, "session": session});
        self.program.ask(&line).map_err(|failure| match failure {
            Failure::Usage(reason) => reason,
            Failure::Failed => "the program failed".to_owned(),
        })
    }
}
