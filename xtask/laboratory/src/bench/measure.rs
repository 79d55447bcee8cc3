//! Measures what a process costs.

use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

use speccrate::Failure;

/// The cost of one run of a process, including the child processes that it waited for.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub struct Cost {
    /// Wall-clock time in seconds.
    pub wall: f64,
    /// CPU time in seconds, user and system.
    pub processor: f64,
    /// The peak memory of a single process, in MiB.
    pub memory: f64,
}

/// Runs `command` to completion and discards its output.
///
/// # Errors
/// The command can't be run, or fails.
pub fn run(command: &mut Command) -> Result<Cost, Failure> {
    let start = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(
            |error| {
                Failure::Usage(format!("{} can't be run: {error}", command.get_program().to_string_lossy()))
            },
        )?;
    let used = child.wait4()?;
    let wall = start.elapsed().as_secs_f64();
    if !used.status.success() {
        let arguments: Vec<_> = command.get_args().map(|text| text.to_string_lossy()).collect();
        let program = command.get_program().to_string_lossy();
        return Err(Failure::Usage(format!("{program} {} fails: {}", arguments.join(" "), used.status)));
    }
    let processor = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok(Cost { wall, processor, memory: super::mebibytes(used.rusage.maxrss) })
}

/// Once the contenders have taken this many seconds together, none is run again: long runs vary little, and a release build
/// of a large crate takes minutes.
const ENOUGH: f64 = 120.0;

/// The median cost of each of `contenders`. They take turns, so that other load on the machine affects all
/// equally, each `runs` times, or fewer times if that takes more than two minutes.
///
/// # Errors
/// A contender can't be run, or fails.
pub fn alternate(
    contenders: &mut [Box<dyn FnMut() -> Result<Cost, Failure> + '_>],
    runs: usize,
    bar: &indicatif::ProgressBar,
) -> Result<Vec<Cost>, Failure> {
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); contenders.len()];
    let start = Instant::now();
    for round in 0..runs {
        if round > 0 && start.elapsed().as_secs_f64() > ENOUGH {
            break;
        }
        for (contender, costs) in contenders.iter_mut().zip(&mut costs) {
            costs.push(contender()?);
            bar.tick();
        }
    }
    let of = |costs: &[Cost], pick: fn(&Cost) -> f64| median(costs.iter().map(pick).collect());
    Ok(costs
        .iter()
        .map(|costs| Cost {
            wall: of(costs, |cost| cost.wall),
            processor: of(costs, |cost| cost.processor),
            memory: of(costs, |cost| cost.memory),
        })
        .collect())
}

/// The median: the middle value, or the mean of the two middle ones; NaN if there are no values.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn a_process_costs_memory() {
        let cost = run(crate::commands::cargo().arg("--version")).ok().unwrap();
        assert!(cost.memory > 0.1 && cost.wall > 0.0, "{cost:?}");
        assert!(run(crate::commands::cargo().arg("no-such-command")).is_err());
    }
}
