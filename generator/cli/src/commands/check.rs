//! `check`: is the crate on disk what its document gives?

use openapi_generator::source::conflict;

use crate::generation::{CrateArguments, Generation};
use crate::terminal::{RED, RESET};
use crate::{Failure, crate_folder, terminal};

pub(super) const EXAMPLES: &str = "Examples:
  speccrate check                    the crate whose speccrate.toml is here or above
  speccrate check --crate client
  speccrate check --spec api.yaml --out client

Exit codes: 0, the crate is up to date; 1, it is stale, or the document has errors; 2, the command can't run as given.";

/// The arguments of `check`.
#[derive(clap::Args, Debug, Default)]
pub struct Arguments {
    #[command(flatten)]
    generation: CrateArguments,
}

impl Arguments {
    /// Checks the crate in `folder`, as its `speccrate.toml` says.
    pub fn of_crate(folder: std::path::PathBuf) -> Self {
        Self { generation: CrateArguments::of_crate(folder) }
    }
}

/// Compares the crate with what its document gives, and names each stale file.
///
/// # Errors
/// The crate is stale, or can't be compared.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    check(&arguments.generation.generation()?)
}

/// Checks one crate.
pub(super) fn check(generation: &Generation) -> Result<(), Failure> {
    let files = generation.run()?.files;
    let folder = &generation.folder;
    let changes = crate_folder::compare(folder, files)?;
    let shown = |path: &str| terminal::shown(&folder.join(path));
    let mut line_endings = Vec::new();
    for (file, old) in &changes.write {
        match old {
            Some(old) if crate_folder::differ_in_line_endings(old, &file.text) => {
                line_endings.push(shown(&file.path));
            }
            Some(old) if conflict(old.as_bytes()).is_some() => terminal::tell(format_args!(
                "{} has conflict markers of a merge: don't resolve them by hand, generate again",
                shown(&file.path)
            )),
            Some(old) => {
                terminal::diff(&shown(&file.path), old, &file.text);
                terminal::tell(format_args!("{} is stale", shown(&file.path)));
            }
            None => terminal::tell(format_args!("{} is missing", shown(&file.path))),
        }
    }
    if let Some(first) = line_endings.first() {
        let others = line_endings.len() - 1;
        let others = if others > 0 { format!(" and {others} more") } else { String::new() };
        terminal::tell(format_args!(
            "line endings are all that differs in {first}{others}: git or an editor has changed them; generate again, and \
             keep the crate's .gitattributes, which makes git leave them alone"
        ));
    }
    for (file, old) in &changes.in_the_way {
        terminal::diff(&shown(&file.path), old, &file.text);
        terminal::tell(format_args!(
            "{} was edited and no longer begins with the generator's marker, so `generate` leaves it alone: delete it, then \
             generate again",
            shown(&file.path)
        ));
    }
    for path in &changes.stray {
        terminal::tell(format_args!(
            "{} isn't a generated file, and {} is for those alone: move it to a crate of your own that depends on this one, or \
             delete it",
            terminal::shown(path),
            terminal::shown(&crate_folder::sources_of(path, folder))
        ));
    }
    for path in &changes.remove {
        terminal::tell(format_args!("{} is no longer generated", terminal::shown(path)));
    }
    if !generation.embeds && changes.remove.iter().any(|path| path.starts_with(folder.join("src/runtime"))) {
        terminal::tell(format_args!(
            "the crate contains its runtime, but nothing says that it should: add `runtime = \"embedded\"` to \
             `speccrate.toml`, or give --embed-runtime"
        ));
    }
    super::tell_left_over(folder, &changes);
    if changes.is_empty() {
        terminal::status(&format!("{} is up to date", terminal::shown(folder)));
        return Ok(());
    }
    if changes.write.is_empty() && changes.remove.is_empty() {
        // What is left is somebody's to move or delete, as is said above.
        return Err(Failure::Failed);
    }
    let count = changes.write.len() + changes.remove.len();
    terminal::tell(format_args!(
        "{RED}stale{RESET}: {} in {}; the command `generate` brings it up to date",
        terminal::counted(count, "file"),
        terminal::shown(folder)
    ));
    Err(Failure::Failed)
}
