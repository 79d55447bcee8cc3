//! `schedules`: what the client shares between threads, under a checker that decides which of them goes on.

use speccrate::Failure;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How many schedules to draw for each check and each of three schedulers
    #[arg(long, default_value_t = 2000, value_name = "N")]
    schedules: u32,
    /// The seed of the schedules
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
}

impl Arguments {
    /// As few as are enough to find what was planted.
    pub const fn quick() -> Self {
        Self { schedules: 2000, seed: 1 }
    }
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = super::root();
    let status = super::cargo()
        .args(["run", "--quiet", "--"])
        .args([arguments.schedules.to_string(), arguments.seed.to_string()])
        .current_dir(root.join("generator/runtime/schedules"))
        .env("CARGO_TARGET_DIR", root.join("target/schedules"))
        .status()?;
    if status.success() { Ok(()) } else { Err(Failure::Failed) }
}
