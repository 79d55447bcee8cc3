//! Two lists, matched by the names of what they have.

use std::collections::BTreeMap;

/// What two lists have.
pub(super) struct Matching<'a, T> {
    /// Each of the old list, with that of the new one that has the same name.
    pub(super) old: Vec<(&'a T, Option<&'a T>)>,
    /// What only the new list has.
    pub(super) added: Vec<&'a T>,
}

/// Matches `old` with `new`; of several with one name, the first counts.
pub(super) fn matching<'a, T, N: Ord>(
    old: &'a [T],
    new: &'a [T],
    name: impl Fn(&'a T) -> N,
) -> Matching<'a, T> {
    let (of_old, of_new) = (by_name(old, &name), by_name(new, &name));
    Matching {
        old: old.iter().map(|one| (one, of_new.get(&name(one)).copied())).collect(),
        added: new.iter().filter(|one| !of_old.contains_key(&name(one))).collect(),
    }
}

/// The members of a list by name; of several with one name, the first.
pub(super) fn by_name<'a, T, N: Ord>(
    list: impl IntoIterator<Item = &'a T>,
    name: impl Fn(&'a T) -> N,
) -> BTreeMap<N, &'a T> {
    let mut by_name = BTreeMap::new();
    for one in list {
        by_name.entry(name(one)).or_insert(one);
    }
    by_name
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_several_with_one_name_the_first_counts() {
        let (old, new) = ([(1, 'a'), (2, 'b'), (3, 'a')], [(4, 'c'), (5, 'a'), (6, 'a'), (7, 'c')]);
        let matching = super::matching(&old, &new, |one| one.1);
        let numbers = matching.old.iter().map(|(old, new)| (old.0, new.map(|new| new.0)));
        assert_eq!(numbers.collect::<Vec<_>>(), [(1, Some(5)), (2, None), (3, Some(5))]);
        assert_eq!(matching.added, [&(4, 'c'), &(7, 'c')]);
    }
}
