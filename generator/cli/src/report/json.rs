//! The report as JSON; `docs/diff.md` says what stands where.

use std::collections::BTreeMap;

use openapi_generator::diagnostics::Place;
use openapi_generator::diff::{Change, Direction, Group, Part, RustLevel, WireLevel};
use serde_json::{Value, json};

use super::inert::in_json;
use super::{Date, Places, Report};

/// The form's version, which only changes when something that was there is gone or means something else.
const FORM: u32 = 1;

impl Report {
    /// The report as JSON.
    pub fn json(&self) -> String {
        let places = self.places();
        let list = &self.changes.list;
        let causes = super::causes::causes(list, self.new.api.as_ref());
        let (fingerprints, today) = (super::fingerprint::fingerprints(list), Date::today());
        let approval = |index: usize| {
            let approval = self.approvals.of(&list[index], &fingerprints[index], today)?;
            let until = approval.until.map(|until| until.to_string());
            Some(json!({"reason": approval.reason, "who": approval.who, "until": until}))
        };
        let told = |(index, change): (usize, &Change)| {
            let mut value = of(change, &places);
            value["fingerprint"] = fingerprints[index].as_str().into();
            value["hint"] = super::causes::missing_feature(change, self.new.api.as_ref()).into();
            value["follows"] = causes[index].map(|cause| fingerprints[cause].as_str()).into();
            value["approved"] = approval(index).or_else(|| approval(causes[index]?)).into();
            value
        };
        let changes: Vec<Value> = list.iter().enumerate().map(told).collect();
        let approved = changes.iter().filter(|change| !change["approved"].is_null()).count();
        let count = |level: RustLevel| self.changes.list.iter().filter(|change| change.rust == level).count();
        let wire =
            |level: WireLevel| self.changes.list.iter().filter(|change| change.wire() == level).count();
        let version = self.version.as_ref().map(|version| {
            json!({
                "due": version.due.map(RustLevel::word),
                "before": version.before.as_ref().map(ToString::to_string),
                "released": version.release.as_ref().and_then(|release| Some(release.version.as_ref()?.to_string())),
                "now": version.now.to_string(),
                "needed": version.needed().as_ref().map(ToString::to_string),
                "enough": version.is_enough(),
            })
        });
        let report = json!({
            "form": FORM,
            "old": self.old.label,
            "new": self.new.label,
            "summary": {
                "wire": self.wire().map(WireLevel::word),
                "rust": self.rust().map(RustLevel::word),
                "changes": changes.len(),
                "breaking": wire(WireLevel::Breaking),
                "risky": wire(WireLevel::Risky),
                "major": count(RustLevel::Major),
                "minor": count(RustLevel::Minor),
                "approved": approved,
            },
            "version": version,
            "changes": changes,
        });
        in_json(&format!("{report:#}\n"))
    }
}

fn of(change: &Change, places: &Places<'_>) -> Value {
    let items: Vec<Value> = change
        .items
        .iter()
        .map(|item| {
            json!({"rust": item.level.word(), "path": item.path, "before": item.before, "after": item.after})
        })
        .collect();
    json!({
        "rule": change.rule.id(),
        "direction": change.rule.direction().map(Direction::word),
        "wire": change.wire().word(),
        "rust": change.rust.word(),
        "group": group(&change.subject.group),
        "part": part(&change.subject.part),
        "message": change.message(),
        "before": change.before,
        "after": change.after,
        "old": change.old.as_ref().map(|place| self::place(place, &places.old)),
        "new": change.new.as_ref().map(|place| self::place(place, &places.new)),
        "action": change.rule.action(),
        "items": items,
    })
}

fn group(group: &Group) -> Value {
    match group {
        Group::Service => json!({"kind": "service"}),
        Group::Operation { path, method, call } => {
            json!({"kind": "operation", "method": method, "path": path, "call": call})
        }
        Group::Events(None) => json!({"kind": "webhooks"}),
        Group::Events(Some(callback)) => json!({"kind": "callback", "name": callback}),
        Group::Type(name) => json!({"kind": "type", "name": name}),
    }
}

fn part(part: &Part) -> Value {
    let (kind, name) = match part {
        Part::Whole => return Value::Null,
        Part::Server(url) => ("server", url.clone()),
        Part::SecurityScheme(name) => ("security_scheme", name.clone()),
        Part::Feature(name) => ("feature", name.clone()),
        Part::Security => ("security", String::new()),
        Part::Parameter(location, name) => {
            let location = format!("{location:?}").to_lowercase();
            return json!({"kind": "parameter", "in": location, "name": name});
        }
        Part::Pagination => ("pagination", String::new()),
        Part::Modification => ("modification", String::new()),
        Part::LongRunning => ("long_running", String::new()),
        Part::Body => ("body", String::new()),
        Part::File(name) => ("file", name.clone()),
        Part::Event(name) => ("event", name.clone()),
        Part::Response(_) => ("response", part.to_string().trim_start_matches("response ").to_owned()),
        Part::Header(name) => ("header", name.clone()),
        Part::Property(name) => ("property", name.clone()),
        Part::AdditionalProperties => ("additional_properties", String::new()),
        Part::Value(value) => ("value", value.clone()),
        Part::Alternative(name) => ("alternative", name.clone()),
    };
    if name.is_empty() { json!({"kind": kind}) } else { json!({"kind": kind, "name": name}) }
}

fn place(place: &Place, lines: &BTreeMap<&Place, (usize, usize)>) -> Value {
    let (line, column) = lines.get(place).copied().unzip();
    json!({"file": &*place.file, "pointer": &*place.pointer, "line": line, "column": column})
}
