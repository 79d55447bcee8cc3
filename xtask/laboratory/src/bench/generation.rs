//! Generation: the whole process, from a document's text to files in an empty folder.

use std::path::{Path, PathBuf};

use super::measure::{Cost, alternate, run};
use super::peers::Peer;
use super::table::{Row, Unit};
use super::{Bench, Programs, WITHOUT_FAMILIES, spelled_out};
use speccrate::Failure;

/// The largest allowed ratios for a document: to the time and the memory of each peer, and to the time of parsing alone.
struct Bounds {
    time: Option<f64>,
    memory: Option<f64>,
    parsing: Option<f64>,
}

impl Bounds {
    fn of(file: &str) -> Self {
        let (time, memory, parsing) = match file {
            "github.json" => (Some(0.1), Some(0.6), Some(3.0)),
            "auth0-management.yml" => (Some(0.15), Some(0.6), Some(4.0)),
            "connections.yaml" => (Some(0.5), Some(1.0), None),
            _ => (Some(1.0), None, None),
        };
        Self { time, memory, parsing }
    }
}

/// The rows for a document: as it is and, if it has families of alternatives, from which peers make nothing, also for the
/// same models.
pub fn rows(bench: &Bench, programs: &Programs, document: &Path) -> Result<Vec<Row>, Failure> {
    let file = document.file_name().unwrap_or_default().to_string_lossy();
    let (bounds, what) = (Bounds::of(&file), format!("generate {file}"));
    let mut rows = compared(bench, programs, &what, [document, document], &bounds)?;
    let [with, without] = ["with.yaml", "without.yaml"].map(|name| bench.folder.join(name));
    if spelled_out::write_without(document, &without)? {
        spelled_out::write(document, &with)?;
        let all = format!("{what}, the families spelled out for the peer");
        rows.extend(compared(bench, programs, &all, [document, &with], &bounds)?);
        let part = format!("{what}, {WITHOUT_FAMILIES}");
        rows.extend(compared(bench, programs, &part, [&without, &without], &bounds)?);
    }
    Ok(rows)
}

/// The rows for what we generate from one document and peers from another.
fn compared(
    bench: &Bench,
    programs: &Programs,
    what: &str,
    [document, theirs]: [&Path; 2],
    bounds: &Bounds,
) -> Result<Vec<Row>, Failure> {
    let (mut rows, mut peers) = (Vec::new(), Vec::new());
    for peer in Peer::installed().into_iter().filter(Peer::generates) {
        match run(&mut peer.generate(theirs, &bench.fresh(), "peer")?) {
            Ok(_) => peers.push(peer),
            Err(_) => rows.push(Row::refusal(what, peer.name, "refused")),
        }
    }
    let mut contenders: Vec<Box<dyn FnMut() -> Result<Cost, Failure> + '_>> = vec![
        Box::new(|| programs.cost(&programs.generate(document, &bench.fresh(), "ours"))),
        Box::new(|| programs.cost(&programs.parse(document))),
    ];
    for peer in &peers {
        contenders.push(Box::new(|| programs.cost(&peer.generate(theirs, &bench.fresh(), "peer")?)));
    }
    let costs = alternate(&mut contenders, bench.runs, &bench.bar)?;
    let [ours, floor, theirs @ ..] = &costs[..] else { return Ok(rows) };
    let mut row = |measure, unit, ours, peer: &str, theirs, bound| {
        let peer = Some((peer.to_owned(), theirs));
        rows.push(Row { what: what.to_owned(), measure, unit, ours, peer, bound });
    };
    for (peer, theirs) in peers.iter().zip(theirs) {
        row("time", Unit::Seconds, ours.wall, peer.name, theirs.wall, bounds.time);
        row("processor time", Unit::Seconds, ours.processor, peer.name, theirs.processor, None);
        row("memory", Unit::Mebibytes, ours.memory, peer.name, theirs.memory, bounds.memory);
    }
    let parsing = "parsing alone";
    row("time", Unit::Seconds, ours.wall, parsing, floor.wall, bounds.parsing);
    row("processor time", Unit::Seconds, ours.processor, parsing, floor.processor, None);
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

/// The documents to measure with: the workspace's own and, if present, two large ones and one of OpenAPI 3.0.
pub fn documents(specs: &Path) -> Vec<PathBuf> {
    let others = ["auth0-management.yml", "github.json", "nexus.json"].map(|name| specs.join(name));
    let mut found = vec![crate::commands::root().join("spec/connections.yaml")];
    for document in others {
        if document.exists() {
            found.push(document);
        } else {
            anstream::eprintln!("skipped: {} is not here", document.display());
        }
    }
    found
}
