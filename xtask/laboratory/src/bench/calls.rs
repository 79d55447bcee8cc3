//! Calls: decodes and encodes the same page with our types, hand-written ones and those of peers.

use std::path::Path;

use serde_json::Value;

use super::Bench;
use super::measure::run;
use super::peers::Peer;
use super::table::{Row, Unit};
use speccrate::Failure;

const PROGRAM: &str = include_str!("../../programs/calls.rs");

/// The module of programs that makes the page.
pub const PAGE: &str = include_str!("../../programs/page.rs");

/// The rows.
pub fn rows(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let (folder, root) = (bench.folder.join("calls"), crate::commands::root());
    std::fs::create_dir_all(folder.join("src"))?;
    std::fs::write(folder.join("src/main.rs"), PROGRAM)?;
    std::fs::write(folder.join("src/page.rs"), PAGE)?;
    let mut peers = Vec::new();
    for peer in [Peer::ploidy(), Peer::openapi_generator()].into_iter().flatten() {
        let (name, out) = (format!("client-{}", peer.name), folder.join(peer.name));
        if peer.make_crate(&root.join("spec/connections.yaml"), &out, &name).is_ok() {
            peers.push(peer.name);
        }
    }
    while let Err(failure) = build(&folder, &root, &peers, "") {
        // A peer's output may not compile.
        match peers.pop() {
            Some(peer) => anstream::eprintln!("skipped: what {peer} generates doesn't compile"),
            None => return Err(failure),
        }
    }
    let program = folder.join("target/release/calls");
    let mut lines = printed(&program)?;
    build(&folder, &root, &peers, "counting")?;
    lines.extend(printed(&program)?);
    Ok(compared(&lines))
}

/// What `program` prints, line by line.
pub(super) fn printed(program: &Path) -> Result<Vec<Value>, Failure> {
    let output = std::process::Command::new(program).output()?;
    let lines: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    if !output.status.success() || lines.is_empty() {
        return Err(Failure::Usage(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(lines)
}

/// Builds the program with `features`, in addition to those for the peers.
fn build(folder: &Path, root: &Path, peers: &[&str], features: &str) -> Result<(), Failure> {
    let each = |line: &dyn Fn(&str) -> String| peers.iter().map(|peer| line(peer)).collect::<String>();
    let of_peers = each(&|peer| format!("{peer} = [\"dep:client-{peer}\"]\n"));
    let dependencies = each(&|peer| format!("client-{peer} = {{ path = \"{peer}\", optional = true }}\n"));
    let names: Vec<String> = peers.iter().map(|peer| format!("{peer:?}")).collect();
    let generated = root.join("generated").display().to_string();
    let manifest = format!(
        "[package]\nname = \"calls\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[features]\n\
         default = [{}]\ncounting = []\n{of_peers}\n[dependencies]\nauth0-connections = {{ path = {generated:?}, \
         default-features = false, features = [\"database\"] }}\nserde = {{ version = \"1\", features = \
         [\"derive\"] }}\nserde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n\
         stats_alloc = \"0.1\"\n{dependencies}",
        names.join(", ")
    );
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    let mut cargo = crate::commands::cargo();
    cargo.args(["build", "--quiet", "--release", "--features", features]).current_dir(folder);
    run(cargo.env("CARGO_TARGET_DIR", folder.join("target"))).map(|_| ())
}

fn compared(lines: &[Value]) -> Vec<Row> {
    let of = |name: &str, what: &str| {
        lines.iter().filter(|line| line["name"] == name).find_map(|line| line[what].as_f64())
    };
    let mut rows = Vec::new();
    for peer in ["hand-written", "ploidy", "openapi-generator"] {
        let bound = if peer == "hand-written" { 0.8 } else { 1.0 };
        for (measure, key, unit, bound) in [
            ("time", "time", Unit::Microseconds, Some(bound)),
            ("allocations", "allocations", Unit::Count, Some(1.0)),
        ] {
            if let (Some(ours), Some(theirs)) = (of("ours", key), of(peer, key)) {
                let what = "decode and encode 100 connections".to_owned();
                rows.push(Row { what, measure, unit, ours, peer: Some((peer.to_owned(), theirs)), bound });
            }
        }
    }
    for (measure, key, unit, bound) in
        [("time", "time", Unit::Microseconds, Some(2.0)), ("allocations", "allocations", Unit::Count, None)]
    {
        if let Some(ours) = of("update", key) {
            let what = "build an update request".to_owned();
            rows.push(Row { what, measure, unit, ours, peer: None, bound });
        }
    }
    rows
}
