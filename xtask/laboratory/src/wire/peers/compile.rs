//! Compiles a program with the crate that it calls, and says what of them doesn't compile.

use std::path::{Path, PathBuf};

use serde_json::Value;

use speccrate::Failure;

/// An error of the compiler.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The file, and the line in it.
    pub file: PathBuf,
    pub line: usize,
    pub message: String,
}

/// What came of compiling.
#[derive(Debug)]
pub enum Compiled {
    /// The program.
    Whole,
    /// What is wrong in the source.
    Faults(Vec<Fault>),
    /// Cargo can't even begin, for this reason.
    Not(String),
}

/// Builds the package `name` of the workspace in `folder`.
///
/// # Errors
/// Cargo can't be run.
pub fn build(folder: &Path, name: &str) -> Result<Compiled, Failure> {
    let output = crate::commands::cargo()
        .args(["build", "--quiet", "--message-format", "json", "--package", name])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTFLAGS", "--cap-lints warn -A warnings")
        .output()?;
    if output.status.success() {
        return Ok(Compiled::Whole);
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let faults: Vec<Fault> = lines.filter_map(|line| fault(folder, &line["message"])).collect();
    if !faults.is_empty() {
        return Ok(Compiled::Faults(faults));
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let line = told.lines().find(|line| line.starts_with("error")).or_else(|| told.lines().next_back());
    Ok(Compiled::Not(line.unwrap_or("cargo failed").to_owned()))
}

/// An error with a place in the source.
fn fault(folder: &Path, message: &Value) -> Option<Fault> {
    if message["level"] != "error" {
        return None;
    }
    let spans = message["spans"].as_array()?;
    let span = spans.iter().find(|span| span["is_primary"] == true)?;
    // A macro's own source isn't where the mistake is.
    let mut outermost = span;
    while outermost["expansion"]["span"].is_object() {
        outermost = &outermost["expansion"]["span"];
    }
    let code = message["code"]["code"].as_str().map(|code| format!("{code}: ")).unwrap_or_default();
    Some(Fault {
        file: folder.join(outermost["file_name"].as_str()?),
        line: usize::try_from(outermost["line_start"].as_u64()?).ok()?,
        message: format!("{code}{}", message["message"].as_str().unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_where_the_code_is_written() {
        let inner = serde_json::json!({"is_primary": true, "file_name": "/std/macros.rs", "line_start": 9,
            "expansion": {"span": {"file_name": "client/src/a.rs", "line_start": 3}}});
        let message = serde_json::json!({"level": "error", "message": "no", "code": {"code": "E0433"}, "spans": [inner]});
        let fault = fault(Path::new("/w"), &message).unwrap();
        assert_eq!((fault.file.to_str(), fault.line), (Some("/w/client/src/a.rs"), 3));
        assert_eq!(fault.message, "E0433: no");
    }
}
