//! Security schemes and requirements of several documents.

use super::one::{Telling, free};
use crate::diagnostics::{Diagnostics, codes};
use crate::source::document::{Document, SecurityRequirement, SecurityScheme};

/// Adds the security schemes of `document` to those of `whole`. Its operations get the requirements that it has for
/// those without their own.
pub(super) fn join(
    whole: &mut Document,
    document: &mut Document,
    name: &str,
    telling: &Telling,
    diagnostics: &mut Diagnostics,
) {
    let schemes = std::mem::take(&mut document.security_schemes);
    let mut renamed = Vec::new();
    for (own, scheme) in schemes {
        match whole.security_schemes.get(&own) {
            Some(known) if is_same(known, &scheme) => {}
            Some(known) => {
                let new = free(&format!("{name} {own}"), |new| whole.security_schemes.contains_key(new));
                let message = format!(
                    "the security scheme {own:?} isn't the same as the one at {}, and is called {new:?}",
                    telling.told(&known.place)
                );
                let help = "Give it the same details in both documents, or another name in one of them.";
                diagnostics.report(&codes::RENAMED_SECURITY_SCHEME, &scheme.place, message, help);
                whole.security_schemes.insert(new.clone(), scheme);
                renamed.push((own, new));
            }
            None => {
                whole.security_schemes.insert(own, scheme);
            }
        }
    }
    let rename = |requirement: &mut SecurityRequirement| {
        let entries = std::mem::take(requirement).into_iter().map(|(own, scopes)| {
            let new = renamed.iter().find(|(was, _)| *was == own).map(|(_, new)| new.clone());
            (new.unwrap_or(own), scopes)
        });
        *requirement = entries.collect();
    };
    document.security.iter_mut().for_each(rename);
    for operation in &mut document.operations {
        match &mut operation.security {
            Some(own) => own.iter_mut().for_each(rename),
            None if document.security != whole.security => {
                operation.security = Some(document.security.clone())
            }
            None => {}
        }
    }
}

/// Whether both schemes are the same, whatever is said about them in words.
fn is_same(one: &SecurityScheme, other: &SecurityScheme) -> bool {
    use openapiv3::SecurityScheme as Scheme;
    let silent = |scheme: &SecurityScheme| {
        let mut declared = scheme.declared.clone();
        let (Scheme::APIKey { description, .. }
        | Scheme::HTTP { description, .. }
        | Scheme::OAuth2 { description, .. }
        | Scheme::OpenIDConnect { description, .. }) = &mut declared;
        *description = None;
        declared
    };
    silent(one) == silent(other) && one.deprecated == other.deprecated
}
