//! `soak`: calls for a long time, after which nothing may be left over.

use speccrate::Failure;

pub const EXAMPLES: &str = "Examples:\n  cargo xtask soak\n  cargo xtask soak --seconds 120 --in-flight 64";

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How long to make calls
    #[arg(long, value_name = "N", default_value_t = 1800, value_parser = clap::value_parser!(u32).range(60..=604_800))]
    seconds: u32,
    /// How many calls to keep in flight
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    in_flight: u32,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { seconds, in_flight } = arguments;
    let status = super::cargo()
        .args(["bench", "--quiet", "--profile", "soak", "--package", "auth0-connections", "--bench", "load"])
        .args(["--", "soak", "--seconds", &seconds.to_string(), "--in-flight", &in_flight.to_string()])
        // So that what glibc keeps for each thread isn't taken for a leak.
        .env("MALLOC_ARENA_MAX", "1")
        .current_dir(super::root())
        .status()?;
    if status.success() { Ok(()) } else { Err(Failure::Failed) }
}
