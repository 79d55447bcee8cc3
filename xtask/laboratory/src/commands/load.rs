//! `load`: many calls on this machine, with faults and compared to requests written by hand.

use speccrate::Failure;

pub const EXAMPLES: &str = "Examples:\n  cargo xtask load\n  cargo xtask load --calls 20000 --in-flight 64";

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How many calls to make, with faults and without
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1000..=10_000_000))]
    calls: u32,
    /// How many calls to keep in flight
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    in_flight: u32,
    /// The minimum throughput, as a fraction of that of the same requests written by hand
    #[arg(long, default_value_t = 0.9)]
    least_ratio: f64,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { calls, in_flight, least_ratio } = arguments;
    let status = super::cargo()
        .args(["bench", "--quiet", "--package", "auth0-connections", "--bench", "load", "--"])
        .args(["--calls", &calls.to_string(), "--in-flight", &in_flight.to_string()])
        .args(["--least-ratio", &least_ratio.to_string()])
        .current_dir(super::root())
        .status()?;
    if status.success() { Ok(()) } else { Err(Failure::Failed) }
}
