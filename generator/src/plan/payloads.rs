//! What is in an event: its payload, its headers and what can be answered.

use std::collections::BTreeSet;

use super::events::Named;
use super::media_types::{essence, is_binary, is_file, is_json, is_range, is_xml};
use super::responses::status;
use super::unions::{distinct, tag};
use super::{Planner, Sides, docs};
use crate::api::{
    Answer, ByPayload, Event, Ident, Location, Parameter, Payload, PayloadEncoding, TypeRef, inner_key,
};
use crate::diagnostics::codes;
use crate::source::document::{self, MediaType, Received, Schema, SchemaId};

/// How many alternatives of a payload are searched for constants, at any depth.
const MAX_UNIONS: usize = 256;

impl Planner<'_> {
    /// Plans the requests that the sender calls by one name.
    pub(super) fn event(&mut self, named: &Named<'_>, types_key: String, is_callback: bool) -> Event {
        let first = &named.requests[0].request;
        named.requests.iter().for_each(|received| self.of_clients(&received.request));
        let address = |received: &&Received| format!("{} {}", received.request.method, received.request.path);
        Event {
            variant: Ident::default(),
            words: named.words.clone(),
            name: named.name.clone(),
            tags: Vec::new(),
            addresses: named.requests.iter().filter(|_| is_callback).map(address).collect(),
            docs: docs::docs(first.summary.as_deref(), first.description.as_deref()),
            deprecated: named.requests.iter().all(|received| received.request.deprecated),
            payload: self.payload(named, &types_key),
            answers: first.responses.iter().map(|response| self.answer(response, &types_key)).collect(),
            place: first.place.clone(),
            types_key,
        }
    }

    /// Reports what only a client would need.
    fn of_clients(&mut self, request: &document::Operation) {
        let declared = [
            ("security", request.security.as_ref().is_some_and(|security| !security.is_empty())),
            ("servers", !request.servers.is_empty()),
        ];
        for (name, _) in declared.into_iter().filter(|(_, is_declared)| *is_declared) {
            let message = format!("`{name}` says nothing to the receiver of an event");
            let help =
                "Nothing has to be done; `webhooks.signature` in the settings says how events are signed.";
            let place = request.place.child(name);
            self.diagnostics.report(&codes::UNUSED_BY_EVENTS, &place, message, help);
        }
    }

    fn payload(&mut self, named: &Named<'_>, types_key: &str) -> Option<Payload> {
        let payloads = named.requests.iter().map(|received| self.preferred(&received.request));
        let payloads: Vec<Option<&MediaType>> = payloads.collect();
        self.sides = Sides { request: false, response: true };
        let want = inner_key(types_key, "Payload");
        let json: Option<Vec<SchemaId>> = payloads
            .iter()
            .map(|payload| {
                payload.filter(|payload| self.encoding_of(payload) == PayloadEncoding::Json)?.schema
            })
            .collect();
        if let ([_, _, ..], Some(ids)) = (&payloads[..], &json) {
            let first = &named.requests[0].request;
            let schema = Schema { place: first.place.clone(), one_of: ids.clone(), ..Schema::default() };
            let ty = self.shape(&schema, &want, false, 0).with_null();
            let media_type = payloads[0].map_or_else(String::new, |payload| payload.name.clone());
            return Some(Payload { media_type, encoding: PayloadEncoding::Json, ty: boxed(ty), xml: None });
        }
        if payloads.len() > 1 {
            let message = format!("nothing tells the events apart that the sender calls {:?}", named.name);
            let help = "Give each a JSON payload with a constant of its own, or a name of its own.";
            let place = &named.requests[1].request.place;
            self.diagnostics.report(&codes::CONFUSED_EVENTS, place, message, help);
        }
        let payload = payloads[0]?;
        let encoding = self.encoding_of(payload);
        let ty = match encoding {
            PayloadEncoding::Json | PayloadEncoding::Xml => {
                payload.schema.map_or(TypeRef::Json, |id| self.use_of(id, &want, 0).with_null())
            }
            PayloadEncoding::Text => {
                self.tell_format_of_text(payload);
                TypeRef::String
            }
            PayloadEncoding::Bytes => TypeRef::Bytes,
        };
        let xml = if encoding == PayloadEncoding::Xml { self.xml_root(payload) } else { None };
        Some(Payload { media_type: payload.name.clone(), encoding, ty: boxed(ty), xml })
    }

    /// The media type that is decoded: JSON, then XML, then text, then others.
    fn preferred<'d>(&mut self, request: &'d document::Operation) -> Option<&'d MediaType> {
        let content = &request.request_body.as_ref()?.content;
        let rank = |media_type: &&MediaType| match self.encoding_of(media_type) {
            PayloadEncoding::Json => 0,
            PayloadEncoding::Xml => 1,
            PayloadEncoding::Text => 2,
            PayloadEncoding::Bytes => 3,
        };
        let preferred = content.iter().min_by_key(rank)?;
        for other in content.iter().filter(|other| other.name != preferred.name) {
            let message =
                format!("the payload is decoded from {} instead of this media type", preferred.name);
            let help = "To decode this media type, remove the others from the document.";
            self.diagnostics.report(&codes::UNDECODED_ALTERNATIVE, &other.place, message, help);
        }
        let name = essence(&preferred.name);
        let has_values =
            name == "application/x-www-form-urlencoded" || name.starts_with("multipart/") || is_xml(&name);
        if has_values && self.encoding_of(preferred) != PayloadEncoding::Xml {
            let what = if self.encoding_of(preferred) == PayloadEncoding::Text { "text" } else { "bytes" };
            let message = format!("payloads in {name} aren't decoded; the event has the {what}");
            let help =
                "Decode it with a library for this media type, or declare JSON if the sender can send it.";
            self.diagnostics.report(&codes::UNDECODED_PAYLOAD, &preferred.place, message, help);
        }
        Some(preferred)
    }

    fn encoding_of(&self, media_type: &MediaType) -> PayloadEncoding {
        let name = essence(&media_type.name);
        let is_structured = || self.schema_of(media_type).is_some_and(|schema| !is_file(schema));
        if is_json(&name) || is_range(&name) && is_structured() {
            PayloadEncoding::Json
        } else if is_xml(&name) && self.is_structured(media_type) {
            PayloadEncoding::Xml
        } else if name == "application/x-www-form-urlencoded" || is_xml(&name) || !is_binary(&name) {
            PayloadEncoding::Text
        } else {
            PayloadEncoding::Bytes
        }
    }

    /// The headers that the requests come with, each once. One that has several types is a text.
    pub(super) fn event_headers(&mut self, requests: &[&Received], key: &str) -> Vec<Parameter> {
        let mut found: Vec<(&document::Parameter, Parameter)> = Vec::new();
        let mut places = BTreeSet::new();
        let parameters = requests.iter().flat_map(|received| &received.request.parameters);
        for parameter in parameters {
            if parameter.location != Location::Header {
                if places.insert(parameter.place.clone()) {
                    let message = format!(
                        "the parameter {:?} isn't a header; it is left to the receiver",
                        parameter.name
                    );
                    let help = "Read it from the request's own URL or cookies.";
                    self.diagnostics.report(&codes::UNRECEIVED_PARAMETER, &parameter.place, message, help);
                }
                continue;
            }
            let same = found.iter_mut().find(|(known, _)| known.name.eq_ignore_ascii_case(&parameter.name));
            match same {
                Some((known, planned)) => {
                    if !self.has_same_schema(known, parameter) {
                        planned.ty = TypeRef::String;
                    }
                }
                None => {
                    let planned = self.header(parameter, key);
                    found.push((parameter, planned));
                }
            }
        }
        found.into_iter().map(|(_, planned)| planned).collect()
    }

    fn has_same_schema(&self, one: &document::Parameter, other: &document::Parameter) -> bool {
        let schema = |parameter: &document::Parameter| {
            parameter.schema.map(|id| &self.document.schemas[self.behind(id)])
        };
        match (schema(one), schema(other)) {
            (Some(one), Some(other)) => {
                one.place == other.place
                    || (&one.types, &one.format, &one.values, one.items)
                        == (&other.types, &other.format, &other.values, other.items)
            }
            (one, other) => one.is_none() && other.is_none(),
        }
    }

    fn answer(&mut self, response: &document::Response, types_key: &str) -> Answer {
        self.sides = Sides { request: true, response: false };
        let preferred = response.content.iter().min_by_key(|media_type| !is_json(&media_type.name));
        let status = status(response);
        let want = inner_key(types_key, &format!("Answer {}", status.name()));
        let json = preferred.filter(|media_type| is_json(&media_type.name));
        let ty =
            json.and_then(|media_type| media_type.schema).map(|id| self.use_of(id, &want, 0).with_null());
        Answer {
            status,
            docs: docs::docs(None, Some(&response.description)),
            media_type: preferred.map(|media_type| media_type.name.clone()),
            ty,
            headers: response.headers.iter().map(|header| header.name.clone()).collect(),
        }
    }

    /// How events are recognised by their payloads alone, and the values that select each.
    pub(super) fn recognised(&self, named: &[Named<'_>]) -> (ByPayload, Vec<Vec<String>>) {
        let none = || (ByPayload::No, vec![Vec::new(); named.len()]);
        let ids: Option<Vec<Vec<SchemaId>>> = named.iter().map(|named| self.json_payloads(named)).collect();
        let set = self.settings.webhooks.property.as_ref();
        let Some(ids) = ids.filter(|ids| ids.len() > 1 || set.is_some()) else { return none() };
        let first = ids[0].first().copied();
        let declared = first.map(|id| self.properties_of_alternatives(id)).unwrap_or_default();
        let properties = set.map_or(declared, |property| vec![property.clone()]);
        for property in properties {
            let tags = ids.iter().map(|ids| self.tags_of_all(ids, &property)).collect::<Option<Vec<_>>>();
            if let Some(tags) = tags.filter(|tags| distinct(tags)) {
                return (ByPayload::Property(property), tags);
            }
        }
        // The property has the sender's names.
        set.map_or_else(none, |property| {
            let tags = named.iter().map(|named| vec![named.name.clone()]).collect();
            (ByPayload::Property(property.clone()), tags)
        })
    }

    /// The schemas of the requests, if all have JSON.
    fn json_payloads(&self, named: &Named<'_>) -> Option<Vec<SchemaId>> {
        let json = |received: &&Received| {
            let mut content = received.request.request_body.as_ref()?.content.iter();
            content.find(|media_type| self.encoding_of(media_type) == PayloadEncoding::Json)?.schema
        };
        named.requests.iter().map(json).collect()
    }

    fn properties_of_alternatives(&self, id: SchemaId) -> Vec<String> {
        let schema = &self.document.schemas[self.behind(id)];
        let mut found = self.properties_of(id, 0);
        if let Some(discriminator) = &schema.discriminator {
            found.insert(0, discriminator.property.clone());
        }
        let alternative = schema.one_of.iter().chain(&schema.any_of).next();
        found.extend(alternative.into_iter().flat_map(|id| self.properties_of(*id, 0)));
        found
    }

    fn tags_of_all(&self, ids: &[SchemaId], property: &str) -> Option<Vec<String>> {
        let mut all: Vec<String> = Vec::new();
        for id in ids {
            for tag in self.values_within(*id, property, &mut Vec::new())? {
                if !all.contains(&tag) {
                    all.push(tag);
                }
            }
        }
        Some(all)
    }

    /// The values that the property can have, in the schema or in each of its alternatives that isn't `seen` yet.
    fn values_within(&self, id: SchemaId, property: &str, seen: &mut Vec<SchemaId>) -> Option<Vec<String>> {
        if let Some(values) = self.constants(id, property, 0) {
            return values.iter().filter(|value| !value.is_null()).map(tag).collect();
        }
        let schema = &self.document.schemas[self.behind(id)];
        if let Some(discriminator) = schema.discriminator.as_ref().filter(|one| one.property == property)
            && !discriminator.mapping.is_empty()
        {
            return Some(discriminator.mapping.keys().cloned().collect());
        }
        let alternatives: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
        if alternatives.is_empty() || seen.len() > MAX_UNIONS {
            return None;
        }
        let mut values = Vec::new();
        for id in alternatives {
            if !seen.contains(&id) {
                seen.push(id);
                values.extend(self.values_within(id, property, seen)?);
            }
        }
        Some(values)
    }
}

/// Payloads are of very different sizes: each has a place of its own.
fn boxed(ty: TypeRef) -> TypeRef {
    if matches!(ty, TypeRef::Named(_)) { TypeRef::Boxed(Box::new(ty)) } else { ty }
}
