//! How webhooks are signed, as the settings say.

use crate::api::{Hmac, Signature, SignatureTimestamp};
use crate::diagnostics::{Diagnostics, Place, codes};
use crate::settings::{Settings, SignatureScheme, SignatureSettings};

/// The signature that the settings describe.
pub(super) fn signature(settings: &Settings, diagnostics: &mut Diagnostics) -> Option<Signature> {
    let declared = settings.webhooks.signature.as_ref()?;
    let read = match declared.scheme {
        SignatureScheme::Standard => standard(declared),
        SignatureScheme::Hmac => hmac(declared).map(Signature::Hmac),
    };
    read.map_err(|problem| {
        let message = format!("`webhooks.signature` in the settings is invalid: {problem}");
        let help = "Correct the entry, or remove it.";
        diagnostics.report(&codes::INVALID_WEBHOOK_SETTING, &Place::default(), message, help);
    })
    .ok()
}

fn standard(declared: &SignatureSettings) -> Result<Signature, String> {
    let SignatureSettings {
        scheme: _,
        header,
        prefix,
        encoding: _,
        hash: _,
        content,
        timestamp_header,
        fields,
    } = declared;
    let has_more = [header, prefix, content, timestamp_header].iter().any(|one| one.is_some());
    match has_more || fields.is_some() {
        true => Err("the scheme `standard` has no further keys".to_owned()),
        false => Ok(Signature::Standard),
    }
}

fn hmac(declared: &SignatureSettings) -> Result<Hmac, String> {
    let header = declared.header.clone().ok_or("it has no `header`")?;
    let timestamp = match (&declared.timestamp_header, &declared.fields) {
        (None, None) => SignatureTimestamp::None,
        (Some(header), None) => SignatureTimestamp::Header(header.clone()),
        (None, Some(fields)) => {
            SignatureTimestamp::Fields(fields.timestamp.clone(), fields.signature.clone())
        }
        (Some(_), Some(_)) => return Err("`timestamp_header` and `fields` exclude each other".to_owned()),
    };
    for name in [Some(&header), declared.timestamp_header.as_ref()].into_iter().flatten() {
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        {
            return Err(format!("{name:?} isn't the name of a header"));
        }
    }
    let content = declared.content.clone().unwrap_or_else(|| "{body}".to_owned());
    if content.matches("{body}").count() != 1 {
        return Err("`content` must have `{body}` once".to_owned());
    }
    if content.contains("{timestamp}") == (timestamp == SignatureTimestamp::None) {
        return Err("`content` must have `{timestamp}` if, and only if, it is said where that is".to_owned());
    }
    Ok(Hmac {
        header,
        prefix: declared.prefix.clone().unwrap_or_default(),
        encoding: declared.encoding,
        hash: declared.hash,
        content,
        timestamp,
    })
}
