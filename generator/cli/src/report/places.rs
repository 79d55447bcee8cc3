//! Where changes are, in the old document and in the new one.

use std::collections::BTreeMap;

use openapi_generator::diagnostics::Place;
use openapi_generator::diff::Change;

use super::Report;
use crate::load::Side;

/// A line and a column, from 1.
type Mark = (usize, usize);

/// The lines and columns of the changes' places.
pub(super) struct Places<'r> {
    pub(super) old: BTreeMap<&'r Place, Mark>,
    pub(super) new: BTreeMap<&'r Place, Mark>,
    /// By the place in the old document of what is gone: what it was in, as far as that is still there.
    remains: BTreeMap<&'r Place, (Place, Mark)>,
}

impl<'r> Places<'r> {
    /// The places of the report's changes.
    pub(super) fn of_report(report: &'r Report) -> Self {
        let list = &report.changes.list;
        let gone = list.iter().filter(|change| change.new.is_none()).filter_map(|change| change.old.as_ref());
        Self {
            old: report.old.places(list.iter().filter_map(|change| change.old.as_ref())),
            new: report.new.places(list.iter().filter_map(|change| change.new.as_ref())),
            remains: remains(gone.collect(), &report.new),
        }
    }

    /// Where to show a change in the new document: the file as the repository calls it, the line and the column. What is
    /// gone is shown at what it was in, and what has no place in the document at its beginning.
    pub(super) fn shown(&self, change: &Change, report: &Report) -> (String, usize, usize) {
        let here = change.new.as_ref().and_then(|place| Some((place, *self.new.get(place)?)));
        let remains = || change.old.as_ref().and_then(|place| self.remains.get(place));
        match here.or_else(|| remains().map(|(place, mark)| (place, *mark))) {
            Some((place, (line, column))) => (report.new.repository_path(place), line, column),
            None => (report.new.repository_path(&Place::default()), 1, 1),
        }
    }

    /// Where a change is, in the new document if it is there: the file's name, the line and the column.
    pub(super) fn of(&self, change: &Change, report: &Report) -> Option<(String, usize, usize)> {
        let at = |side: &Side, place: Option<&Place>, lines: &BTreeMap<&Place, Mark>| {
            let (line, column) = lines.get(place?)?;
            Some((side.label_of(place?), *line, *column))
        };
        at(&report.new, change.new.as_ref(), &self.new)
            .or_else(|| at(&report.old, change.old.as_ref(), &self.old))
    }
}

/// The innermost of the places around each of these that `side` still has.
fn remains<'p>(gone: Vec<&'p Place>, side: &Side) -> BTreeMap<&'p Place, (Place, Mark)> {
    let around = |place: &Place| -> Vec<Place> {
        let pointer: &str = &place.pointer;
        let ends = pointer.match_indices('/').map(|(end, _)| end).rev();
        ends.map(|end| Place { file: place.file.clone(), pointer: pointer[..end].into() }).collect()
    };
    let around: Vec<(&Place, Vec<Place>)> = gone.into_iter().map(|place| (place, around(place))).collect();
    let marks = side.places(around.iter().flat_map(|(_, around)| around));
    let innermost = |(place, around): &(&'p Place, Vec<Place>)| {
        let found = around.iter().find_map(|outer| Some((outer.clone(), *marks.get(outer)?)));
        Some((*place, found?))
    };
    around.iter().filter_map(innermost).collect()
}
