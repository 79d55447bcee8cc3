//! Which requests get a key by which the service recognises them if they are sent again.

use crate::api::{IdempotencyKeys, Operation};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::Settings;
use crate::source::is_token;

/// What the settings say about idempotency keys. An entry that has no effect is told.
pub(super) fn keys(
    settings: &Settings,
    operations: &[Operation],
    diagnostics: &mut Diagnostics,
) -> Option<IdempotencyKeys> {
    let declared = settings.idempotency_keys.as_ref()?;
    let header = declared.header.to_ascii_lowercase();
    if !is_token(&header) {
        let message = format!(
            "`idempotency_keys.header` in the settings, {:?}, isn't the name of a header",
            declared.header
        );
        let help = "Correct it, or leave it out for `Idempotency-Key`.";
        let place = settings.place(&["idempotency_keys", "header"]);
        diagnostics.report(&codes::INVALID_IDEMPOTENCY_HEADER, &place, message, help);
        return None;
    }
    let mut methods = Vec::with_capacity(declared.methods.len());
    for (index, method) in declared.methods.iter().enumerate() {
        let method = method.to_ascii_uppercase();
        if !operations.iter().any(|operation| operation.method == method) {
            let message = format!(
                "`idempotency_keys.methods` in the settings has {method:?}, the method of no operation"
            );
            let help = "Correct the entry, or remove it.";
            let place = settings.place(&["idempotency_keys", "methods", &index.to_string()]);
            diagnostics.report(&codes::UNUSED_SETTING, &place, message, help);
        } else if !methods.contains(&method) {
            methods.push(method);
        }
    }
    Some(IdempotencyKeys { header, methods })
}
