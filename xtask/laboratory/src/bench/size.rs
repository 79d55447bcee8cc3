//! Size: a release program that calls one operation of the workspace's own document.

use std::path::Path;

use super::measure::run;
use super::peers::Peer;
use super::table::{Row, Unit};
use super::{Bench, WITHOUT_FAMILIES, mebibytes};
use speccrate::Failure;

/// Calls one operation with our crate.
pub const OURS: &str = include_str!("../../programs/one_call/ours.rs");
const PLOIDY: &str = include_str!("../../programs/one_call/ploidy.rs");

/// The rows: our complete crate, and our crate without its families of alternatives but with TLS, as the peer's has it.
pub fn rows(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let Some(ploidy) = Peer::ploidy() else { return Ok(Vec::new()) };
    let (folder, root) = (bench.folder.join("size"), crate::commands::root());
    let client = folder.join("client-ploidy");
    ploidy.make_crate(&root.join("spec/connections.yaml"), &client, "client-ploidy")?;
    let theirs = size(&folder, "ploidy", PLOIDY, &format!("client-ploidy = {{ path = {client:?} }}"))?;
    let (ours, mut rows) = (root.join("generated"), Vec::new());
    let part = format!(", {WITHOUT_FAMILIES}");
    for (part, features) in
        [("", ""), (&*part, ", default-features = false, features = [\"rustls\", \"gzip\"]")]
    {
        let ours =
            size(&folder, "ours", OURS, &format!("auth0-connections = {{ path = {ours:?}{features} }}"))?;
        rows.push(Row {
            what: format!("a program that calls one operation{part}"),
            measure: "size",
            unit: Unit::Mebibytes,
            ours,
            peer: Some((ploidy.name.to_owned(), theirs)),
            bound: Some(0.9),
        });
    }
    Ok(rows)
}

/// The size in MiB of the stripped release build of the source `program`, which uses `client`.
fn size(folder: &Path, name: &str, program: &str, client: &str) -> Result<f64, Failure> {
    let package = folder.join(name);
    std::fs::create_dir_all(package.join("src"))?;
    std::fs::write(package.join("src/main.rs"), program)?;
    let manifest = format!(
        "[package]\nname = \"one-call-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{client}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [profile.release]\nstrip = true\n"
    );
    std::fs::write(package.join("Cargo.toml"), manifest)?;
    let target = folder.join("target");
    let mut cargo = crate::commands::cargo();
    cargo.args(["build", "--quiet", "--release"]).current_dir(&package).env("CARGO_TARGET_DIR", &target);
    run(&mut cargo)?;
    let program = target.join("release").join(format!("one-call-{name}{}", std::env::consts::EXE_SUFFIX));
    Ok(mebibytes(std::fs::metadata(program)?.len()))
}
