//! Programs that answer each line of JSON on their standard input with one on their standard output.

use std::io::{BufRead, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use speccrate::Failure;

/// A running program.
pub struct Dialogue {
    name: String,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Dialogue {
    /// Starts the program that `command` runs.
    ///
    /// # Errors
    /// It can't be started.
    pub fn start(command: &mut Command) -> Result<Self, Failure> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self { name, child, input, output: BufReader::new(output) }),
            _ => Err(Failure::Usage(format!("{name} has no standard input"))),
        }
    }

    /// Sends a line and returns the answer.
    ///
    /// # Errors
    /// The program has ended, or doesn't answer with JSON.
    pub fn ask(&mut self, line: &Value) -> Result<Value, Failure> {
        writeln!(self.input, "{line}")?;
        self.input.flush()?;
        let mut answer = String::new();
        if self.output.read_line(&mut answer)? == 0 {
            let (name, status) = (&self.name, self.child.wait()?);
            return Err(Failure::Usage(format!("{name} ended ({status}) when it was asked {line}")));
        }
        Ok(serde_json::from_str(&answer)?)
    }
}

impl Drop for Dialogue {
    fn drop(&mut self) {
        // It exits at the end of its input, but may be in the middle of an answer.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
