//! Conflict markers that a merge has left in a text.

/// The line of the first conflict, from 1: three markers at the beginnings of lines, in their order.
pub fn conflict(text: &[u8]) -> Option<usize> {
    let lines = || text.split(|byte| *byte == b'\n').zip(1..);
    let begins = |line: &[u8], marker: &[u8]| {
        let rest = line.strip_prefix(marker);
        rest.is_some_and(|rest| rest.first().is_none_or(|byte| matches!(byte, b' ' | b'\r')))
    };
    let (_, first) = lines().find(|(line, _)| begins(line, b"<<<<<<<"))?;
    let mut rest = lines().skip(first);
    rest.find(|(line, _)| begins(line, b"======="))?;
    rest.find(|(line, _)| begins(line, b">>>>>>>"))?;
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_markers_make_a_conflict() {
        let text = "a: 1\r\n<<<<<<< HEAD\r\nb: 1\r\n=======\r\nb: 2\r\n>>>>>>> other\r\n";
        assert_eq!(conflict(text.as_bytes()), Some(2));
        assert_eq!(conflict(b"<<<<<<<\n=======\n>>>>>>>"), Some(1));
        for text in [
            "<<<<<<< HEAD\n=======\n",
            "  <<<<<<< a\n=======\n>>>>>>> b\n",
            "<<<<<<<<\n=======\n>>>>>>> b",
            "",
        ] {
            assert_eq!(conflict(text.as_bytes()), None, "{text}");
        }
    }
}
