//! Parameters that are the whole query (OpenAPI 3.2, 4.12.1).

use super::at::At;
use super::document::{Location, Parameter};
use super::reader::Reader;
use crate::diagnostics::codes;

/// The media type of a query whose parameter has a `schema` instead of a `content`.
const FORM: &str = "application/x-www-form-urlencoded";

impl<'a> Reader<'a> {
    /// The query `at`, which should have a `content`, as a form.
    pub(super) fn query_as_form(&mut self, at: &At<'a>) -> Option<(&'a str, At<'a>)> {
        at.get("schema")?;
        let message = format!("a whole query has a `content`; this `schema` is read as that of {FORM}");
        let help = format!("Put it into `content`, under `{FORM}`.");
        self.tolerate(&at.place.child("schema"), &message, &help);
        Some((FORM, at.clone()))
    }

    /// Rejects other parameters of a query beside one that is the whole query.
    pub(super) fn one_query(&mut self, parameters: &[Parameter]) {
        let in_query = |location| parameters.iter().filter(move |parameter| parameter.location == location);
        let mut whole = in_query(Location::Querystring);
        let Some(first) = whole.next() else { return };
        if let Some(other) = whole.chain(in_query(Location::Query)).next() {
            let message = format!(
                "the parameter {:?} is the whole query, so that there can't be {:?} too",
                first.name, other.name
            );
            let help = "Make the others properties of it, or describe all of them with `in: query`.";
            self.diagnostics.report(&codes::SECOND_QUERY, &other.place, message, help);
        }
    }
}
