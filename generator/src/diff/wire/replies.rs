//! Responses: statuses, content and headers.

use super::bodies::essence;
use super::values::Slot;
use super::{At, Comparison};
use super::{Origin, Part};
use crate::api::{Parameter, Reply, ReplyContent};
use crate::diff::rules::{self, Direction};
use crate::rust::status_word;

/// The successes and the failures of an operation.
type Replies<'a> = (&'a [Reply], &'a [Reply]);

impl Comparison<'_> {
    pub(super) fn replies(&mut self, at: &At, old: Replies<'_>, new: Replies<'_>) {
        let place = |reply: &Reply| {
            let word = status_word(reply.status);
            let at = At {
                subject: Origin::new(&at.subject.group, Part::Response(reply.status)),
                ..at.called(word).directions(&[Direction::Response])
            };
            (at, Some(status_word(reply.status)))
        };
        for (old, new, added, removed) in [
            (old.0, new.0, &rules::SUCCESS_ADDED, &rules::SUCCESS_REMOVED),
            (old.1, new.1, &rules::FAILURE_ADDED, &rules::FAILURE_REMOVED),
        ] {
            let find =
                |list: &[Reply], reply: &Reply| list.iter().position(|other| other.status == reply.status);
            for reply in old {
                let (at, word) = place(reply);
                match find(new, reply) {
                    Some(other) => {
                        let at = at.places(&reply.place, &new[other].place);
                        self.reply(&at, reply, &new[other]);
                    }
                    None => self.report(removed, &at.places(&reply.place, None), word, None),
                }
            }
            for reply in new.iter().filter(|reply| find(old, reply).is_none()) {
                let (at, word) = place(reply);
                self.report(added, &at.places(None, &reply.place), None, word);
            }
        }
    }

    fn reply(&mut self, at: &At, old: &Reply, new: &Reply) {
        let Reply { status: _, docs, content, headers, place: _ } = old;
        self.docs(at, docs, &new.docs);
        match (content, &new.content) {
            (Some(old), Some(new)) => self.reply_content(at, old, new),
            (None, Some(new)) => {
                self.report(&rules::CONTENT_ADDED, at, None, Some(new.media_type.clone()));
            }
            (Some(old), None) => {
                self.report(&rules::CONTENT_REMOVED, at, Some(old.media_type.clone()), None);
            }
            (None, None) => {}
        }
        self.headers(at, headers, &new.headers);
    }

    fn reply_content(&mut self, at: &At, old: &ReplyContent, new: &ReplyContent) {
        // How the bytes become a value follows from the media type and the type.
        let ReplyContent { media_type, encoding: _, ty, others: _ } = old;
        if essence(media_type) != essence(&new.media_type) {
            let gone = at.called(media_type.clone());
            self.report(&rules::MEDIA_TYPE_REMOVED, &gone, Some(media_type.clone()), None);
            let fresh = at.called(new.media_type.clone());
            self.report(&rules::MEDIA_TYPE_ADDED, &fresh, None, Some(new.media_type.clone()));
        }
        self.value(&at.called("the body"), Slot::of(ty, &[]), Slot::of(&new.ty, &[]));
    }

    fn headers(&mut self, at: &At, old: &[Parameter], new: &[Parameter]) {
        let place = |header: &Parameter| At {
            subject: Origin::new(&at.subject.group, Part::Header(header.wire.clone())),
            ..at.called(format!("`{}`", header.wire))
        };
        let find = |list: &[Parameter], header: &Parameter| {
            list.iter().position(|other| other.wire.eq_ignore_ascii_case(&header.wire))
        };
        for header in old {
            let Some(other) = find(new, header).map(|at| &new[at]) else {
                let at = place(header).places(&header.place, None);
                self.report(&rules::HEADER_REMOVED, &at, Some(header.wire.clone()), None);
                continue;
            };
            let at = place(header).places(&header.place, &other.place);
            self.docs(&at, &header.docs, &other.docs);
            self.deprecation(&at, header.deprecated, other.deprecated);
            match (header.required, other.required) {
                (false, true) => self.report(&rules::HEADER_BECAME_REQUIRED, &at, None, None),
                (true, false) => self.report(&rules::HEADER_BECAME_OPTIONAL, &at, None, None),
                _ => {}
            }
            // What a header obeys isn't checked, but is promised.
            self.value(&at, Slot::of(&header.ty, &header.rules), Slot::of(&other.ty, &other.rules));
        }
        for header in new.iter().filter(|header| find(old, header).is_none()) {
            let at = place(header).places(None, &header.place);
            self.report(&rules::HEADER_ADDED, &at, None, Some(header.wire.clone()));
        }
    }
}
