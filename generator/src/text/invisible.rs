//! Characters that aren't seen, and change how others are.

/// Whether a terminal or an editor shows nothing for `c`, or text around it otherwise than it is written: control characters
/// beyond ASCII (some start commands of terminals), marks of direction, and what has no width.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}
