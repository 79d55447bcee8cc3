//! What two documents say of security schemes, parameters, headers and parts, where no item of the client stands for it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Here, Walk};
use crate::diff::rules;
use crate::diff::rules::Direction;
use crate::diff::wire::At;
use crate::diff::wire::bodies::essence;
use crate::diff::{Group, Origin, Part};
use crate::source::document::{
    Document, Encoding, Location, MediaType, Operation, Parameter, SecurityRequirement,
};

impl Walk<'_, '_> {
    /// How to get a credential.
    pub(super) fn security(&mut self) {
        let (old, new) = (self.old, self.new);
        for (name, one) in &old.security_schemes {
            let Some(other) = new.security_schemes.get(name) else { continue };
            let (before, after) = (&one.details, &other.details);
            let subject = Origin::new(&Group::Service, Part::SecurityScheme(name.clone()));
            let is_told = self.comparison.list.iter().any(|change| {
                change.subject == subject && std::ptr::eq(change.rule.kind(), &rules::SECURITY_SCHEME_CHANGED)
            });
            if is_told {
                continue;
            }
            let at = At::new(&Group::Service, Part::SecurityScheme(name.clone()), name.clone());
            // Another type of scheme has other members.
            let whole = "`type`";
            let names: BTreeSet<&String> = match before.get(whole) == after.get(whole) {
                true => before.keys().chain(after.keys()).collect(),
                false => before.keys().filter(|name| *name == whole).collect(),
            };
            for member in names {
                let (before, after) = (before.get(member), after.get(member));
                if before == after {
                    continue;
                }
                let kind = match before {
                    None => &rules::SECURITY_DETAIL_ADDED,
                    Some(_) => &rules::SECURITY_DETAIL_CHANGED,
                };
                let more = [("member", member.clone())];
                self.comparison.report_with(kind, &at, before.cloned(), after.cloned(), &more);
            }
            // Operations say which scopes they require. One more that none requires is nothing to a client.
            for scope in
                one.scopes.difference(&other.scopes).filter(|_| before.get(whole) == after.get(whole))
            {
                let more = [("member", scope.clone())];
                let kind = &rules::SECURITY_DETAIL_CHANGED;
                self.comparison.report_with(kind, &at, Some("declared".to_owned()), None, &more);
            }
        }
    }

    /// Certificates that operations require beside credentials: the client sends them with its transport, if at all.
    pub(super) fn certificates(&mut self, at: &At, old: &Operation, new: &Operation) {
        let (before, after) = (required_certificates(self.old, old), required_certificates(self.new, new));
        if before == after {
            return;
        }
        let mut at = at.called("the operation").directions(&[Direction::Request]);
        at.subject.part = Part::Security;
        match (before, after) {
            (None, after) => self.comparison.report(&rules::CERTIFICATE_REQUIRED, &at, None, after),
            (before, None) => self.comparison.report(&rules::CERTIFICATE_NOT_REQUIRED, &at, before, None),
            (before, after) => self.member(&at, "security", before, after),
        }
    }

    /// What the headers of a received request say that no item of the client stands for.
    pub(super) fn received_headers(&mut self, at: &At, old: &Operation, new: &Operation) {
        for header in old.parameters.iter().filter(|header| header.location == Location::Header) {
            let is_same = |other: &&Parameter| {
                other.location == Location::Header && other.name.eq_ignore_ascii_case(&header.name)
            };
            let Some(same) = new.parameters.iter().find(is_same) else { continue };
            let mut at = at.called(format!("`{}`", same.name)).directions(&[Direction::Response]);
            at.subject.part = Part::Header(same.name.clone());
            let here = Here::new(at.places(&header.place, &same.place), &[]);
            self.written(&here, header, same);
            self.value(&here, header.schema, same.schema);
        }
    }

    /// How the sender of an event proves who it is, if the event says so itself.
    pub(super) fn received_security(&mut self, at: &At, old: &Operation, new: &Operation) {
        if old.security != new.security {
            let text = |one: &Operation| {
                one.security.as_ref().map(|list| Value::from(alternatives(list)).to_string())
            };
            let at = at.clone().directions(&[Direction::Response]);
            self.member(&at, "security", text(old), text(new));
        }
    }

    /// How a parameter or a header is written, as far as no style says it.
    pub(super) fn written(&mut self, here: &Here, old: &Parameter, new: &Parameter) {
        let at = &here.at;
        if old.allow_empty_value != new.allow_empty_value {
            let word = |is: bool| Some(is.to_string());
            self.member(at, "allowEmptyValue", word(old.allow_empty_value), word(new.allow_empty_value));
        }
        // Text is written likewise without a media type.
        let [before, after] = [old, new].map(|one| one.media_type.as_deref().unwrap_or("text/plain"));
        let styles = [&rules::PARAMETER_STYLE_CHANGED, &rules::HEADER_STYLE_CHANGED];
        if essence(before) != essence(after) && !self.is_told(here, &styles) {
            self.member(at, "content", old.media_type.clone(), new.media_type.clone());
        }
    }

