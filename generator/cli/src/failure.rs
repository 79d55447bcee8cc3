//! How a command ends when it doesn't succeed.

use std::process::ExitCode;

use crate::terminal::{RED, RESET};

/// How a command ends when it doesn't succeed.
#[derive(Debug)]
pub enum Failure {
    /// A check failed, or a document has errors. The command has already said so.
    Failed,
    /// The command can't run as given. The text says why, and what to do.
    Usage(String),
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Usage(error.to_string())
    }
}

impl Failure {
    /// Prints what hasn't been printed yet.
    pub fn print(&self) {
        if let Self::Usage(message) = self {
            crate::terminal::tell(format_args!("{RED}error{RESET}: {message}"));
        }
    }

    /// The exit code of the program.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Failed => ExitCode::from(1),
            Self::Usage(_) => ExitCode::from(2),
        }
    }
}
