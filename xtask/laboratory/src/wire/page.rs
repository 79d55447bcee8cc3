//! The second part of docs/conformance.md: our score beside those of other generators, which are kept between measurements.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Table;
use super::peers::{Came, Score};

/// What other generators scored, as the page has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Their names.
    peers: Vec<String>,
    /// By the first cell of a row: for each peer, how many cases passed, and so on.
    cells: BTreeMap<String, Vec<String>>,
    /// The paragraphs below the table: when they were measured, and why cases weren't run.
    below: String,
}

/// What is counted for each peer.
const COUNTED: [&str; 4] = ["passed", "wrong", "can't say", "no code"];

/// Where what is below the table begins.
const BELOW: &str = "### Other generators\n";

const EXPLAINED: &str = "
Each generated its crates from the same documents; the laboratory wrote a caller of each function in its interface, and the same
server and judge were used. A document that a generator refuses, or whose crate doesn't compile, was cut down until the rest was a
crate; one of OpenAPI 3.2 that it doesn't read was given to it as one of 3.1. A result was compared in the form that a generator
gives: without the status if that isn't returned, and failures that it doesn't tell apart count as the expected one.

- **wrong**: the request or the result isn't the one that is expected. OpenAPI's styles are those of RFC 6570, so that a `+` for a
  space in a query, or a `%2C` between the items of a list, is wrong.
- **can't say**: the interface has no way to make the call, to hold its value or to give the result.
- **no code**: the generator refuses the operation, or what it generates of it doesn't compile.

`cargo xtask wire-conformance --peers` measures them anew, if they are installed as [benchmarks.md](benchmarks.md) says; without
`--peers`, their figures are kept as they are.

";

impl Page {
    /// What the page `text` has.
    pub fn read(text: &str) -> Self {
        let mut page = Self::default();
        let Some((table, below)) = text.split_once(BELOW) else { return page };
        below.clone_into(&mut page.below);
        for line in table.lines().filter(|line| line.starts_with('|')) {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [name, _, _, rest @ ..] = &cells[..] else { continue };
            if *name == "topic" {
                let named = rest.iter().filter_map(|cell| cell.strip_suffix(&format!(": {}", COUNTED[0])));
                page.peers = named.map(str::to_owned).collect();
            } else if !name.starts_with('-') {
                page.cells.insert((*name).to_owned(), rest.iter().map(|cell| (*cell).to_owned()).collect());
            }
        }
        page
    }

    /// What `scores`, measured on the day `date`, say.
    pub fn of(scores: &[Score], table: &Table, date: &str) -> Self {
        let mut page =
            Self { peers: scores.iter().map(|score| score.name.to_owned()).collect(), ..Self::default() };
        for (name, topics) in table.groups() {
            let mut cells = Vec::new();
            for score in scores {
                let came = topics.iter().filter_map(|topic| score.topics.get(*topic)).flatten();
                let mut counts = [0; COUNTED.len()];
                came.for_each(|(_, came)| counts[column(came)] += 1);
                cells.extend(counts.map(|count| count.to_string()));
            }
            page.cells.insert(name, cells);
        }
        let versions: Vec<String> =
            scores.iter().map(|score| format!("{} {}", score.name, score.version)).collect();
        page.below = format!("\nMeasured on {date} with {}.\n{EXPLAINED}", versions.join(" and "));
        page.below.push_str("| why a case wasn't run |");
        let mut line = String::from("| --- |");
        let mut reasons: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, score) in scores.iter().enumerate() {
            let _ = write!(page.below, " {} |", score.name);
            line.push_str(" ---: |");
            for (_, came) in score.topics.values().flatten() {
                if let Came::Not(not) = came {
                    reasons.entry(&not.kind).or_insert_with(|| vec![0; scores.len()])[index] += 1;
                }
            }
        }
        let _ = writeln!(page.below, "\n{line}");
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
        for (kind, counts) in reasons {
            let counts: Vec<String> = counts.iter().map(usize::to_string).collect();
            let _ = writeln!(page.below, "| {kind} | {} |", counts.join(" | "));
        }
        page
    }

    /// The table of our score and theirs, and what is below it.
    pub fn markdown(&self, ours: &Table) -> String {
        let mut text = String::from("| topic | cases | ours passed |");
        let mut line = String::from("| --- | ---: | ---: |");
        for peer in &self.peers {
            for (index, counted) in COUNTED.iter().enumerate() {
                let _ = if index == 0 {
                    write!(text, " {peer}: {counted} |")
                } else {
                    write!(text, " {counted} |")
                };
                line.push_str(" ---: |");
            }
        }
        let _ = writeln!(text, "\n{line}");
        for (name, topics) in ours.groups() {
            let (passed, all) = ours.of(&topics);
            let _ = write!(text, "| {name} | {all} | {passed} |");
            let unknown = vec![String::new(); self.peers.len() * COUNTED.len()];
            for cell in self.cells.get(&name).unwrap_or(&unknown) {
                let _ = write!(text, " {cell} |");
            }
            text.push('\n');
        }
        if !self.peers.is_empty() {
            let _ = write!(text, "\n{BELOW}{}", self.below);
        }
        text
    }
}

/// In which column a case is counted.
fn column(came: &Came) -> usize {
    match came {
        Came::Passed => 0,
        Came::Wrong(_) => 1,
        Came::Not(not) if not.is_refused => 3,
        Came::Not(_) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::peers::NotRun;

    fn scores() -> Vec<Score> {
        let came = vec![
            ("a".to_owned(), Came::Passed),
            ("b".to_owned(), Came::Wrong(vec!["no".to_owned()])),
            ("c".to_owned(), Came::Not(NotRun::refused("it is refused", "because"))),
        ];
        vec![Score {
            name: "other",
            version: "1.2".to_owned(),
            topics: BTreeMap::from([("paths".to_owned(), came)]),
        }]
    }

    #[test]
    fn what_was_measured_is_kept() {
        let table = Table::of_topics(&["paths", "queries"]);
        let page = Page::of(&scores(), &table, "2000-01-01");
        let text = page.markdown(&table);
        assert!(text.contains("| paths | 0 | 0 | 1 | 1 | 0 | 1 |"), "{text}");
        assert!(text.contains("| queries | 0 | 0 | 0 | 0 | 0 | 0 |"), "{text}");
        assert!(
            text.contains("on 2000-01-01 with other 1.2.") && text.contains("| it is refused | 1 |"),
            "{text}"
        );
        assert_eq!(Page::read(&text).markdown(&table), text);
    }

    #[test]
    fn the_page_has_a_row_for_each_topic_and_its_figures_add_up() {
        let root = crate::commands::root();
        let text = std::fs::read_to_string(root.join("docs/conformance.md")).unwrap();
        let page = Page::read(&text[text.find(crate::commands::conformance::ON_THE_WIRE).unwrap()..]);
        let peers = page.peers.len();
        assert!(peers >= 2, "{:?}", page.peers);
        for suite in crate::wire::suite::load(&root.join("conformance"), &[]).unwrap() {
            let cells = page.cells.get(&suite.topic).cloned().unwrap_or_default();
            assert_eq!(cells.len(), peers * COUNTED.len(), "{}", suite.topic);
            for figures in cells.chunks(COUNTED.len()) {
                let sum: usize = figures.iter().map(|cell| cell.parse::<usize>().unwrap()).sum();
                assert!(figures.len() == COUNTED.len() && sum > 0, "{}: {cells:?}", suite.topic);
            }
        }
    }
}
