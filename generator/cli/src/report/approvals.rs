//! The file of approvals: which changes somebody has looked at and accepts, and how severe the rules are for this project.

use std::collections::BTreeMap;

use openapi_generator::diff::rules::rules;
use openapi_generator::diff::{Change, RustLevel, WireLevel};
use openapi_generator::source::conflict;
use serde::Deserialize;

use super::date::Date;

/// The file's name, beside the document.
pub const FILE: &str = "diff-approvals.yaml";

/// What the file says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Approvals {
    /// The approved changes.
    pub approvals: Vec<Approval>,
    /// The levels of rules that this project judges otherwise, by the rules' ids.
    pub levels: BTreeMap<String, Levels>,
}

/// A change that is accepted, or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The change, by its fingerprint.
    change: Option<String>,
    /// Or else the rule's id.
    rule: Option<String>,
    /// And where: a JSON Pointer in the old or the new document, in which `*` stands for any one name.
    pointer: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// By whom.
    pub who: String,
    /// The last day on which it counts.
    #[serde(default, deserialize_with = "date")]
    pub until: Option<Date>,
}

/// The levels of a rule.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    wire: Option<Wire>,
    rust: Option<Rust>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wire {
    Compatible,
    Risky,
    Breaking,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Rust {
    Patch,
    Minor,
    Major,
}

fn date<'d, D: serde::Deserializer<'d>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

impl Approvals {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// It is no such file, an entry names no change or has no reason, or there is no such rule.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(Self::default());
        }
        let told = |error: serde_yaml::Error| match conflict(text.as_bytes()) {
            Some(line) => format!("a merge has left its conflict markers in line {line}"),
            None => error.to_string(),
        };
        let approvals: Self = serde_yaml::from_str(text).map_err(told)?;
        for (index, approval) in approvals.approvals.iter().enumerate() {
            approval.check().map_err(|problem| format!("approvals[{index}] {problem}"))?;
        }
        let named = approvals.levels.keys();
        let named = named.chain(approvals.approvals.iter().filter_map(|approval| approval.rule.as_ref()));
        for rule in named {
            if !rules().any(|known| known.id() == *rule) {
                return Err(format!("there is no rule {rule:?}: `diff --rules` lists them"));
            }
        }
        Ok(approvals)
    }

    /// Gives the changes the levels that this project gives their rules.
    pub fn judge(&self, changes: &mut [Change]) {
        if self.levels.is_empty() {
            return;
        }
        for change in changes {
            let Some(levels) = self.levels.get(&change.rule.id()) else { continue };
            if let Some(wire) = levels.wire {
                change.wire = wire.into();
            }
            if let Some(rust) = levels.rust {
                change.rust = rust.into();
            }
        }
    }

    /// The approval that counts for a change on the day.
    pub(super) fn of(&self, change: &Change, fingerprint: &str, day: Date) -> Option<&Approval> {
        let mut counting = self.approvals.iter().filter(|approval| !approval.has_ended(day));
        counting.find(|approval| approval.is_of(change, fingerprint))
    }

    /// What is wrong with entries: those that have ended, and those that no change is like.
    pub(super) fn problems(
        &self,
        changes: &[Change],
        fingerprints: &[String],
        day: Date,
        is_part: bool,
    ) -> Vec<String> {
        let problem = |approval: &Approval| {
            let mut each = changes.iter().zip(fingerprints);
            let matches = each.any(|(change, fingerprint)| approval.is_of(change, fingerprint));
            match approval.until {
                _ if !matches && is_part => None,
                _ if !matches => Some(format!("no change is what {approval} approves: remove the entry")),
                Some(until) if until < day => Some(format!(
                    "the approval of {approval} ended on {until}: review the change again, then alter `until`"
                )),
                _ => None,
            }
        };
        self.approvals.iter().filter_map(problem).collect()
    }
}

impl Approval {
    fn check(&self) -> Result<(), &'static str> {
        match (&self.change, &self.rule, &self.pointer) {
            (Some(_), None, None) | (None, Some(_), Some(_)) => {}
            _ => return Err("must have either `change`, a fingerprint, or both `rule` and `pointer`"),
        }
        if self.reason.trim().is_empty() || self.who.trim().is_empty() {
            return Err("needs a `reason` and a `who`");
        }
        Ok(())
    }

    fn has_ended(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until < day)
    }

    fn is_of(&self, change: &Change, fingerprint: &str) -> bool {
        if let Some(own) = &self.change {
            return own == fingerprint;
        }
        let places = [&change.old, &change.new].into_iter().flatten();
        let is_at = |pointer: &String| places.clone().any(|place| fits(pointer, &place.pointer));
        self.rule.as_ref().is_some_and(|rule| *rule == change.rule.id())
            && self.pointer.as_ref().is_some_and(is_at)
    }

    /// Who approved it, until when and why, in a line.
    pub(super) fn words(&self) -> String {
        let until = self.until.map(|until| format!(" until {until}")).unwrap_or_default();
        format!("approved by {}{until}: {}", self.who, self.reason)
    }
}

/// Whether the pointer is like `pattern`, in which `*` stands for any one name.
fn fits(pattern: &str, pointer: &str) -> bool {
    let (mut wanted, mut tokens) = (pattern.split('/'), pointer.split('/'));
    loop {
        match (wanted.next(), tokens.next()) {
            (None, None) => return true,
            (Some(wanted), Some(token)) if wanted == "*" || wanted == token => {}
            _ => return false,
        }
    }
}

