//! What a change is called in the file of approvals: a name made of the change's own facts, so that edits elsewhere in the
//! documents don't alter it.

use std::collections::BTreeMap;
use std::fmt::Write;

use openapi_generator::diagnostics::Place;
use openapi_generator::diff::Change;
use sha2::{Digest, Sha256};

/// How many bytes of the hash are used: enough that no document can be written to have a given one.
const BYTES: usize = 8;

/// The fingerprint of each change. Changes with the same facts are told apart by their order.
pub(super) fn fingerprints(changes: &[Change]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut of = |change| {
        let first = fingerprint(change, 0);
        let count = seen.entry(first.clone()).or_default();
        *count += 1;
        if *count == 1 { first } else { fingerprint(change, *count) }
    };
    changes.iter().map(&mut of).collect()
}

fn fingerprint(change: &Change, count: usize) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: Option<&str>| {
        // The length is part of it, so that no text can be shifted from one fact to the next.
        let (length, bytes) = text.map_or((0, &[][..]), |text| (text.len() as u64 + 1, text.as_bytes()));
        hash.update(length.to_be_bytes());
        hash.update(bytes);
    };
    add(Some(&change.rule.id()));
    add(Some(&change.subject.group.to_string()));
    add(Some(&change.subject.part.to_string()));
    add(change.before.as_deref());
    add(change.after.as_deref());
    for place in [&change.old, &change.new] {
        add(place.as_ref().map(path).as_deref());
    }
    let count = (count > 0).then(|| count.to_string());
    add(count.as_deref());
    hash.finalize().iter().take(BYTES).fold(String::new(), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The pointer without positions in lists, which an insertion before them alters.
fn path(place: &Place) -> String {
    let is_number = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    // A status is a number, too, but no position.
    let is_status = |before: Option<&str>| before == Some("responses");
    let tokens: Vec<&str> = place.pointer.split('/').collect();
    let token = |(index, token): (usize, &&str)| {
        let before = index.checked_sub(1).and_then(|index| tokens.get(index).copied());
        if is_number(token) && !is_status(before) { "-".to_owned() } else { (*token).to_owned() }
    };
    tokens.iter().enumerate().map(token).collect::<Vec<_>>().join("/")
}
