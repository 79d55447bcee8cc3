//! Quiet diffs: how much single edits of real documents change the generated files.

mod concern;
mod noise;
mod reach;

use fastrand::Rng;
use serde_json::Value;

use crate::edits::{self, Edit, Generated, Real};
use concern::concern;
use noise::{Noise, noise, pairs};

/// The maximum number of lines at the median and at the 95th percentile, and of files for any edit.
pub const BAR: (usize, usize, usize) = (4, 40, 3);

/// A document with the files generated from it.
pub struct Subject {
    pub real: Real,
    before: Generated,
}

/// An edit and what it changed.
pub struct Measured {
    /// The document's name.
    pub document: &'static str,
    pub edit: Edit,
    /// The number of places that use what was edited.
    pub uses: usize,
    /// The number of types that gain or lose builders or conversions, because of the operations that take or
    /// return them.
    pub turned: usize,
    pub noise: Noise,
}

impl Subject {
    /// Generates from the unedited document.
    ///
    /// # Errors
    /// Says what is wrong with the document.
    pub fn new(real: Real) -> Result<Self, String> {
        let before = edits::generate(&real.document, &real.settings, real.name)?;
        Ok(Self { real, before })
    }

    /// What the edit changes; `None` if it makes the document invalid.
    pub fn measure(&self, edit: Edit) -> Option<Measured> {
        let after = self.generate(&edit.document).ok()?;
        let places = edit.places(&self.real.document);
        let concern = concern(&self.before.api, &after.api, &places);
        let noise = noise(&self.before.files, &after.files, &concern);
        let turned = concern.turned;
        let uses = edits::uses(&self.real.document, &edit.place);
        Some(Measured { document: self.real.name, edit, uses, turned, noise })
    }

    /// Unified diffs of the files that the edited document changes.
    pub fn diff(&self, document: &Value) -> String {
        let Ok(after) = self.generate(document) else { return String::new() };
        let mut text = String::new();
        for (before, after) in pairs(&self.before.files, &after.files) {
            let name = |side: Option<(&String, &String)>| side.map_or("nothing", |(path, _)| path).to_owned();
            let (old, new) = (name(before), name(after));
            let of =
                |side: Option<(&'_ String, &'_ String)>| side.map_or(String::new(), |(_, text)| text.clone());
            let (before, after) = (of(before), of(after));
            let diff = similar::TextDiff::from_lines(&before, &after);
            text += &diff.unified_diff().context_radius(2).header(&old, &new).to_string();
        }
        text
    }

    /// The first difference that another order of keys and components makes; `None` if there is none.
    pub fn reordered(&self, seed: u64) -> Option<String> {
        let reordered = edits::reordered(&self.real.document, &mut Rng::with_seed(seed));
        let diff = self.diff(&reordered);
        (!diff.is_empty()).then(|| format!("{}, seed {seed}:\n{diff}", self.real.name))
    }

    fn generate(&self, document: &Value) -> Result<Generated, String> {
        edits::generate(document, &self.real.settings, self.real.name)
    }
}

/// Draws `count` edits, each place of all documents equally likely, and measures them. Calls `step` after
/// each.
pub fn measure(subjects: &[Subject], count: usize, seed: u64, mut step: impl FnMut()) -> Vec<Measured> {
    let mut rng = Rng::with_seed(seed);
    let sizes: Vec<usize> = subjects.iter().map(|subject| edits::size(&subject.real.document)).collect();
    let all: usize = sizes.iter().sum();
    let mut measured = Vec::new();
    for _ in 0..count {
        let mut at = rng.usize(0..all.max(1));
        let chosen = sizes.iter().position(|size| {
            let found = at < *size;
            at = at.saturating_sub(*size);
            found
        });
        let Some(subject) = chosen.and_then(|index| subjects.get(index)) else { break };
        // Nobody commits an edit that makes the document invalid.
        const TRIES: usize = 100;
        let draw = |_| subject.measure(edits::draw_any(&subject.real.document, &mut rng)?);
        measured.extend((0..TRIES).find_map(draw));
        step();
    }
    measured
}

