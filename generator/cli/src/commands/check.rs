//! `check`: is the checked-in crate what its document gives?

use super::generate;
use crate::{Failure, report, tree};

pub fn run() -> Result<(), Failure> {
    let arguments = generate::Arguments::default();
    let files = arguments.files()?;
    let root = super::root();
    let changes = tree::compare(&arguments.out(), files)?;
    for (file, old) in &changes.write {
        match old {
            Some(old) => report::diff(&format!("generated/{}", file.path), old, &file.text),
            None => anstream::eprintln!("generated/{} is missing", file.path),
        }
    }
    for (file, old) in &changes.in_the_way {
        report::diff(&format!("generated/{}", file.path), old, &file.text);
        anstream::eprintln!(
            "generated/{} was edited: it has no marker; delete it and generate anew",
            file.path
        );
    }
    for path in &changes.stray {
        let path = path.strip_prefix(&root).unwrap_or(path);
        anstream::eprintln!("{} is no generated file: move it out of generated/src", path.display());
    }
    for path in &changes.remove {
        let path = path.strip_prefix(&root).unwrap_or(path);
        anstream::eprintln!("{} is generated no more", path.display());
    }
    if changes.is_empty() {
        return Ok(());
    }
    let (red, reset) = (report::RED.render(), report::RED.render_reset());
    let count = changes.write.len() + changes.remove.len() + changes.in_the_way.len() + changes.stray.len();
    anstream::eprintln!("{red}stale{reset}: {count} files of generated/; `cargo xtask generate` mends it");
    Err(Failure::Failed)
}
