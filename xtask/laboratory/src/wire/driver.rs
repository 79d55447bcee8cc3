//! A program that makes calls: it reads a line for each and prints a line with the result.

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use super::server::Server;
use speccrate::Failure;

/// The running program.
pub struct Driver {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts the program, with `server` as its proxy.
    ///
    /// # Errors
    /// It can't be started.
    pub fn start(program: &Path, server: &Server) -> Result<Self, Failure> {
        let mut command = Command::new(program);
        command
            .env("http_proxy", format!("http://{}", server.address))
            .env_remove("no_proxy")
            .env_remove("NO_PROXY");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self { child, input, output: BufReader::new(output) }),
            _ => Err(Failure::Usage(format!("{} has no standard input", program.display()))),
        }
    }

    /// Has a call made.
    ///
    /// # Errors
    /// The program has ended.
    pub fn ask(&mut self, line: &Value) -> Result<Value, String> {
        let mut answer = String::new();
        writeln!(self.input, "{line}")
            .and_then(|()| self.input.flush())
            .and_then(|()| self.output.read_line(&mut answer))
            .map_err(|error| format!("the program has ended: {error}"))?;
        serde_json::from_str(&answer).map_err(|error| format!("the program printed {answer:?}: {error}"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It exits at the end of its input, but may be in the middle of a call.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