    /// What the encodings of a form's parts say that no item of the client stands for.
    pub(super) fn encodings(&mut self, at: &At, old: &MediaType, new: &MediaType) {
        let none = Encoding::default();
        let names: BTreeSet<&String> = old.encoding.keys().chain(new.encoding.keys()).collect();
        for name in names {
            let [one, other] = [old, new].map(|side| side.encoding.get(name).unwrap_or(&none));
            self.part(&at.called(format!("the part `{name}`")), name, one, other);
        }
        for (index, one) in old.prefix_encoding.iter().enumerate() {
            let other = new.prefix_encoding.get(index).unwrap_or(&none);
            self.part(&at.called(format!("the part {index}")), &index.to_string(), one, other);
        }
        let [one, other] = [old, new].map(|side| side.item_encoding.as_ref().unwrap_or(&none));
        self.part(&at.called("the other parts"), "", one, other);
    }

    fn part(&mut self, at: &At, name: &str, old: &Encoding, new: &Encoding) {
        self.part_headers(at, name, old, new);
        let none = Map::new();
        let [before, after] = [old, new].map(|side| side.nested.as_deref().unwrap_or(&none));
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for member in names {
            let (before, after) = (before.get(member), after.get(member));
            if before != after {
                self.member(at, member, before.map(Value::to_string), after.map(Value::to_string));
            }
        }
    }

    /// The headers of a part. Those of files are compared with the client's files.
    fn part_headers(&mut self, at: &At, name: &str, old: &Encoding, new: &Encoding) {
        let file = Origin::new(&at.subject.group, Part::File(name.to_owned()));
        let is_told = self
            .comparison
            .list
            .iter()
            .any(|change| change.subject == file && change.rule.kind().name.starts_with("part-header"));
        let find = |side: &'_ Encoding, header: &Parameter| {
            side.headers.iter().position(|other| other.name.eq_ignore_ascii_case(&header.name))
        };
        let word = |header: &Parameter| {
            let must = if header.required { "required" } else { "optional" };
            Some(format!("`{}` ({must})", header.name))
        };
        for header in &old.headers {
            let same = find(new, header).map(|index| &new.headers[index]);
            if same.is_none_or(|same| same.required != header.required) && !is_told {
                self.member(at, "headers", word(header), same.and_then(word));
            }
            if let Some(same) = same {
                let at = at.called(format!("the header `{}` of {}", header.name, at.name));
                let here = Here::new(at.places(&header.place, &same.place), &[]);
                // No type of the client stands for it.
                self.value(&Here { is_untyped: true, ..here }, header.schema, same.schema);
            }
        }
        for header in new.headers.iter().filter(|header| find(old, header).is_none() && !is_told) {
            self.member(at, "headers", None, word(header));
        }
    }

    fn member(&mut self, at: &At, member: &str, before: Option<String>, after: Option<String>) {
        let more = [("member", member.to_owned())];
        self.comparison.report_with(&rules::MEMBER_CHANGED, at, before, after, &more);
    }
}

/// The schemes that each alternative for authentication requires and the client knows nothing of, such as certificates; `None`
/// if one alternative does without.
fn required_certificates(document: &Document, operation: &Operation) -> Option<String> {
    let alternatives = operation.security.as_ref().unwrap_or(&document.security);
    let unknown = |alternative: &SecurityRequirement| {
        let names = alternative.keys().filter(|name| !document.security_schemes.contains_key(*name));
        let names: BTreeSet<&str> = names.map(String::as_str).collect();
        (!names.is_empty()).then(|| names.into_iter().collect::<Vec<_>>().join(" and "))
    };
    let each: Option<BTreeSet<String>> = alternatives.iter().map(unknown).collect();
    each.filter(|each| !each.is_empty()).map(|each| each.into_iter().collect::<Vec<_>>().join(" or "))
}

/// The requirements as they are in a document.
fn alternatives(requirements: &[SecurityRequirement]) -> Vec<Value> {
    let alternative = |requirement: &SecurityRequirement| {
        requirement
            .iter()
            .map(|(name, scopes)| (name.clone(), Value::from(scopes.clone())))
            .collect::<Map<_, _>>()
            .into()
    };
    requirements.iter().map(alternative).collect()
}
