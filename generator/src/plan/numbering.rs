//! Names that several things would have: all but the first get a number.

use std::collections::BTreeMap;

/// The keys of names that are taken, each with the number of those that would have it.
pub(super) type Taken = BTreeMap<String, usize>;

/// Takes `want`, or else the first that is free of what `numbered` makes of 2, 3 and so on. Names with the same `key` are
/// one. It goes on from the number that was given last, so that a thousand names don't try each other's numbers.
pub(super) fn first_free(
    taken: &mut Taken,
    want: &str,
    key: impl Fn(&str) -> String,
    numbered: impl Fn(usize) -> String,
) -> String {
    let wanted = key(want);
    let Some(last) = taken.get(&wanted).copied() else {
        taken.insert(wanted, 1);
        return want.to_owned();
    };
    let mut others = (last + 1..).map(|count| (count, numbered(count)));
    let (count, name) = others.find(|(_, name)| !taken.contains_key(&key(name))).unwrap_or_default();
    taken.insert(wanted, count);
    taken.insert(key(&name), 1);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_first_that_is_free() {
        let mut taken = Taken::from([("list 3".to_owned(), 1)]);
        let mut next =
            |want: &str| first_free(&mut taken, want, str::to_lowercase, |count| format!("{want} {count}"));
        assert_eq!(
            ["List", "list", "List", "List 2", "LIST"].map(&mut next),
            ["List", "list 2", "List 4", "List 2 2", "LIST 5"]
        );
    }
}
