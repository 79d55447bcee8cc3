//! Published test vectors, and what must not be accepted.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::webhooks::{HmacSignature, InvalidSecret, SignatureError, Verifier};

/// That of the libraries of Standard Webhooks.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SIGNED: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
    };
    pairs.iter().map(pair).collect()
}

fn standard(signature: &str) -> HeaderMap {
    headers(&[
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", signature),
    ])
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[test]
fn standard_webhooks() {
    let verifier = Verifier::standard(SECRET).unwrap();
    let now = at(1_614_265_330);
    assert_eq!(verifier.verify_at(&standard(SIGNED), BODY, now), Ok(()));
    let several = format!("v1,AAAA v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5B {SIGNED}");
    assert_eq!(verifier.verify_at(&standard(&several), BODY, now), Ok(()));
    // Without the prefix of the secret, it is the same.
    let bare = Verifier::standard(&SECRET["whsec_".len()..]).unwrap();
    assert_eq!(bare.verify_at(&standard(SIGNED), BODY, now), Ok(()));
    for wrong in
        ["v1,AAAA", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "", "v1,", "v1a,AAAA", "v1,???"]
    {
        assert_eq!(verifier.verify_at(&standard(wrong), BODY, now), Err(SignatureError::Mismatch), "{wrong}");
    }
    assert_eq!(verifier.verify_at(&standard(SIGNED), b"{}", now), Err(SignatureError::Mismatch));
}

#[test]
fn a_timestamp_is_of_the_present() {
    let verifier = Verifier::standard(SECRET).unwrap();
    let told = |seconds| verifier.verify_at(&standard(SIGNED), BODY, at(seconds));
    for near in [1_614_265_330 - 300, 1_614_265_330 + 300] {
        assert_eq!(told(near), Ok(()));
    }
    for far in [1_614_265_330 - 301, 1_614_265_330 + 301, 0] {
        assert_eq!(told(far), Err(SignatureError::Stale));
    }
    assert_eq!(verifier.verify(&standard(SIGNED), BODY), Err(SignatureError::Stale));
    let patient = verifier.clone().with_tolerance(Duration::from_secs(1000));
    assert_eq!(patient.verify_at(&standard(SIGNED), BODY, at(1_614_266_000)), Ok(()));
    // Whoever doesn't know the secret isn't told that the timestamp is old.
    assert_eq!(verifier.verify(&standard("v1,AAAA"), BODY), Err(SignatureError::Mismatch));
}

#[test]
fn missing_headers_are_named() {
    let verifier = Verifier::standard(SECRET).unwrap();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut without = standard(SIGNED);
        without.remove(name);
        assert_eq!(verifier.verify(&without, BODY), Err(SignatureError::MissingHeader(name)));
    }
}

#[test]
fn secrets_are_replaced_without_losing_requests_and_never_printed() {
    let verifier = Verifier::standard("whsec_AAAA").unwrap();
    let now = at(1_614_265_330);
    assert_eq!(verifier.verify_at(&standard(SIGNED), BODY, now), Err(SignatureError::Mismatch));
    let verifier = verifier.or_secret(SECRET).unwrap();
    assert_eq!(verifier.verify_at(&standard(SIGNED), BODY, now), Ok(()));
    let printed = format!("{verifier:?}");
    assert!(printed.contains("REDACTED") && !printed.contains("Mf"), "{printed}");
    for invalid in ["", "whsec_", "whsec_?"] {
        assert_eq!(Verifier::standard(invalid).unwrap_err(), InvalidSecret);
    }
    static PLAIN: HmacSignature = HmacSignature::new("x");
    assert_eq!(Verifier::hmac(&PLAIN, "").unwrap_err(), InvalidSecret);
}

#[test]
fn an_hmac_of_the_body() {
    // From GitHub's documentation.
    static GITHUB: HmacSignature = HmacSignature::new("X-Hub-Signature-256").prefix("sha256=");
    let verifier = Verifier::hmac(&GITHUB, "It's a Secret to Everybody").unwrap();
    let signed = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let told = |value: &str, body: &[u8]| verifier.verify(&headers(&[("x-hub-signature-256", value)]), body);
    assert_eq!(told(signed, b"Hello, World!"), Ok(()));
    assert_eq!(told(&signed.to_uppercase().replace("SHA", "sha"), b"Hello, World!"), Ok(()));
    for wrong in [&signed[7..], &signed[..70], "sha256=", "", "sha256=zz", "sha1=00"] {
        assert_eq!(told(wrong, b"Hello, World!"), Err(SignatureError::Mismatch), "{wrong}");
    }
    assert_eq!(told(signed, b"Hello, world!"), Err(SignatureError::Mismatch));
    assert_eq!(
        verifier.verify(&HeaderMap::new(), b""),
        Err(SignatureError::MissingHeader("X-Hub-Signature-256"))
    );
}

