//! Signatures of webhooks.

use std::time::{Duration, SystemTime};

use arbitrary::{Arbitrary, Unstructured};
use openapi_rust_runtime::external::http::{HeaderMap, HeaderName, HeaderValue};
use openapi_rust_runtime::webhooks::{HmacSignature, Verifier};

static HEX: HmacSignature = HmacSignature::new("x-signature").prefix("sha256=");
static BASE64: HmacSignature = HmacSignature::new("x-signature").base64().sha1();
static FIELDS: HmacSignature =
    HmacSignature::new("x-signature").sha512().content("{timestamp}.{body}").fields("t", "v1");
static TIMED: HmacSignature =
    HmacSignature::new("x-signature").content("{body}:{timestamp}").timestamp_header("x-timestamp");

#[derive(Arbitrary, Debug)]
struct Case {
    scheme: u8,
    secret: Vec<u8>,
    id: String,
    body: Vec<u8>,
    seconds: u32,
    /// What an attacker changes: a header's value, the body, or the time.
    attack: Attack,
}

#[derive(Arbitrary, Debug)]
enum Attack {
    Header(u8, Vec<u8>),
    Body(u16, u8),
    Append(Vec<u8>),
    Later(u32),
    None,
}

/// What is signed is accepted, and nothing that differs from it is.
pub fn webhooks(bytes: &[u8]) {
    let Ok(case) = Case::arbitrary(&mut Unstructured::new(bytes)) else { return };
    let secret = String::from_utf8_lossy(&case.secret);
    let verifier = match case.scheme % 5 {
        0 => Verifier::standard(&secret),
        1 => Verifier::hmac(&HEX, &secret),
        2 => Verifier::hmac(&BASE64, &secret),
        3 => Verifier::hmac(&FIELDS, &secret),
        _ => Verifier::hmac(&TIMED, &secret),
    };
    let Ok(verifier) = verifier else { return };
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(case.seconds.into());
    let signed = verifier.sign(&case.id, &case.body, now);
    // An id that no header can have isn't sent.
    if case.scheme % 5 == 0 && HeaderValue::from_str(&case.id).map_or(true, |id| id.to_str().is_err()) {
        return;
    }
    assert!(verifier.verify_at(&signed, &case.body, now).is_ok(), "{case:?}");
    let (mut headers, mut body, mut time) = (signed.clone(), case.body.clone(), now);
    match &case.attack {
        Attack::Header(which, value) => {
            let names: Vec<HeaderName> = headers.keys().cloned().collect();
            let Ok(value) = HeaderValue::from_bytes(value) else { return };
            headers.insert(names[usize::from(*which) % names.len()].clone(), value);
        }
        Attack::Body(at, bits) => {
            let length = body.len().max(1);
            if let Some(byte) = body.get_mut(usize::from(*at) % length) {
                *byte ^= bits;
            }
        }
        Attack::Append(more) => body.extend(more),
        Attack::Later(seconds) => time += Duration::from_secs((*seconds).into()),
        Attack::None => {}
    }
    if verifier.verify_at(&headers, &body, time).is_ok() {
        assert_eq!(body, case.body, "another body is accepted: {case:?}");
        let has_time = !matches!(case.scheme % 5, 1 | 2);
        assert!(!has_time || time <= now + Duration::from_secs(300), "an old request is accepted: {case:?}");
        assert!(same(&headers, &signed), "other headers are accepted: {case:?}");
    }
    assert!(!format!("{verifier:?}").contains(&*secret) || secret.len() < 8, "a secret is shown");
}

/// Whether the headers say the same: white space around values, the case of digits, and what else stands beside a signature
/// don't matter.
fn same(found: &HeaderMap, signed: &HeaderMap) -> bool {
    let words = |value: &HeaderValue| -> Vec<String> {
        let text = value.to_str().unwrap_or_default().to_ascii_lowercase();
        text.split([' ', '\t', ','])
            .map(|word| word.trim_start_matches("sha256=").to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    };
    signed.iter().all(|(name, value)| {
        let found = found.get(name).map(words).unwrap_or_default();
        words(value).iter().all(|word| found.contains(word))
    })
}
