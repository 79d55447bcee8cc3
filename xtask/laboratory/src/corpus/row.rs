//! What is known of a document and its crate: a row of the table.

/// A document's row in the table.
pub struct Row {
    pub document: String,
    pub version: String,
    pub operations: usize,
    pub schemas: usize,
    pub files: usize,
    pub seconds: f64,
    /// Problems that the compiler and its lints found.
    pub errors: usize,
    /// The codes of the warnings about the document.
    pub warned: Vec<&'static str>,
    /// What is wrong; empty if nothing.
    pub problem: String,
    /// The crate, unless the document was refused.
    pub name: Option<String>,
    /// The features that compile alternatives of unions.
    pub families: Vec<String>,
    /// Whether there are tests beside the document.
    pub has_tests: bool,
}

impl Row {
    /// Takes each warning as a problem, except those that are expected of the document; and each of those that is
    /// missing.
    pub fn deny_warnings(&mut self, expected: &[(String, String)]) {
        let of_this: Vec<&str> = expected
            .iter()
            .filter(|(name, _)| *name == self.document)
            .map(|(_, code)| code.as_str())
            .collect();
        if let Some(code) = self.warned.iter().find(|code| !of_this.contains(code)) {
            self.problem = format!("the warning {code}");
        }
        if let Some(code) = of_this.iter().find(|code| !self.warned.contains(code)) {
            self.problem = format!("no warning {code}, which is expected");
        }
    }
}

/// Prints the table.
pub fn print(rows: &[Row]) {
    println!(
        "{:<28} {:>8} {:>10} {:>8} {:>6} {:>8} {:>6} {:>9}  problem",
        "document", "version", "operations", "schemas", "files", "seconds", "errors", "warnings"
    );
    for row in rows {
        let version = row.version.split(' ').next().unwrap_or_default();
        println!(
            "{:<28} {version:>8} {:>10} {:>8} {:>6} {:>8.3} {:>6} {:>9}  {}",
            row.document,
            row.operations,
            row.schemas,
            row.files,
            row.seconds,
            row.errors,
            row.warned.len(),
            row.problem
        );
    }
    for row in rows.iter().filter(|row| row.version.contains("refused")) {
        println!("{}: {}", row.document, row.version);
    }
    let failed = rows.iter().filter(|row| !row.problem.is_empty()).count();
    println!("{} passed, {failed} failed", rows.len() - failed);
}
