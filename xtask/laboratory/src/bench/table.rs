//! The table of results, which is printed and written to the documentation.

/// The unit of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Microseconds.
    Microseconds,
    /// MiB.
    Mebibytes,
    /// A count.
    Count,
    /// An exponent.
    Exponent,
}

impl Unit {
    fn show(self, value: f64) -> String {
        match self {
            _ if value.is_nan() => String::new(),
            Self::Seconds if value < 1.0 => format!("{:.0} ms", value * 1e3),
            Self::Seconds => format!("{value:.2} s"),
            Self::Microseconds => format!("{value:.2} µs"),
            Self::Mebibytes => format!("{value:.1} MiB"),
            Self::Count => format!("{value:.0}"),
            Self::Exponent => format!("{value:.2}"),
        }
    }
}

/// One measurement of ours, compared to a peer's.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was done.
    pub what: String,
    /// What was measured.
    pub measure: &'static str,
    /// The unit.
    pub unit: Unit,
    /// Our value.
    pub ours: f64,
    /// The peer's name and value.
    pub peer: Option<(String, f64)>,
    /// The upper bound on the ratio of ours to the peer's, or on our value if there is no peer.
    pub bound: Option<f64>,
}

impl Row {
    /// A row that says that `peer` has nothing to compare with, and why.
    pub fn refusal(what: &str, peer: &str, why: &'static str) -> Self {
        let (what, peer) = (what.to_owned(), Some((peer.to_owned(), f64::NAN)));
        Self { what, measure: why, unit: Unit::Count, ours: f64::NAN, peer, bound: None }
    }

    /// Our value divided by the peer's; our value if there is no peer.
    pub fn ratio(&self) -> f64 {
        self.peer.as_ref().map_or(self.ours, |(_, theirs)| self.ours / theirs)
    }

    /// Whether the bound is met; `None` if there is no bound.
    pub fn kept(&self) -> Option<bool> {
        self.bound.map(|bound| self.ratio() <= bound)
    }
}

/// Rows, printed as they are added: a complete run takes more than an hour.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// Adds rows and prints them.
    pub fn add(&mut self, rows: Vec<Row>, bar: &indicatif::ProgressBar) {
        bar.suspend(|| {
            if self.rows.is_empty() && !rows.is_empty() {
                print!("{HEAD}");
            }
            rows.iter().for_each(|row| print!("{}", line(row)));
        });
        self.rows.extend(rows);
    }

    /// All rows, in Markdown.
    pub fn markdown(&self) -> String {
        std::iter::once(HEAD.to_owned()).chain(self.rows.iter().map(line)).collect()
    }

    /// The number of missed bounds.
    pub fn missed(&self) -> usize {
        self.rows.iter().filter(|row| row.kept() == Some(false)).count()
    }
}

const HEAD: &str = "| what | measure | ours | peer | theirs | ratio | at most | |\n\
    | --- | --- | ---: | --- | ---: | ---: | ---: | --- |\n";

/// A row in Markdown, with the end of its line.
fn line(row: &Row) -> String {
    let (name, theirs, ratio) = match &row.peer {
        Some((name, theirs)) => (name.as_str(), row.unit.show(*theirs), Unit::Exponent.show(row.ratio())),
        None => ("", String::new(), String::new()),
    };
    let bound = row.bound.map_or_else(String::new, |bound| match row.peer {
        Some(_) => format!("{bound:.2}"),
        None => row.unit.show(bound),
    });
    let kept = match row.kept() {
        Some(true) => "kept",
        Some(false) => "**missed**",
        None => "",
    };
    let (what, measure, ours) = (&row.what, row.measure, row.unit.show(row.ours));
    format!("| {what} | {measure} | {ours} | {name} | {theirs} | {ratio} | {bound} | {kept} |\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_whether_its_bound_is_kept() {
        let mut row = Row {
            what: "generate".into(),
            measure: "time",
            unit: Unit::Seconds,
            ours: 0.2,
            peer: Some(("peer".into(), 1.0)),
            bound: Some(0.33),
        };
        assert_eq!(line(&row), "| generate | time | 200 ms | peer | 1.00 s | 0.20 | 0.33 | kept |\n");
        row.ours = 0.5;
        assert_eq!(row.kept(), Some(false));
        row.peer = None;
        assert_eq!(row.kept(), Some(false));
        row.bound = Some(0.6);
        assert!(line(&row).contains("| 600 ms | kept |"));
        let refusal = Row::refusal("generate", "peer", "refused");
        assert_eq!(line(&refusal), "| generate | refused |  | peer |  |  |  |  |\n");
    }
}
