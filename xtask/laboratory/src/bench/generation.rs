//! Generation: the whole process, from a document's text to files in an empty folder.

use std::path::{Path, PathBuf};

use super::measure::{Cost, alternate, run};
use super::peers::Peer;
use super::table::{Row, Unit};
use super::{Bench, Programs};
use speccrate::Failure;

/// The size in bytes from which a document is large; the bounds apply only to large documents.
const LARGE: u64 = 1 << 20;

/// The rows for a document.
pub fn rows(bench: &Bench, programs: &Programs, document: &Path) -> Result<Vec<Row>, Failure> {
    let file = document.file_name().unwrap_or_default().to_string_lossy();
    let is_large = std::fs::metadata(document)?.len() > LARGE;
    // Peers that can't generate from the document are left out.
    let able = |peer: &Peer| run(&mut peer.generate(document, &bench.fresh(), "peer")).is_ok();
    let peers: Vec<Peer> = Peer::installed().into_iter().filter(able).collect();
    let mut contenders: Vec<Box<dyn FnMut() -> Result<Cost, Failure> + '_>> = vec![
        Box::new(|| run(&mut programs.generate(document, &bench.fresh(), "ours"))),
        Box::new(|| run(&mut programs.parse(document))),
    ];
    for peer in &peers {
        contenders.push(Box::new(|| run(&mut peer.generate(document, &bench.fresh(), "peer"))));
    }
    let costs = alternate(&mut contenders, bench.runs, &bench.bar)?;
    let [ours, floor, theirs @ ..] = &costs[..] else { return Ok(Vec::new()) };
    let row = |measure, unit, ours, peer: &str, theirs, bound| Row {
        what: format!("generate {file}"),
        measure,
        unit,
        ours,
        peer: Some((peer.to_owned(), theirs)),
        bound,
    };
    let mut rows = Vec::new();
    for (peer, theirs) in peers.iter().zip(theirs) {
        let bounded = is_large && peer.name == "ploidy";
        rows.push(row("time", Unit::Seconds, ours.wall, peer.name, theirs.wall, bounded.then_some(0.33)));
        let processor = (ours.processor, theirs.processor);
        rows.push(row("processor time", Unit::Seconds, processor.0, peer.name, processor.1, None));
        rows.push(row(
            "memory",
            Unit::Mebibytes,
            ours.memory,
            peer.name,
            theirs.memory,
            bounded.then_some(0.7),
        ));
    }
    let parsing = "parsing alone";
    rows.push(row("time", Unit::Seconds, ours.wall, parsing, floor.wall, is_large.then_some(4.0)));
    rows.push(row("processor time", Unit::Seconds, ours.processor, parsing, floor.processor, None));
    Ok(rows)
}

/// The row for generating again without changes.
pub fn unchanged(bench: &Bench) -> Result<Vec<Row>, Failure> {
    let root = crate::commands::root();
    let once = || -> Result<Cost, Failure> {
        run(crate::commands::cargo().args(["xtask", "generate"]).current_dir(&root))
    };
    once()?;
    let costs = alternate(&mut [Box::new(once)], bench.runs, &bench.bar)?;
    let row = |measure, ours, bound| Row {
        what: "`cargo xtask generate`, nothing to do".to_owned(),
        measure,
        unit: Unit::Seconds,
        ours,
        peer: None,
        bound,
    };
    Ok(costs
        .iter()
        .flat_map(|cost| [row("time", cost.wall, Some(0.15)), row("processor time", cost.processor, None)])
        .collect())
}

/// The documents to measure with: the workspace's own, and the large ones if present.
pub fn documents(specs: &Path) -> Vec<PathBuf> {
    let large = ["auth0-management.yml", "github.json"].map(|name| specs.join(name));
    let mut found = vec![crate::commands::root().join("spec/connections.yaml")];
    for document in large {
        if document.exists() {
            found.push(document);
        } else {
            anstream::eprintln!("skipped: {} is not here", document.display());
        }
    }
    found
}
