//! Compares what our diff says about a change with what cargo-semver-checks and the compiler say about the
//! generated crates.

mod changes;
mod consumer;
mod reasons;
mod tool;
mod types;
mod workshop;

use std::collections::BTreeSet;
use std::path::PathBuf;

use fastrand::Rng;
use openapi_generator::diff::{self, Changes, RustLevel, rules};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::edits::{self, Generated, Real};
use changes::Change;
pub use reasons::{REASONS, Reason};
use speccrate::{Failure, terminal};
use tool::Said;
use workshop::{Crate, Workshop};

/// What to judge.
pub struct Plan {
    /// The number of edits of real documents.
    pub changes: usize,
    pub seed: u64,
    /// Whether to judge the examples of rules that no edit triggered.
    pub examples: bool,
}

/// A judged change.
#[derive(Clone, Debug)]
pub struct Judged {
    pub name: String,
    /// The rules that our diff reports, each with its level for this change.
    pub rules: Vec<(String, RustLevel)>,
    /// The version bump that our diff requires.
    pub ours: RustLevel,
    /// The version bump that cargo-semver-checks requires.
    pub theirs: RustLevel,
    /// The lints of cargo-semver-checks that reported something.
    pub lints: Vec<String>,
    /// Why a caller that uses all of the old crate doesn't compile against the new one.
    pub broken: Option<String>,
}

/// The verdict on a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The tool requires the same bump, or a smaller one but the compiler agrees with us.
    Agreed,
    /// We require a major version for a documented reason, which neither the tool nor the compiler notices.
    Explained(&'static Reason),
    /// The same, without a documented reason.
    TooMuch,
    /// We require a smaller bump than the tool, or no major version although callers don't compile.
    TooLittle,
}

impl Judged {
    /// The verdict.
    pub fn outcome(&self) -> Outcome {
        if self.theirs > self.ours || (self.broken.is_some() && self.ours < RustLevel::Major) {
            return Outcome::TooLittle;
        }
        if self.ours < RustLevel::Major || self.theirs == RustLevel::Major || self.broken.is_some() {
            return Outcome::Agreed;
        }
        let major: Vec<&str> = self
            .rules
            .iter()
            .filter(|(_, level)| *level == RustLevel::Major)
            .map(|(id, _)| id.as_str())
            .collect();
        // Every major rule needs a reason.
        let reason = |id: &&str| REASONS.iter().find(|reason| reason.rules.contains(id));
        let reasons: Option<Vec<&'static Reason>> = major.iter().map(reason).collect();
        match reasons.as_deref() {
            Some([first, ..]) => Outcome::Explained(first),
            _ => Outcome::TooMuch,
        }
    }
}

/// Judges edits of real documents and, for each rule that no edit triggered, its examples. Calls `told` for
/// each.
///
/// # Errors
/// The tool can't be installed, or a crate doesn't compile.
pub fn run(plan: &Plan, documents: &[Real], told: &(dyn Fn(&Judged) + Sync)) -> Result<Vec<Judged>, Failure> {
    let program = tool::program()?;
    let workshop = Workshop::new(crate::commands::root().join("target/semver"))?;
    let judge = Judge { program, workshop };
    let mut pairs = edits_of(documents, plan)?;
    if plan.examples {
        let met: BTreeSet<String> = pairs.iter().flat_map(Pair::rules).map(|(id, _)| id).collect();
        for rule in rules::rules().filter(|rule| !met.contains(&rule.id())) {
            pairs.extend(Pair::new(&changes::example(&rule)?));
        }
    }
    judge.all(&pairs, told)
}

/// The hand-picked edits, filled up with random ones, each kind equally often.
fn edits_of(documents: &[Real], plan: &Plan) -> Result<Vec<Pair>, Failure> {
    let (mut picked, stale) = changes::picked(documents);
    if let Some(first) = stale.first() {
        return Err(Failure::Usage(format!("the hand-picked change can't be made any more: {first}")));
    }
    picked.truncate(plan.changes);
    let mut pairs: Vec<Pair> = picked.iter().filter_map(Pair::new).collect();
    let mut rng = Rng::with_seed(plan.seed);
    let mut kinds: Vec<&edits::Kind> = edits::kinds().collect();
    while pairs.len() < plan.changes {
        let before = pairs.len();
        rng.shuffle(&mut kinds);
        for kind in &kinds {
            if pairs.len() < plan.changes {
                // An edit that makes the document invalid isn't judged.
                pairs.extend(changes::draw(documents, kind, &mut rng).as_ref().and_then(Pair::new));
            }
        }
        if pairs.len() == before {
            break;
        }
    }
    Ok(pairs)
}

/// The ids of rules that no judged change triggered.
pub fn unmet(judged: &[Judged]) -> Vec<String> {
    let met: BTreeSet<&str> = judged.iter().flat_map(|one| &one.rules).map(|(id, _)| id.as_str()).collect();
    rules::rules().map(|rule| rule.id()).filter(|id| !met.contains(id.as_str())).collect()
}

/// A change, generated and compared.
struct Pair {
    name: String,
    old: Generated,
    new: Generated,
    changes: Changes,
}

impl Pair {
    /// Generates and compares; `None` if one of the documents has errors.
    fn new(change: &Change) -> Option<Self> {
        let old = edits::generate(&change.old, &change.old_settings, workshop::CRATE).ok()?;
        let new = edits::generate(&change.new, &change.new_settings, workshop::CRATE).ok()?;
        let krate =
            |api| openapi_generator::rust::Crate::new(api, openapi_generator::Package::new("compared"));
        let (old_crate, new_crate) = (krate(&old.api), krate(&new.api));
        let changes = diff::diff(
            diff::Side { document: &old.document, krate: &old_crate },
            diff::Side { document: &new.document, krate: &new_crate },
        );
        Some(Self { name: change.name.clone(), old, new, changes })
    }

