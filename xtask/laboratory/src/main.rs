//! The laboratory: what checks and measures the generator. See the table in README.md.

mod bench;
mod commands;
mod conformance;
mod corpus;
mod dialogue;
mod dist;
mod edits;
mod exercise;
mod json_schema;
mod mutants;
mod oracle;
mod prism;
mod quiet;
mod semver;
mod wire;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Checks and measures the generator.
///
/// Exit codes: 0, success; 1, a check failed; 2, the command can't run as given.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run everything that CI checks
    #[command(after_help = "Example:\n  cargo xtask test --keep-going")]
    Test(commands::test::Arguments),
    /// Generate and compile a crate from each document in a folder
    #[command(after_help = "Example:\n  cargo xtask corpus ../shared/specs --only petstore")]
    Corpus(commands::corpus::Arguments),
    /// Check generated types against JSON Schema's own test suite, and write docs/conformance.md
    #[command(after_help = "Example:\n  cargo xtask conformance --check")]
    Conformance(commands::conformance::Arguments),
    /// Generate and compile crates of random documents whose names collide
    #[command(after_help = "Example:\n  cargo xtask collisions --documents 20 --seed 42")]
    Collisions(commands::collisions::Arguments),
    /// Measure speed, compared to other generators if they are installed
    #[command(after_help = commands::bench::EXAMPLES)]
    Bench(commands::bench::Arguments),
    /// Build the command as it is downloaded, with a profile of its own runs; needs the component llvm-tools
    #[command(after_help = "Example:\n  cargo xtask dist x86_64-unknown-linux-gnu")]
    Dist(commands::dist::Arguments),
    /// Fuzz the generator; needs a C++ compiler
    #[command(after_help = "Example:\n  cargo xtask fuzz --seconds 300 --target pipeline")]
    Fuzz(commands::fuzz::Arguments),
    /// Check generated types against an independent JSON Schema validator, with random documents and
    /// instances
    #[command(after_help = "Example:\n  cargo xtask oracle --documents 10 --seed 42")]
    Oracle(commands::oracle::Arguments),
    /// Count the instructions that generation takes and compare them with the recorded number; needs valgrind
    #[command(after_help = "Example:\n  cargo xtask instructions --bless")]
    Instructions(commands::instructions::Arguments),
    /// Call every operation through its builder and have Prism check each request; needs Node
    #[command(after_help = commands::prism::EXAMPLES)]
    Prism(commands::prism::Arguments),
    /// Make 100,000 calls on this machine, with faults and compared to the same requests written by hand
    #[command(after_help = commands::load::EXAMPLES)]
    Load(commands::load::Arguments),
    /// Make calls for half an hour, with faults and calls that are given up, after which nothing may be left over
    #[command(after_help = commands::soak::EXAMPLES)]
    Soak(commands::soak::Arguments),
    /// Put faults into the code and count those that no test notices; needs cargo-mutants
    #[command(after_help = commands::mutants::EXAMPLES)]
    Mutants(commands::mutants::Arguments),
    /// Run what the client shares between threads under thousands of schedules
    #[command(after_help = "Example:\n  cargo xtask schedules --schedules 20000 --seed 7")]
    Schedules(commands::schedules::Arguments),
    /// Measure how much single edits of real documents change the generated files
    #[command(after_help = "Example:\n  cargo xtask quiet --edits 200 --seed 7 --show 'property renamed'")]
    Quiet(commands::quiet::Arguments),
    /// Check the version bumps that the diff asks for with cargo-semver-checks and the compiler
    #[command(after_help = "Example:\n  cargo xtask semver-oracle --changes 100 --seed 7")]
    SemverOracle(commands::semver_oracle::Arguments),
    /// Make the calls of conformance/ with generated clients, and check what they send and return
    #[command(after_help = commands::wire_conformance::EXAMPLES)]
    WireConformance(commands::wire_conformance::Arguments),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Test(arguments) => commands::test::run(&arguments),
        Command::Corpus(arguments) => commands::corpus::run(&arguments),
        Command::Conformance(arguments) => commands::conformance::run(&arguments),
        Command::Collisions(arguments) => commands::collisions::run(&arguments),
        Command::Bench(arguments) => commands::bench::run(&arguments),
        Command::Dist(arguments) => commands::dist::run(&arguments),
        Command::Instructions(arguments) => commands::instructions::run(&arguments),
        Command::Fuzz(arguments) => commands::fuzz::run(&arguments),
        Command::Oracle(arguments) => commands::oracle::run(&arguments),
        Command::Prism(arguments) => commands::prism::run(&arguments),
        Command::Load(arguments) => commands::load::run(&arguments),
        Command::Soak(arguments) => commands::soak::run(&arguments),
        Command::Mutants(arguments) => commands::mutants::run(&arguments),
        Command::Schedules(arguments) => commands::schedules::run(&arguments),
        Command::Quiet(arguments) => commands::quiet::run(&arguments),
        Command::SemverOracle(arguments) => commands::semver_oracle::run(&arguments),
        Command::WireConformance(arguments) => commands::wire_conformance::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            failure.exit_code()
        }
    }
}
