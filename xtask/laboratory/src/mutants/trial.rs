//! Runs tests with one mutant on, until one fails.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use speccrate::Failure;

/// How many KiB of memory a test may have: a loop that never ends often fills it.
const MEMORY: u32 = 8 << 20;

/// What a program with tests says of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// All tests passed.
    Passed,
    /// This one failed, or the whole program did.
    Failed(String),
    /// They weren't done in time.
    TookTooLong,
}

/// A program with tests.
pub struct Trial<'a> {
    pub program: &'a Path,
    /// Only tests whose names contain one of these, if there are any.
    pub filter: &'a [&'a str],
    /// The folder of its package.
    pub folder: &'a Path,
}

impl Trial<'_> {
    /// Runs the tests with a mutant until one fails that passes without it. One that depends on the time a machine takes may
    /// fail for no reason of the mutant's: a failure counts if it is seen twice, and not without the mutant.
    ///
    /// # Errors
    /// The program can't be started.
    pub fn notices(&self, mutant: usize, limit: Duration) -> Result<Said, Failure> {
        let mut unsteady: Vec<String> = Vec::new();
        loop {
            let skipped: Vec<&str> = unsteady.iter().flat_map(|test| ["--skip", test]).collect();
            let said = self.run(Some(mutant), limit, &skipped)?;
            let Said::Failed(test) = said else { return Ok(said) };
            // A whole program has no name to be skipped by.
            if unsteady.contains(&test) {
                return Ok(Said::Failed(test));
            }
            let alone = Trial { program: self.program, filter: &[&test], folder: self.folder };
            let again = alone.run(Some(mutant), limit, &["--exact"])?;
            if again != Said::Passed && alone.run(None, limit, &["--exact"])? == Said::Passed {
                return Ok(Said::Failed(test));
            }
            unsteady.push(test);
        }
    }

    /// Runs the tests with a mutant, or without any.
    ///
    /// # Errors
    /// The program can't be started.
    pub fn run(&self, mutant: Option<usize>, limit: Duration, options: &[&str]) -> Result<Said, Failure> {
        let script = format!("ulimit -v {MEMORY} 2>/dev/null; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script]).arg(self.program).args(self.filter).args(options);
        command.current_dir(self.folder).env("CARGO_MANIFEST_DIR", self.folder).env("RUST_BACKTRACE", "0");
        match mutant {
            Some(number) => command.env("WOVEN_MUTANT", number.to_string()),
            None => command.env_remove("WOVEN_MUTANT"),
        };
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let said = listen(&mut child, limit);
        // It may have more tests to run.
        let _ = child.kill();
        let status = child.wait()?;
        Ok(match said {
            Some(said) => said,
            None if status.success() => Said::Passed,
            None => Said::Failed(format!("the whole program ({status})")),
        })
    }
}

/// Reads until a test fails or the time is over. `None` if the program ended before.
fn listen(child: &mut Child, limit: Duration) -> Option<Said> {
    let output = BufReader::new(child.stdout.take()?);
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    let end = Instant::now() + limit;
    loop {
        match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                if let Some(test) = failed(&line) {
                    return Some(Said::Failed(test.to_owned()));
                }
            }
            Err(RecvTimeoutError::Timeout) => return Some(Said::TookTooLong),
            Err(RecvTimeoutError::Disconnected) => return exited(child, end),
        }
    }
}

/// Waits for a program that has said all; it may have closed its output and go on.
fn exited(child: &mut Child, end: Instant) -> Option<Said> {
    while Instant::now() < end {
        if !matches!(child.try_wait(), Ok(None)) {
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Some(Said::TookTooLong)
}

/// The test that a line of the output says failed.
fn failed(line: &str) -> Option<&str> {
    let (test, result) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    result.starts_with("FAILED").then(|| test.trim())
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    /// What `ask` hears of a program that is this script.
    fn heard(script: &str, ask: impl Fn(&Trial<'_>) -> Result<Said, Failure>) -> Said {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        let mut permissions = std::fs::metadata(&program).unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
        std::fs::set_permissions(&program, permissions).unwrap();
        ask(&Trial { program: &program, filter: &[], folder: folder.path() }).unwrap()
    }

    fn said(script: &str, limit: u64) -> Said {
        heard(script, |trial| trial.run(Some(7), Duration::from_secs(limit), &[]))
    }

    #[test]
    fn a_failure_that_is_not_the_mutant_s_does_not_count() {
        let noticed = |script| heard(script, |trial| trial.notices(7, Duration::from_secs(20)));
        let once = "test -e seen && exit 0; touch seen; echo 'test a ... FAILED'; exit 1";
        assert_eq!(noticed(once), Said::Passed);
        let always = "test -z \"$WOVEN_MUTANT\" && exit 0; echo 'test a ... FAILED'; exit 1";
        assert_eq!(noticed(always), Said::Failed("a".to_owned()));
    }

    #[test]
    fn the_first_failure_counts() {
        assert_eq!(said("echo 'test a ... ok'; test $WOVEN_MUTANT = 7", 20), Said::Passed);
        assert_eq!(said("echo 'test a::b ... FAILED'; exec sleep 60", 20), Said::Failed("a::b".to_owned()));
        assert_eq!(said("exec sleep 60", 1), Said::TookTooLong);
        assert!(matches!(said("exit 3", 20), Said::Failed(why) if why.contains("exit status: 3")));
    }
}