    fn rules(&self) -> Vec<(String, RustLevel)> {
        self.changes.list.iter().map(|change| (change.rule.id(), change.rust)).collect()
    }
}

struct Judge {
    program: PathBuf,
    workshop: Workshop,
}

impl Judge {
    /// Judges all pairs, several at a time.
    fn all(&self, pairs: &[Pair], told: &(dyn Fn(&Judged) + Sync)) -> Result<Vec<Judged>, Failure> {
        let bar = terminal::progress(pairs.len() as u64, "judging");
        let results: Vec<Result<Judged, Failure>> = pairs
            .par_iter()
            .map(|pair| {
                let seen = self.seen(&pair.old, &pair.new)?;
                let judged = Judged {
                    name: pair.name.clone(),
                    rules: pair.rules(),
                    ours: pair.changes.rust().unwrap_or(RustLevel::Patch),
                    theirs: seen.said.level,
                    lints: seen.said.lints,
                    broken: seen.broken,
                };
                bar.suspend(|| told(&judged));
                bar.inc(1);
                Ok(judged)
            })
            .collect();
        bar.finish_and_clear();
        results.into_iter().collect()
    }

    /// What the tool and the compiler report for a pair of crates. The result is cached, so that a restarted
    /// run resumes; callers that are written otherwise see other things.
    fn seen(&self, old: &Generated, new: &Generated) -> Result<Seen, Failure> {
        let (old, new) = (self.workshop.write(old)?, self.workshop.write(new)?);
        let folder = crate::commands::root().join("target/semver/seen");
        let callers = consumer::edition();
        let kept = folder.join(format!("{}-{callers}-{}-{}.json", tool::VERSION, old.key, new.key));
        if let Some(seen) = std::fs::read(&kept).ok().and_then(|text| Seen::read(&text)) {
            return Ok(seen);
        }
        let seen = self.look(&old, &new)?;
        std::fs::create_dir_all(&folder)?;
        std::fs::write(&kept, seen.text())?;
        Ok(seen)
    }

    fn look(&self, old: &Crate, new: &Crate) -> Result<Seen, Failure> {
        if old.key == new.key {
            let said = Said { level: RustLevel::Patch, lints: Vec::new() };
            return Ok(Seen { said, broken: None });
        }
        let (old_json, new_json) = (self.workshop.document(old)?, self.workshop.document(new)?);
        let said = tool::ask(&self.program, &old_json, &new_json)?;
        let consumer = consumer::source(&serde_json::from_slice(&std::fs::read(&old_json)?)?);
        let broken = self.workshop.consume(&consumer, old, new)?;
        // A caller that doesn't even compile against its own crate proves nothing.
        if broken.is_some()
            && let Some(errors) = self.workshop.consume(&consumer, old, old)?
        {
            let some: String = errors.lines().take(20).flat_map(|line| [line, "\n"]).collect();
            return Err(Failure::Usage(format!("the caller doesn't compile with its own crate:\n{some}")));
        }
        let first = broken.map(|errors| errors.lines().next().unwrap_or("it doesn't compile").to_owned());
        Ok(Seen { said, broken: first })
    }
}

/// What the tool and the compiler report for a pair of crates.
struct Seen {
    said: Said,
    broken: Option<String>,
}

impl Seen {
    fn text(&self) -> String {
        json!({ "level": self.said.level.word(), "lints": self.said.lints, "broken": self.broken })
            .to_string()
    }

    fn read(text: &[u8]) -> Option<Self> {
        let kept: Value = serde_json::from_slice(text).ok()?;
        let levels = [RustLevel::Patch, RustLevel::Minor, RustLevel::Major];
        let level = levels.into_iter().find(|level| kept["level"] == level.word())?;
        let lints = kept["lints"].as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        Some(Self { said: Said { level, lints }, broken: kept["broken"].as_str().map(str::to_owned) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(ours: RustLevel, theirs: RustLevel, broken: bool, rule: &str) -> Judged {
        Judged {
            name: String::new(),
            rules: vec![(rule.to_owned(), ours)],
            ours,
            theirs,
            lints: Vec::new(),
            broken: broken.then(String::new),
        }
    }

    #[test]
    fn outcomes() {
        use RustLevel::{Major, Minor, Patch};
        let outcome = |ours, theirs, broken| judged(ours, theirs, broken, "no-such-rule").outcome();
        assert_eq!(outcome(Minor, Major, false), Outcome::TooLittle);
        assert_eq!(outcome(Patch, Minor, false), Outcome::TooLittle);
        assert_eq!(outcome(Minor, Patch, true), Outcome::TooLittle);
        assert_eq!(outcome(Minor, Patch, false), Outcome::Agreed);
        assert_eq!(outcome(Major, Patch, true), Outcome::Agreed);
        assert_eq!(outcome(Major, Major, false), Outcome::Agreed);
        assert_eq!(outcome(Major, Minor, false), Outcome::TooMuch);
        if let Some(reason) = REASONS.first() {
            let explained = judged(Major, Patch, false, reason.rules[0]).outcome();
            assert_eq!(explained, Outcome::Explained(reason));
        }
    }

    #[test]
    fn reasons_are_for_rules_there_are() {
        let ids: BTreeSet<String> = rules::rules().map(|rule| rule.id()).collect();
        let named = REASONS.iter().flat_map(|reason| reason.rules);
        let gone: Vec<&&str> = named.filter(|id| !ids.contains(**id)).collect();
        assert!(gone.is_empty(), "no such rules: {gone:?}");
    }
}
