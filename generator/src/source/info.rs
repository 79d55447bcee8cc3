//! What the document says about itself and its tags. No call depends on it, so that its faults are only warnings.

use openapiv3::{Info, Tag};
use serde::de::DeserializeOwned;

use super::at::At;
use super::reader::Reader;
use crate::diagnostics::codes;

const INFO: &[&str] = &["title", "summary", "description", "termsOfService", "contact", "license", "version"];

const CONTACT: &[&str] = &["name", "url", "email"];

const LICENSE: &[&str] = &["name", "identifier", "url"];

const TAG: &[&str] = &["name", "description", "externalDocs"];

impl<'a> Reader<'a> {
    /// `info`.
    pub(super) fn info(&mut self, root: &At<'a>) -> Info {
        self.leniently(&codes::IGNORED_FAULT, "it is ignored", |reader| {
            let Some(info) = reader.object(root, "info") else {
                let help = "Add an `info` object with a `title` and a `version`.";
                let message = "the document has no `info`";
                reader.diagnostics.report(&codes::MISSING_INFO, &root.place, message, help);
                return Info::default();
            };
            reader.only(&info, "`info`", &[INFO]);
            Info {
                title: reader.title_or_version(&info, "title"),
                description: reader.string(&info, "description"),
                terms_of_service: reader.string(&info, "termsOfService"),
                contact: reader.detail(&info, "contact", "a contact", CONTACT),
                license: reader.detail(&info, "license", "a license", LICENSE),
                version: reader.title_or_version(&info, "version"),
                extensions: info.extensions().into_iter().collect(),
            }
        })
    }

    /// The `summary` of `info`, which OpenAPI has since 3.1.
    pub(super) fn summary_of_info(&mut self, root: &At<'a>) -> Option<String> {
        // Where `info` is a reference, that has been told.
        let info = self.find(&root.place.child("info"))?;
        self.leniently(&codes::IGNORED_FAULT, "it is ignored", |reader| reader.string(&info, "summary"))
    }

    fn title_or_version(&mut self, info: &At<'a>, name: &str) -> String {
        if info.value_of(name).is_none() {
            let (message, help) = (format!("`info` has no `{name}`"), "Add it.");
            self.diagnostics.report(&codes::MISSING_INFO, &info.place, message, help);
        }
        self.string(info, name).unwrap_or_default()
    }

    fn detail<T: DeserializeOwned>(
        &mut self,
        info: &At<'a>,
        name: &str,
        what: &str,
        known: &[&str],
    ) -> Option<T> {
        let detail = self.object(info, name)?;
        self.only(&detail, what, &[known]);
        self.leaf(&detail)
    }

    /// `tags`.
    pub(super) fn tags(&mut self, root: &At<'a>) -> Vec<Tag> {
        self.leniently(&codes::IGNORED_FAULT, "it is ignored", |reader| {
            let mut tags = Vec::new();
            for tag in reader.list(root, "tags") {
                let Some(tag) = reader.beyond_reference(tag, "a tag") else { continue };
                reader.only(&tag, "a tag", &[TAG]);
                let Some(read) = reader.leaf::<Tag>(&tag) else { continue };
                reader.no_use(&tag, "tags", &["description"]);
                if reader.is_3_2() {
                    reader.no_use(&tag, "tags", &["summary", "parent", "kind"]);
                }
                tags.push(read);
            }
            tags
        })
    }
}