#[test]
fn an_hmac_with_a_timestamp_in_a_header() {
    // From Slack's documentation.
    static SLACK: HmacSignature = HmacSignature::new("X-Slack-Signature")
        .prefix("v0=")
        .content("v0:{timestamp}:{body}")
        .timestamp_header("X-Slack-Request-Timestamp");
    let verifier = Verifier::hmac(&SLACK, "8f742231b10e8888abcd99yyyzzz85a5").unwrap();
    let body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V\
                &channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=\
                &response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN\
                &trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    let signed = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    let with =
        |timestamp: &str| headers(&[("x-slack-signature", signed), ("x-slack-request-timestamp", timestamp)]);
    let now = at(1_531_420_618);
    assert_eq!(verifier.verify_at(&with("1531420618"), body.as_bytes(), now), Ok(()));
    assert_eq!(verifier.verify_at(&with("1531420619"), body.as_bytes(), now), Err(SignatureError::Mismatch));
    assert_eq!(verifier.verify(&with("1531420618"), body.as_bytes()), Err(SignatureError::Stale));
}

#[test]
fn an_hmac_in_pairs() {
    static PAIRS: HmacSignature =
        HmacSignature::new("Stripe-Signature").content("{timestamp}.{body}").fields("t", "v1");
    let verifier = Verifier::hmac(&PAIRS, "whsec_stripe").unwrap();
    let right = "551cd9a7cbe9dfb4fcbdabaf05acc405aeb3099125365c4de20eb4408f19bd6f";
    let told = |value: &str| {
        let headers = headers(&[("stripe-signature", value)]);
        verifier.verify_at(&headers, br#"{"id":"evt_1"}"#, at(1_492_774_577))
    };
    assert_eq!(told(&format!("t=1492774577,v1={right}")), Ok(()));
    assert_eq!(told(&format!("t=1492774577, v1=00,v1={right},v0=11")), Ok(()));
    assert_eq!(told(&format!("t=1492774577,v0={right}")), Err(SignatureError::Mismatch));
    assert_eq!(told(&format!("v1={right}")), Err(SignatureError::InvalidTimestamp));
    assert_eq!(told(&format!("t=1492774578,v1={right}")), Err(SignatureError::Mismatch));
}

#[test]
fn other_hashes_and_base64() {
    // RFC 2202 and RFC 4231, test case 2.
    static SHA1: HmacSignature = HmacSignature::new("s").sha1();
    static SHA512: HmacSignature = HmacSignature::new("s").sha512();
    static BASE64: HmacSignature = HmacSignature::new("s").base64();
    for (signature, value) in [
        (&SHA1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (
            &SHA512,
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
        (&BASE64, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="),
    ] {
        let verifier = Verifier::hmac(signature, "Jefe").unwrap();
        let headers = headers(&[("s", value)]);
        assert_eq!(verifier.verify(&headers, b"what do ya want for nothing?"), Ok(()), "{value}");
        assert_eq!(verifier.verify(&headers, b"nothing"), Err(SignatureError::Mismatch), "{value}");
    }
}

#[test]
fn what_is_signed_is_verified() {
    static FIELDS: HmacSignature = HmacSignature::new("s").content("{timestamp}.{body}").fields("t", "v1");
    static HEADER: HmacSignature = HmacSignature::new("s")
        .prefix("v0=")
        .base64()
        .sha512()
        .content("{body}{timestamp}")
        .timestamp_header("t");
    static BODY_ALONE: HmacSignature = HmacSignature::new("s").sha1();
    let verifiers = [&FIELDS, &HEADER, &BODY_ALONE].map(|signature| Verifier::hmac(signature, "x").unwrap());
    for verifier in verifiers.into_iter().chain([Verifier::standard(SECRET).unwrap()]) {
        let headers = verifier.sign("msg_1", b"{}", SystemTime::now());
        assert_eq!(verifier.verify(&headers, b"{}"), Ok(()), "{headers:?}");
        assert_eq!(verifier.verify(&headers, b"[]"), Err(SignatureError::Mismatch), "{headers:?}");
    }
    let verifier = Verifier::standard(SECRET).unwrap();
    let signed = verifier.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", BODY, at(1_614_265_330));
    assert_eq!(signed, standard(SIGNED));
}
