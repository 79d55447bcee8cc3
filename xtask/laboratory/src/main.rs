//! The project's commands; see the table in README.md.

mod bench;
mod changes;
mod commands;
mod compile;
mod count;
mod edits;
mod equal;
mod exceptions;
mod exercise;
mod judge;
mod manifest;
mod mapped;
mod oracle;
mod patch;
mod prism;
mod quiet;
mod report;
mod revision;
mod semver;
mod side;
mod tree;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// For generation, which allocates on all threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Generates Rust client crates from OpenAPI documents and keeps them in step.
///
/// Exit codes: 0, all is well; 1, a check failed, a document has errors, or what is generated is stale;
/// 2, the command can't be run as it was given.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generates a crate from a document
    #[command(after_help = commands::generate::EXAMPLES)]
    Generate(commands::generate::Arguments),
    /// Compares the checked-in crate with what its document gives; writes nothing
    #[command(after_help = "Example:\n  cargo xtask check")]
    Check,
    /// Tells what a changed document means for the wire and for Rust callers
    #[command(after_help = commands::diff::EXAMPLES)]
    Diff(commands::diff::Arguments),
    /// Compares our document with the vendor's, restricted to our paths
    #[command(after_help = commands::drift::EXAMPLES)]
    Drift(commands::drift::Arguments),
    /// Runs everything that CI checks
    #[command(after_help = "Example:\n  cargo xtask test --keep-going")]
    Test(commands::test::Arguments),
    /// Generates and compiles a crate from each document in a folder
    #[command(after_help = "Example:\n  cargo xtask corpus ../shared/specs --only petstore")]
    Corpus(commands::corpus::Arguments),
    /// Measures speed, beside other generators where they are installed
    #[command(after_help = commands::bench::EXAMPLES)]
    Bench(commands::bench::Arguments),
    /// Fuzzes the generator; needs a C++ compiler
    #[command(after_help = "Example:\n  cargo xtask fuzz --seconds 300 --target pipeline")]
    Fuzz(commands::fuzz::Arguments),
    /// Checks generated types against an independent judge of JSON Schema, with drawn documents and instances
    #[command(after_help = "Example:\n  cargo xtask oracle --documents 10 --seed 42")]
    Oracle(commands::oracle::Arguments),
    /// Counts the instructions that generation takes and compares with the number written down; needs valgrind
    #[command(after_help = "Example:\n  cargo xtask instructions --bless")]
    Instructions(commands::instructions::Arguments),
    /// Calls every operation through its builder, and has Prism check each request; needs Node
    #[command(after_help = commands::prism::EXAMPLES)]
    Prism(commands::prism::Arguments),
    /// Makes 100,000 calls on this machine, beside the same requests written by hand and with faults
    #[command(after_help = commands::load::EXAMPLES)]
    Load(commands::load::Arguments),
    /// Measures how much of the generated files single edits of real documents change
    #[command(after_help = "Example:\n  cargo xtask quiet --edits 200 --seed 7 --show 'property renamed'")]
    Quiet(commands::quiet::Arguments),
    /// Judges the bumps that the diff asks for by cargo-semver-checks and the compiler
    #[command(after_help = "Example:\n  cargo xtask semver-oracle --changes 100 --seed 7")]
    SemverOracle(commands::semver_oracle::Arguments),
    /// Explains the code of a diagnostic
    #[command(after_help = "Example:\n  cargo xtask explain E0013")]
    Explain {
        /// The code
        code: String,
    },
    /// Writes the completions of a shell to standard output
    #[command(
        after_help = "Example:\n  cargo xtask completions fish > ~/.config/fish/completions/xtask.fish"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How a command ends when it doesn't succeed.
pub enum Failure {
    /// What was to be checked doesn't hold; it has been told.
    Failed,
    /// The command can't be run as it was given.
    Usage(String),
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Usage(error.to_string())
    }
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Generate(arguments) => commands::generate::run(&arguments),
        Command::Check => commands::check::run(),
        Command::Diff(arguments) => commands::diff::run(&arguments),
        Command::Drift(arguments) => commands::drift::run(&arguments),
        Command::Test(arguments) => commands::test::run(&arguments),
        Command::Corpus(arguments) => commands::corpus::run(&arguments),
        Command::Bench(arguments) => commands::bench::run(&arguments),
        Command::Instructions(arguments) => commands::instructions::run(&arguments),
        Command::Fuzz(arguments) => commands::fuzz::run(&arguments),
        Command::Oracle(arguments) => commands::oracle::run(&arguments),
        Command::Prism(arguments) => commands::prism::run(&arguments),
        Command::Load(arguments) => commands::load::run(&arguments),
        Command::Quiet(arguments) => commands::quiet::run(&arguments),
        Command::SemverOracle(arguments) => commands::semver_oracle::run(&arguments),
        Command::Explain { code } => commands::explain::run(&code),
        Command::Completions { shell } => {
            let mut command = <Arguments as clap::CommandFactory>::command();
            clap_complete::generate(shell, &mut command, "xtask", &mut std::io::stdout());
            Ok(())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Failed) => ExitCode::from(1),
        Err(Failure::Usage(message)) => {
            anstream::eprintln!("{}error{}: {message}", report::RED.render(), report::RED.render_reset());
            ExitCode::from(2)
        }
    }
}
