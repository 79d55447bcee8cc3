//! The commands, one in each file.

pub mod check;
pub mod diff;
mod diff_approvals;
mod diff_sides;
pub mod drift;
pub mod explain;
pub mod generate;
pub mod init;
pub mod settings_schema;

use clap::{CommandFactory, Parser, Subcommand};

use crate::{Failure, terminal};

/// Generates Rust client crates from OpenAPI documents and keeps them up to date.
///
/// A crate is described by a file `speccrate.toml` in its folder, which `speccrate init` writes. The commands find it in
/// the current folder or in one above it, or take it from `--crate` or `--config`.
///
/// Exit codes: 0, success; 1, a check failed, a document has errors, or the crate is stale; 2, the command can't run as
/// given.
#[derive(Parser, Debug)]
#[command(name = "speccrate", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Print only errors, warnings and what was asked for
    #[arg(short, long, global = true)]
    quiet: bool,
}

const EXAMPLES: &str = "Examples:
  speccrate init --spec api.yaml --out client    describe the crate `client`
  speccrate generate --crate client              write it
  speccrate check --crate client                 fail if it is stale
  speccrate diff main --crate client             what the document's changes break";

#[derive(Subcommand, Debug)]
enum Command {
    /// Describe a crate in `speccrate.toml`, which the other commands read
    #[command(after_help = init::EXAMPLES)]
    Init(init::Arguments),
    /// Generate a crate from an OpenAPI document
    #[command(after_help = generate::EXAMPLES)]
    Generate(generate::Arguments),
    /// Fail if a crate differs from what its document gives; write nothing
    #[command(after_help = check::EXAMPLES)]
    Check(check::Arguments),
    /// Say what a changed document means for the wire and for Rust callers
    #[command(after_help = diff::EXAMPLES)]
    Diff(Box<diff::Arguments>),
    /// Compare our document with the vendor's, restricted to our paths
    #[command(after_help = drift::EXAMPLES)]
    Drift(drift::Arguments),
    /// Explain the code of a diagnostic
    #[command(after_help = "Examples:\n  speccrate explain E0014\n  speccrate explain --list")]
    Explain(explain::Arguments),
    /// Print the JSON Schema of the settings file, for editors
    #[command(after_help = settings_schema::EXAMPLES)]
    SettingsSchema,
    /// Print a shell's completions to standard output
    #[command(
        after_help = "Example:\n  speccrate completions fish > ~/.config/fish/completions/speccrate.fish"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Says which dependencies in the crate's manifest the generated code doesn't use. They may be their owner's, so they
/// stay.
fn tell_left_over(folder: &std::path::Path, changes: &crate::crate_folder::Changes) {
    if changes.left_over.is_empty() {
        return;
    }
    terminal::status(&format!(
        "{}: the generated code doesn't use {}: remove what code of yours doesn't use either",
        terminal::shown(&folder.join("Cargo.toml")),
        changes.left_over.join(", ")
    ));
}

/// Runs the command.
///
/// # Errors
/// A check failed, or the command can't run as given.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    terminal::set_quiet(arguments.quiet);
    match &arguments.command {
        Command::Init(arguments) => init::run(arguments),
        Command::Generate(arguments) => generate::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Drift(arguments) => drift::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::SettingsSchema => settings_schema::run(),
        Command::Completions { shell } => {
            let (mut command, mut text) = (Arguments::command(), Vec::new());
            clap_complete::generate(*shell, &mut command, "speccrate", &mut text);
            terminal::print(String::from_utf8_lossy(&text))
        }
    }
}
