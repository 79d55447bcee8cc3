//! What caused an error, in words.

use std::error::Error;
use std::fmt;
use std::iter::successors;

/// How many causes of causes are kept.
const MOST_CAUSES: usize = 16;

/// What caused an error, in words: the messages are all that is kept of it, so that it can be cloned and `Debug` shows
/// nothing more.
#[derive(Clone, Debug)]
pub(crate) struct Cause {
    message: String,
    source: Option<Box<Self>>,
}

impl Cause {
    /// The messages of `error` and of what caused it, without those that the one before has said already.
    pub fn of(error: &(dyn Error + 'static)) -> Self {
        let mut said: Vec<String> = Vec::new();
        for error in successors(Some(error), |&error| error.source()).take(MOST_CAUSES) {
            let message = error.to_string();
            if said.last().is_none_or(|last| !last.contains(&message)) {
                said.push(message);
            }
        }
        let first = said.first().cloned().unwrap_or_default();
        let sources = said.into_iter().skip(1).rev();
        let source = sources.fold(None, |source, message| Some(Box::new(Self { message, source })));
        Self { message: first, source }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// For `{:#}`, writes the messages of an error's causes after colons.
pub(crate) fn write_causes(f: &mut fmt::Formatter<'_>, error: Option<&(dyn Error + 'static)>) -> fmt::Result {
    if f.alternate() {
        for cause in successors(error, |&cause| cause.source()) {
            write!(f, ": {cause}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[derive(Debug)]
    struct Outer(&'static str, io::Error);

    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Outer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.1)
        }
    }

    #[test]
    fn each_thing_is_said_once() {
        let said = |message| {
            let cause = Cause::of(&Outer(message, io::Error::other("refused")));
            successors(Some(&cause as &dyn Error), |&cause| cause.source()).map(ToString::to_string).collect()
        };
        let (apart, together): (Vec<String>, Vec<String>) = (said("no connection"), said("TCP: refused"));
        assert_eq!(apart, ["no connection", "refused"]);
        assert_eq!(together, ["TCP: refused"]);
    }
}
