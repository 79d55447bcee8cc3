//! Which properties of untyped JSON are secrets, and therefore never printed.

use std::cell::Cell;

/// Property names that end in one of these words hold secrets in any document. Case, `_`, `-` and digits at the end are
/// ignored, and so are [`QUALIFIERS`] after the word.
const SECRET_WORDS: &str =
    "password passwd passphrase secret token apikey privatekey signingkey accesskey credential credentials";

/// Words that say which secret it is: `clientSecretNew` is as secret as `clientSecret`.
const QUALIFIERS: &str = "new old current previous next primary secondary backup confirmation repeat value";

#[cfg(feature = "secrets")]
thread_local! {
    /// The secret names declared by the document of the model that this thread is printing.
    static SECRET_NAMES: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
}

/// While this lives, properties with some names are treated as secrets too. After that, and even if printing panics, those
/// are that were before.
#[derive(Debug)]
pub(crate) struct Hidden(&'static [&'static str]);

impl Hidden {
    /// Hides properties with one of `names`.
    pub fn of(names: &'static [&'static str]) -> Self {
        Self(SECRET_NAMES.replace(names))
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        SECRET_NAMES.set(self.0);
    }
}

/// Calls `print`, which treats properties with one of `names` as secrets too.
pub(crate) fn hiding<T>(names: &'static [&'static str], print: impl FnOnce() -> T) -> T {
    let _hidden = Hidden::of(names);
    print()
}

/// Whether a property's value must not be printed.
pub(crate) fn is_secret(name: &str) -> bool {
    #[cfg(feature = "secrets")]
    if SECRET_NAMES.get().iter().any(|secret| secret.eq_ignore_ascii_case(name)) {
        return true;
    }
    let name = name.to_ascii_lowercase().replace(['_', '-'], "");
    let mut name = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    while let Some(rest) = QUALIFIERS.split(' ').find_map(|word| name.strip_suffix(word)) {
        name = rest;
    }
    SECRET_WORDS.split(' ').any(|word| name.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_end_in_a_secret_word_are_secrets_in_any_document() {
        for name in ["password", "client_secret", "clientSecret", "API-Key", "refresh_token", "Credentials"] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "clientSecretNew",
            "accessToken",
            "api_secret",
            "password_2",
            "old_password_value",
            "secret-old-1",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in
            ["", "new", "name", "key", "token_lifetime", "password_policy", "new_value", "renew", "tokenizer"]
        {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn names_of_a_document_are_secrets_only_while_it_is_printed() {
        let seen = hiding(&["Key"], || {
            let inner = hiding(&["other"], || [is_secret("key"), is_secret("other")]);
            (is_secret("KEY"), inner)
        });
        assert_eq!(seen, (true, [false, true]));
        assert!(!is_secret("key"));
        assert!(std::panic::catch_unwind(|| hiding(&["key"], || panic!("on purpose"))).is_err());
        assert!(!is_secret("key"));
    }
}
