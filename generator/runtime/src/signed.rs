//! What of a webhook is signed, and the signature with a key.

use hmac::{KeyInit, Mac};

/// The hash function of a signature.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hash {
    Sha1,
    Sha256,
    Sha512,
}

/// What is signed beside the body, and how.
pub(crate) struct Signed<'r> {
    pub id: &'r str,
    pub timestamp: Option<&'r str>,
    pub content: &'static str,
    pub hash: Hash,
}

impl<'r> Signed<'r> {
    pub fn standard(id: &'r str, timestamp: &'r str) -> Self {
        Self { id, timestamp: Some(timestamp), content: "{id}.{timestamp}.{body}", hash: Hash::Sha256 }
    }

    /// The signature with this key.
    pub fn by(&self, key: &[u8], body: &[u8]) -> Vec<u8> {
        match self.hash {
            Hash::Sha1 => self.mac::<hmac::Hmac<sha1::Sha1>>(key, body).map(signature),
            Hash::Sha256 => self.mac::<hmac::Hmac<sha2::Sha256>>(key, body).map(signature),
            Hash::Sha512 => self.mac::<hmac::Hmac<sha2::Sha512>>(key, body).map(signature),
        }
        .unwrap_or_default()
    }

    /// Whether one of the signatures is that with this key. The comparison takes the same time whatever differs.
    pub fn is_by(&self, key: &[u8], body: &[u8], signatures: &[Vec<u8>]) -> bool {
        match self.hash {
            Hash::Sha1 => has(self.mac::<hmac::Hmac<sha1::Sha1>>(key, body), signatures),
            Hash::Sha256 => has(self.mac::<hmac::Hmac<sha2::Sha256>>(key, body), signatures),
            Hash::Sha512 => has(self.mac::<hmac::Hmac<sha2::Sha512>>(key, body), signatures),
        }
    }

    fn mac<M: Mac + KeyInit>(&self, key: &[u8], body: &[u8]) -> Option<M> {
        let mut mac = <M as KeyInit>::new_from_slice(key).ok()?;
        for piece in pieces(self.content) {
            mac.update(match piece {
                "{id}" => self.id.as_bytes(),
                "{timestamp}" => self.timestamp.unwrap_or_default().as_bytes(),
                "{body}" => body,
                text => text.as_bytes(),
            });
        }
        Some(mac)
    }
}

fn signature<M: Mac>(mac: M) -> Vec<u8> {
    mac.finalize().into_bytes().to_vec()
}

fn has<M: Mac + Clone>(mac: Option<M>, signatures: &[Vec<u8>]) -> bool {
    let Some(mac) = mac else { return false };
    signatures.iter().any(|signature| mac.clone().verify_slice(signature).is_ok())
}

/// The placeholders of a template, and the texts between them.
fn pieces(template: &'static str) -> Vec<&'static str> {
    const PLACEHOLDERS: [&str; 3] = ["{id}", "{timestamp}", "{body}"];
    let mut pieces = Vec::new();
    let mut rest = template;
    while !rest.is_empty() {
        let found = PLACEHOLDERS.iter().filter_map(|name| Some((rest.find(name)?, name.len())));
        let (start, length) = found.min().unwrap_or((rest.len(), 0));
        pieces.push(&rest[..start]);
        pieces.push(&rest[start..start + length]);
        rest = &rest[start + length..];
    }
    pieces
}
