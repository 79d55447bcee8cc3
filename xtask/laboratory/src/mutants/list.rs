//! The mutants that cargo-mutants finds, and a sample of them.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use speccrate::Failure;

/// A change of the source text that a test should notice.
#[derive(Clone, Debug, Deserialize)]
pub struct Mutant {
    /// The place and the change, as cargo-mutants prints them.
    pub name: String,
    /// The file, from the workspace's folder on.
    pub file: String,
    /// The function that the change is in.
    pub function: Option<Function>,
    /// The text that is replaced.
    pub span: Span,
    /// What stands there instead.
    pub replacement: String,
}

/// A function, from its attributes to its last brace.
#[derive(Clone, Debug, Deserialize)]
pub struct Function {
    pub span: Span,
}

/// A part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Span {
    pub start: Position,
    pub end: Position,
}

/// A place in a file; both numbers begin with 1, and columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// Where that is in `text`, in bytes.
    pub fn offset(self, text: &str) -> Option<usize> {
        let line = match self.line.checked_sub(2) {
            None => 0,
            Some(before) => text.match_indices('\n').nth(before)?.0 + 1,
        };
        let rest = text.get(line..)?;
        let mut places = rest.char_indices().map(|(place, _)| place).chain([rest.len()]);
        Some(line + places.nth(self.column.checked_sub(1)?)?)
    }
}

/// Every mutant that `.cargo/mutants.toml` asks for, in the order of the files.
///
/// # Errors
/// cargo-mutants isn't installed, or fails.
pub fn all(root: &Path) -> Result<Vec<Mutant>, Failure> {
    let mut command = Command::new("cargo-mutants");
    command.args(["mutants", "--list", "--json", "--dir"]).arg(root);
    let missing =
        |_| Failure::Usage("cargo-mutants is missing: cargo install --locked cargo-mutants".to_owned());
    let output = command.stderr(std::process::Stdio::inherit()).output().map_err(missing)?;
    if !output.status.success() {
        return Err(Failure::Usage("cargo-mutants can't list the mutants".to_owned()));
    }
    let mut mutants: Vec<Mutant> = serde_json::from_slice(&output.stdout)?;
    mutants
        .sort_by(|one, other| (&one.file, one.span, &one.name).cmp(&(&other.file, other.span, &other.name)));
    Ok(mutants)
}

/// `count` of the mutants of the files below `folders`, drawn with equal chances, in their order.
pub fn sample(all: &[Mutant], folders: &[&str], count: usize, seed: u64) -> Vec<Mutant> {
    let is_in = |file: &str| folders.iter().any(|folder| Path::new(file).starts_with(folder));
    let mut mutants: Vec<(usize, &Mutant)> =
        all.iter().filter(|mutant| is_in(&mutant.file)).enumerate().collect();
    fastrand::Rng::with_seed(seed).shuffle(&mut mutants);
    mutants.truncate(count);
    mutants.sort_unstable_by_key(|(place, _)| *place);
    mutants.into_iter().map(|(_, mutant)| mutant.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let at = |line, column| Position { line, column }.offset("ä b\n\ncd");
        assert_eq!((at(1, 1), at(1, 2), at(1, 3)), (Some(0), Some(2), Some(3)));
        assert_eq!(
            (at(2, 1), at(3, 2), at(3, 3), at(3, 4), at(4, 1)),
            (Some(5), Some(7), Some(8), None, None)
        );
    }
}