/// One edit of each kind for each document that has a place for it.
pub fn sweep(subjects: &[Subject], seed: u64, mut step: impl FnMut()) -> Vec<Measured> {
    let mut rng = Rng::with_seed(seed);
    let mut measured = Vec::new();
    for subject in subjects {
        for kind in edits::kinds() {
            let edit = edits::draw(&subject.real.document, kind, &mut rng);
            measured.extend(edit.and_then(|edit| subject.measure(edit)));
        }
        step();
    }
    measured
}

/// The percentile `percent` of the sorted `values`.
pub fn percentile(values: &[usize], percent: usize) -> usize {
    let index = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(index).copied().unwrap_or(0)
}

/// The limits that the numbers of lines exceed; empty if none.
pub fn too_many_lines(measured: &[Measured]) -> Vec<String> {
    let mut lines: Vec<usize> = measured.iter().map(|one| one.noise.lines).collect();
    lines.sort_unstable();
    let mut faults = Vec::new();
    let (median, high) = (percentile(&lines, 50), percentile(&lines, 95));
    if median > BAR.0 {
        faults.push(format!("{median} lines in the median, at most {} are allowed", BAR.0));
    }
    if high > BAR.1 {
        faults.push(format!("{high} lines at the 95th percentile, at most {} are allowed", BAR.1));
    }
    faults
}

/// Edits that change what they don't concern, or too many files. An edit of something used in one place may
/// change at most three files, and those of the types that gain or lose setters or conversions. An edit of
/// something used in several places may change the files of each, since it concerns them.
pub fn out_of_place(measured: &[Measured]) -> Vec<String> {
    let mut faults = Vec::new();
    for one in measured {
        let files = one.noise.files.len() - one.noise.following;
        if files > BAR.2 + one.turned && one.uses < 2 {
            let list = one.noise.files.join(", ");
            faults.push(format!("{one}: {files} files, at most {} are allowed: {list}", BAR.2));
        }
        if let Some(first) = one.noise.stray.first() {
            faults.push(format!("{one}: {} lines elsewhere, first {first}", one.noise.stray.len()));
        }
    }
    faults
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Edit { kind, place, what, .. } = &self.edit;
        write!(f, "{} {place}: {kind}", self.document)?;
        if what.is_empty() { Ok(()) } else { write!(f, " ({what})") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_of_our_document_are_quiet() {
        let ours = edits::real_documents(&mut Vec::new()).into_iter().take(1);
        let subjects: Vec<Subject> = ours.map(|real| Subject::new(real).unwrap()).collect();
        let measured = measure(&subjects, 40, 11, || {});
        assert_eq!(measured.len(), 40);
        let faults = [too_many_lines(&measured), out_of_place(&measured)].concat();
        assert!(faults.is_empty(), "{faults:#?}");
        assert_eq!(subjects[0].reordered(11), None);
    }

    #[test]
    fn planted_lines_are_caught_beside_what_an_edit_concerns() {
        let ours = edits::real_documents(&mut Vec::new()).into_iter().take(1);
        let subject = ours.map(|real| Subject::new(real).unwrap()).next().unwrap();
        for name in ["operation renamed", "property renamed", "property added", "enum value added"] {
            let kind = edits::kinds().find(|kind| kind.name == name).unwrap();
            let edit = edits::draw(&subject.real.document, kind, &mut Rng::with_seed(3)).unwrap();
            let mut after = subject.generate(&edit.document).unwrap();
            let concern = concern(&subject.before.api, &after.api, &edit.places(&subject.real.document));
            let found = |after: &Generated| noise(&subject.before.files, &after.files, &concern).stray;
            assert_eq!(found(&after), Vec::<String>::new(), "{name} {}", edit.place);
            let operations: Vec<String> =
                after.files.keys().filter(|path| is_operation(path)).cloned().collect();
            for path in &operations {
                after.files.get_mut(path).unwrap().push_str("// planted\n");
            }
            let others = operations.iter().filter(|path| !concern.operations.contains(*path)).count();
            assert!(others > 5, "{name} {}: {others}", edit.place);
            assert_eq!(found(&after).len(), others, "{name} {}", edit.place);
        }
    }

    fn is_operation(path: &str) -> bool {
        path.starts_with("src/operations/") && !path.ends_with("mod.rs")
    }

    #[test]
    fn percentiles() {
        let values: Vec<usize> = (1..=200).collect();
        assert_eq!([50, 95, 100].map(|percent| percentile(&values, percent)), [100, 190, 200]);
    }
}
