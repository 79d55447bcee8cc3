//! `dist`: builds the command as it is downloaded.

use crate::dist;
use speccrate::Failure;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The target triple; this machine's if it isn't named
    #[arg(value_name = "TARGET")]
    target: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let target = arguments.target.clone().map_or_else(super::host, Ok)?;
    println!("{}", dist::build(&target)?.display());
    Ok(())
}
