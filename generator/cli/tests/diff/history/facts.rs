//! What a report in JSON says, and whether one in text says the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What the report in JSON says.
pub struct Facts {
    /// How many changes there are, without those of descriptions.
    changes: usize,
    descriptions: usize,
    /// What stands for itself: the rule without its direction, the part and the sentence; with the worst level.
    entries: BTreeMap<[String; 4], Wire>,
    /// What the changes are called that stand for themselves.
    fingerprints: BTreeSet<String>,
}

/// A level on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wire {
    Compatible,
    Risky,
    Breaking,
}

impl Wire {
    fn of(word: &str) -> Option<Self> {
        match word {
            "compatible" => Some(Self::Compatible),
            "risky" => Some(Self::Risky),
            "breaking" => Some(Self::Breaking),
            _ => None,
        }
    }
}

impl Facts {
    pub fn of(report: &Value) -> Self {
        let (descriptions, changes): (Vec<&Value>, Vec<&Value>) = report["changes"]
            .as_array()
            .unwrap()
            .iter()
            .partition(|change| change["rule"] == "description-changed");
        let mut entries = BTreeMap::new();
        for change in changes.iter().filter(|change| change["follows"].is_null()) {
            let rule = change["rule"].as_str().unwrap();
            let direction = format!("{}-", change["direction"].as_str().unwrap_or_default());
            let kind = rule.strip_prefix(&direction).unwrap_or(rule);
            let message = change["message"].as_str().unwrap();
            let key = [
                kind.to_owned(),
                change["group"].to_string(),
                change["part"].to_string(),
                message.to_owned(),
            ];
            let wire = Wire::of(change["wire"].as_str().unwrap()).unwrap();
            let worst: &mut Wire = entries.entry(key).or_insert(wire);
            *worst = wire.max(*worst);
        }
        let alone = changes.iter().filter(|change| change["follows"].is_null());
        let fingerprints = alone.map(|change| change["fingerprint"].as_str().unwrap().to_owned()).collect();
        Self { changes: changes.len(), descriptions: descriptions.len(), entries, fingerprints }
    }

    /// How many of what stands for itself break the wire.
    pub fn breaking(&self) -> usize {
        self.of_level(Wire::Breaking)
    }

    /// How many places the changes have.
    pub fn places(&self) -> usize {
        self.entries.len()
    }

    fn of_level(&self, wire: Wire) -> usize {
        self.entries.values().filter(|level| **level == wire).count()
    }

    /// What the report that tells each place leaves out, or makes up.
    pub fn missing_in(&self, full: &str) -> Vec<String> {
        let words = full.split_whitespace().filter_map(|word| word.strip_prefix('#'));
        // A text of the document can have such a sign, too.
        let told: BTreeSet<String> = words
            .filter(|word| word.len() == 16 && word.chars().all(|c| c.is_ascii_hexdigit()))
            .map(str::to_owned)
            .collect();
        self.fingerprints.symmetric_difference(&told).cloned().collect()
    }
}

/// What the report in text says.
pub struct Told {
    lines: usize,
    sections: Vec<Section>,
    descriptions: usize,
    faults: Vec<String>,
}

struct Section {
    title: String,
    changes: usize,
    rows: usize,
    told: Vec<(Wire, usize)>,
    /// The number of the last line.
    end: usize,
}

/// The number at the start of the text, and the rest.
fn number(text: &str) -> Option<(usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    Some((text[..end].parse().ok()?, &text[end..]))
}

impl Told {
    pub fn of(report: &str) -> Self {
        let mut told =
            Self { lines: report.lines().count(), sections: Vec::new(), descriptions: 0, faults: Vec::new() };
        let mut open = 0;
        for (index, line) in report.lines().enumerate() {
            if let Some((count, rest)) = number(line)
                && rest.starts_with(" description")
            {
                told.descriptions = count;
            }
            if let Some((title, rest)) = line.split_once(": ")
                && let Some((changes, rest)) = number(rest)
                && !line.starts_with(|c: char| c == ' ' || c.is_ascii_digit())
            {
                let rows = rest
                    .split_once(" in ")
                    .and_then(|(_, rest)| number(rest))
                    .map_or(changes, |(rows, _)| rows);
                told.sections.push(Section {
                    title: title.to_owned(),
                    changes,
                    rows,
                    told: Vec::new(),
                    end: index + 1,
                });
                continue;
            }
            let Some(section) = told.sections.last_mut().filter(|_| line.starts_with("  ")) else { continue };
            section.end = index + 1;
            let mut words = line[2..].split_whitespace();
            match words.next().and_then(Wire::of).filter(|_| !line.starts_with("   ")) {
                Some(wire) => {
                    let sentence = line[2..].split_once(' ').map_or("", |(_, rest)| rest).trim_start();
                    let sentence = sentence.split_once(' ').map_or("", |(_, rest)| rest).trim_start();
                    let count = number(sentence)
                        .filter(|(_, rest)| rest.starts_with(" × "))
                        .map_or(1, |(count, _)| count);
                    section.told.push((wire, count));
                    open = if count > 1 { count } else { 0 };
                }
                // The line after a fold lists its places.
                None if open > 0 => {
                    let (list, more) =
                        match line.rsplit_once(" and ").map(|(list, rest)| (list, number(rest))) {
                            Some((list, Some((more, " more")))) => (list, more),
                            _ => (line, 0),
                        };
                    let listed = list.split("; ").count() + more;
                    if listed != open {
                        told.faults.push(format!("{listed} of {open} places are listed: {line}"));
                    }
                    open = 0;
                }
                None => {}
            }
        }
        told
    }

    pub fn lines(&self) -> usize {
        self.lines
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.sections.iter().map(|section| section.told.len()).sum()
    }

    /// The number of the last line of the section.
    pub fn ends_of(&self, title: &str) -> usize {
        self.sections.iter().find(|section| section.title == title).map_or(0, |section| section.end)
    }

    /// Where the two reports don't say the same.
    pub fn faults(&self, facts: &Facts) -> Vec<String> {
        let mut faults = self.faults.clone();
        let mut same = |what: &str, told: usize, is: usize| {
            if told != is {
                faults.push(format!("{told} instead of {is} {what}"));
            }
        };
        same("descriptions", self.descriptions, facts.descriptions);
        same("changes", self.sections.iter().map(|section| section.changes).sum(), facts.changes);
        for section in &self.sections {
            same(&format!("rows of {}", section.title), section.told.len(), section.rows);
        }
        for wire in [Wire::Breaking, Wire::Risky, Wire::Compatible] {
            let told =
                self.sections.iter().flat_map(|section| &section.told).filter(|(level, _)| *level == wire);
            same(&format!("{wire:?}"), told.map(|(_, count)| count).sum(), facts.of_level(wire));
        }
        faults
    }
}
