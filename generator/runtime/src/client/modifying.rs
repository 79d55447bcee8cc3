//! How a safe partial update is sent: on the condition that nothing has changed where the document has entity tags,
//! otherwise after a second read.

use http::header::{ACCEPT_ENCODING, ETAG};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::client::client::Client;
use crate::client::options::CallOptions;
use crate::http::operation::Operation;
use crate::modify::{Change, Changed, DocumentOf, ErrorOf, Modification, Modify, ModifyError, ReadOf};

/// How often a write is sent whose condition doesn't hold.
const ATTEMPTS: u32 = 4;

type WrittenOf<M> = <<M as Modification>::Write as Operation>::Output;

impl<M: Modification> Change<M> {
    /// Writes the change. Returns `None` if there is nothing to write.
    ///
    /// If the document has entity tags for it, the write has `If-Match`, and the server refuses it if anyone has changed
    /// the resource since it was read. Then it is read again, and if its properties still have the values that the
    /// change is based on, the write is repeated with the new tag, three times at most. Without entity tags, the
    /// resource is read again before the write. A change between this read and the write goes unnoticed.
    ///
    /// # Errors
    /// Someone else has changed a property, or one of the calls failed.
    pub async fn send(mut self, client: &Client<DocumentOf<M>>) -> Result<Option<WrittenOf<M>>, ErrorOf<M>> {
        if self.is_empty() {
            return Ok(None);
        }
        for _ in 0..ATTEMPTS {
            if let Some(written) = self.attempt(client).await? {
                return Ok(Some(written));
            }
            let (read, tag) = read(&self.modification, client).await?;
            self.check(read)?;
            self.tag = tag;
        }
        Err(ModifyError::Conflict { properties: Vec::new() })
    }

    /// Writes the change; `None` if its condition doesn't hold. If it has none, the resource is read again first.
    async fn attempt(&self, client: &Client<DocumentOf<M>>) -> Result<Option<WrittenOf<M>>, ErrorOf<M>> {
        if self.tag.is_none() {
            let (again, _) = read(&self.modification, client).await?;
            self.check(again)?;
        }
        match client.send(&self.write()?).await {
            Err(error) if self.tag.is_some() && error.status() == Some(StatusCode::PRECONDITION_FAILED) => {
                Ok(None)
            }
            other => other.map(Some).map_err(ModifyError::Write),
        }
    }
}

impl<M: Modification, R: Changed, C: FnMut(&mut M::Body) -> R> Modify<M, C> {
    /// Reads and computes what to send. Writes nothing.
    ///
    /// # Errors
    /// The read failed, the closure did, or the change can't be sent safely.
    pub async fn plan(mut self, client: &Client<DocumentOf<M>>) -> Result<Change<M>, ErrorOf<M>> {
        self.planned(client).await
    }

    async fn planned(&mut self, client: &Client<DocumentOf<M>>) -> Result<Change<M>, ErrorOf<M>> {
        let (read, tag) = read(&self.modification, client).await?;
        let validate = client.calling.validate();
        let mut change = Change::computed(self.modification.clone(), read, &mut self.change, validate)?;
        change.tag = tag;
        Ok(change)
    }

    /// Reads, computes what differs, and writes it. If nothing differs, writes nothing and returns `None`.
    ///
    /// If the document has entity tags for it, the write has `If-Match`, and the server refuses it if anyone has changed
    /// the resource since it was read. Then all of this is repeated with what is there now, three times at most, so
    /// the closure may be called again. Without entity tags, the resource is read again before the write, and a
    /// difference is [`ModifyError::Conflict`]. A change between this read and the write goes unnoticed.
    ///
    /// # Errors
    /// A call failed, the closure did, someone else has changed the resource, or the change can't be sent safely.
    pub async fn send(mut self, client: &Client<DocumentOf<M>>) -> Result<Option<WrittenOf<M>>, ErrorOf<M>> {
        for _ in 0..ATTEMPTS {
            let change = self.planned(client).await?;
            if change.is_empty() {
                return Ok(None);
            }
            if let Some(written) = change.attempt(client).await? {
                return Ok(Some(written));
            }
        }
        Err(ModifyError::Conflict { properties: Vec::new() })
    }
}

/// Reads the resource, and its entity tag if the write takes one.
async fn read<M: Modification>(
    modification: &M,
    client: &Client<DocumentOf<M>>,
) -> Result<(ReadOf<M>, Option<String>), ErrorOf<M>> {
    if !M::CONDITIONAL {
        let read = client.send(&modification.read()).await.map_err(ModifyError::Read)?;
        return Ok((read, None));
    }
    // Each content coding can have a tag of its own, which the write's condition doesn't know.
    let identity = CallOptions::new().header(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let response = client.with(identity).respond(&modification.read()).await.map_err(ModifyError::Read)?;
    let tag = strong_tag(response.headers());
    Ok((response.into_body(), tag))
}

/// The entity tag, if it can be the condition of a write: a weak one never is (RFC 9110, section 13.1.1).
fn strong_tag(headers: &HeaderMap) -> Option<String> {
    let tag = headers.get(ETAG)?.to_str().ok()?;
    (tag.len() >= 2 && tag.starts_with('"') && tag.ends_with('"')).then(|| tag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_strong_tags_are_conditions() {
        let tag = |value: &'static str| {
            strong_tag(&HeaderMap::from_iter([(ETAG, HeaderValue::from_static(value))]))
        };
        assert_eq!(tag("\"a\""), Some("\"a\"".to_owned()));
        assert_eq!(tag("\"\""), Some("\"\"".to_owned()));
        for other in ["W/\"a\"", "a", "\"", ""] {
            assert_eq!(tag(other), None, "{other}");
        }
        assert_eq!(strong_tag(&HeaderMap::new()), None);
    }
}