impl std::fmt::Display for Approval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.change, &self.rule, &self.pointer) {
            (Some(change), ..) => write!(f, "{change}"),
            (None, rule, pointer) => {
                let text = |part: &Option<String>| part.clone().unwrap_or_default();
                write!(f, "{} at {}", text(rule), text(pointer))
            }
        }
    }
}

impl From<Wire> for WireLevel {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::Compatible => Self::Compatible,
            Wire::Risky => Self::Risky,
            Wire::Breaking => Self::Breaking,
        }
    }
}

impl From<Rust> for RustLevel {
    fn from(rust: Rust) -> Self {
        match rust {
            Rust::Patch => Self::Patch,
            Rust::Minor => Self::Minor,
            Rust::Major => Self::Major,
        }
    }
}

/// The text of the file with one more approval for each fingerprint, which says in a comment what it is.
///
/// # Errors
/// The text has a form that can't be added to.
pub(super) fn with(
    text: &str,
    changes: &[(String, String)],
    reason: &str,
    who: &str,
    until: Option<Date>,
) -> Result<String, String> {
    let before = Approvals::parse(text)?;
    let mut lines: Vec<&str> = text.lines().collect();
    let begins = |line: &&str| line.starts_with("approvals:");
    let (at, indent) = match lines.iter().position(begins) {
        Some(start) => {
            let inside = |line: &str| line.is_empty() || line.starts_with([' ', '-', '#']);
            let length = lines[start + 1..].iter().take_while(|line| inside(line)).count();
            let block = &lines[start + 1..=start + length];
            // Comments and empty lines at the end belong to what comes next.
            let last = block.iter().rposition(|line| line.starts_with([' ', '-']));
            let item = block.iter().find(|line| line.trim_start().starts_with("- "));
            let indent = item.map_or(2, |line| line.len() - line.trim_start().len());
            if lines[start].trim_end() == "approvals: []" {
                lines[start] = "approvals:";
            }
            (start + 1 + last.map_or(0, |last| last + 1), indent)
        }
        None => {
            lines.push("approvals:");
            (lines.len(), 2)
        }
    };
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let space = " ".repeat(indent);
    let mut added = String::new();
    for (change, comment) in changes {
        added.push_str(&format!(
            "{space}# {comment}\n{space}- change: {}\n{space}  reason: {}\n{space}  who: {}\n",
            quoted(change),
            quoted(reason),
            quoted(who)
        ));
        if let Some(until) = until {
            added.push_str(&format!("{space}  until: \"{until}\"\n"));
        }
    }
    let rest = lines.split_off(at);
    let join = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let new = format!("{}{added}{}", join(&lines), join(&rest));
    match Approvals::parse(&new) {
        Ok(after) if after.approvals.len() == before.approvals.len() + changes.len() => Ok(new),
        _ => Err("its form can't be added to: add the entry by hand".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_name() {
        assert!(fits("/components/schemas/*/properties/id", "/components/schemas/A/properties/id"));
        assert!(!fits("/components/*/id", "/components/schemas/A/properties/id"));
        assert!(!fits("/components/*", "/components"));
        assert!(fits("", ""));
    }

    #[test]
    fn entries_are_added_where_the_list_ends() {
        let add = |text| with(text, &[("ab".to_owned(), "what".to_owned())], "Why: \"so\".", "me", None);
        let entry = "  # what\n  - change: \"ab\"\n    reason: \"Why: \\\"so\\\".\"\n    who: \"me\"\n";
        assert_eq!(add("").unwrap(), format!("approvals:\n{entry}"));
        assert_eq!(add("approvals: []\n").unwrap(), format!("approvals:\n{entry}"));
        let levels = "levels:\n  type-added: {rust: patch}\n";
        assert_eq!(add(levels).unwrap(), format!("{levels}approvals:\n{entry}"));
        let list = "approvals:\n  - {change: cd, reason: r, who: w}\n";
        let both = format!("{list}\n# Ours.\n{levels}");
        assert_eq!(add(&both).unwrap(), format!("{list}{entry}\n# Ours.\n{levels}"));
        assert!(add("approvals: [{change: cd, reason: r, who: w}]\n").is_err());
        assert!(add("{approvals: []}\n").is_err());
    }

    #[test]
    fn an_entry_says_what_it_approves_and_why() {
        let wrong = |entry: &str| Approvals::parse(&format!("approvals: [{entry}]")).unwrap_err();
        assert!(wrong("{reason: r, who: w}").contains("either `change`"));
        assert!(wrong("{change: a, rule: type-added, pointer: '', reason: r, who: w}").contains("either"));
        assert!(wrong("{change: a, reason: ' ', who: w}").contains("needs a `reason`"));
        assert!(wrong("{change: a, reason: r, who: w, until: soon}").contains("isn't a date"));
        assert!(wrong("{change: a, reason: r, who: w, why: x}").contains("unknown field"));
        assert!(wrong("{rule: type-lost, pointer: '', reason: r, who: w}").contains("there is no rule"));
        assert!(Approvals::parse("levels: {type-lost: {rust: patch}}").is_err());
        assert!(Approvals::parse("# Nothing yet.\n").unwrap().approvals.is_empty());
    }
}
