//! Numbers as JSON writes them, compared and divided exactly.

use std::cmp::Ordering;

/// A decimal number: its digits, as an integer without zeros at either end, times a power of ten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    is_negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

/// Exponents beyond this are all the same, since no text has as many digits.
const MAX_EXPONENT: i64 = 1 << 40;

impl Decimal {
    /// The number that `text`, a valid JSON number, stands for.
    pub fn parse(text: &str) -> Self {
        let (number, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let is_small = power.starts_with('-');
        let limit = if is_small { -MAX_EXPONENT } else { MAX_EXPONENT };
        let mut exponent = power.parse().unwrap_or(limit).clamp(-MAX_EXPONENT, MAX_EXPONENT);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        exponent -= i64::try_from(fraction.len()).unwrap_or(MAX_EXPONENT);
        let digits = whole.trim_start_matches('-').bytes().chain(fraction.bytes());
        let mut digits: Vec<u8> =
            digits.skip_while(|digit| *digit == b'0').map(|digit| digit - b'0').collect();
        while digits.last() == Some(&0) {
            digits.pop();
            exponent += 1;
        }
        if digits.is_empty() {
            return Self { is_negative: false, digits, exponent: 0 };
        }
        Self { is_negative: text.starts_with('-'), digits, exponent }
    }

    /// The number as an integer, if it is one and fits.
    pub fn as_i128(&self) -> Option<i128> {
        let zeros = usize::try_from(self.exponent).ok().filter(|zeros| *zeros < 40)?;
        let sign = if self.is_negative { -1 } else { 1 };
        let mut digits = self.digits.iter().copied().chain(std::iter::repeat_n(0, zeros));
        digits.try_fold(0_i128, |number, digit| number.checked_mul(10)?.checked_add(sign * i128::from(digit)))
    }

    /// Whether the number is an integer of any size. In JSON Schema, `1.0` is one (2020-12 core, section
    /// 4.2.3).
    pub const fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// Whether the number is a whole multiple of `divisor`. Any number is a multiple of zero, which no
    /// document may ask for.
    pub fn is_multiple_of(&self, divisor: &Self) -> bool {
        if self.digits.is_empty() || divisor.digits.is_empty() {
            return true;
        }
        // Neither ends in a zero, so that a larger power of ten in the divisor leaves a rest.
        let Ok(zeros) = u64::try_from(self.exponent - divisor.exponent) else { return false };
        let Some(divisor) = unsigned(&divisor.digits) else { return false };
        let rest = self
            .digits
            .iter()
            .fold(0, |rest, digit| add(multiply(rest, 10, divisor), u128::from(*digit) % divisor, divisor));
        multiply(rest, power_of_ten(zeros, divisor), divisor) == 0
    }

    /// The power of ten of the first digit, plus one.
    fn magnitude(&self) -> i64 {
        i64::try_from(self.digits.len()).unwrap_or(MAX_EXPONENT) + self.exponent
    }

    /// How the number compares with another.
    pub fn order(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, false) => self.order_absolute(other),
            (true, true) => other.order_absolute(self),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }

    fn order_absolute(&self, other: &Self) -> Ordering {
        let by_digits = || self.digits.cmp(&other.digits);
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (false, false) => self.magnitude().cmp(&other.magnitude()).then_with(by_digits),
            _ => by_digits(),
        }
    }

    /// The same text for all ways to write one number.
    pub fn canonical_text(&self) -> String {
        let sign = if self.is_negative { "-" } else { "" };
        let digits: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        match self.exponent {
            _ if digits.is_empty() => "0".to_owned(),
            0 => sign.to_owned() + &digits,
            exponent => format!("{sign}{digits}e{exponent}"),
        }
    }
}

fn unsigned(digits: &[u8]) -> Option<u128> {
    digits.iter().try_fold(0_u128, |number, digit| number.checked_mul(10)?.checked_add(u128::from(*digit)))
}

/// `a + b`, both below `divisor`, without what `divisor` goes into.
const fn add(a: u128, b: u128, divisor: u128) -> u128 {
    if a >= divisor - b { a - (divisor - b) } else { a + b }
}

/// `a * b` without what `divisor` goes into.
fn multiply(mut a: u128, mut b: u128, divisor: u128) -> u128 {
    a %= divisor;
    b %= divisor;
    if let Some(product) = a.checked_mul(b) {
        return product % divisor;
    }
    let mut product = 0;
    while b > 0 {
        if b & 1 == 1 {
            product = add(product, a, divisor);
        }
        a = add(a, a, divisor);
        b >>= 1;
    }
    product
}

/// Ten to the power of `exponent`, without what `divisor` goes into.
fn power_of_ten(mut exponent: u64, divisor: u128) -> u128 {
    let (mut power, mut square) = (1 % divisor, 10 % divisor);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = multiply(power, square, divisor);
        }
        square = multiply(square, square, divisor);
        exponent >>= 1;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_text() {
        for (texts, expected) in [
            (&["0", "-0", "0.0", "0e5", "-0.00E-7"][..], "0"),
            (&["1.10", "1.1", "11e-1", "0.0110E2"], "11e-1"),
            (&["100", "1e2", "1E+2", "100.0", "1000e-1"], "1e2"),
            (&["-12345678901234567890123"], "-12345678901234567890123"),
            (&["1e99999999999999999999"], "1e1099511627776"),
        ] {
            for text in texts {
                assert_eq!(Decimal::parse(text).canonical_text(), expected, "{text}");
            }
        }
    }

    #[test]
    fn numbers_are_ordered_exactly() {
        let ascending = [
            "-1e400",
            "-10",
            "-9.5",
            "-1e-400",
            "0",
            "1e-400",
            "0.1",
            "0.10000000000000000001",
            "9",
            "10",
            "9007199254740992",
            "9007199254740993",
            "12345678901234567890123",
            "12345678901234567890124",
            "1e400",
        ];
        for (index, a) in ascending.iter().enumerate() {
            for (other, b) in ascending.iter().enumerate() {
                assert_eq!(Decimal::parse(a).order(&Decimal::parse(b)), index.cmp(&other), "{a} and {b}");
            }
        }
    }

    #[test]
    fn integers_are_those_that_are_whole() {
        let integer = |text| Decimal::parse(text).as_i128();
        assert_eq!(integer("9007199254740993.0"), Some(9_007_199_254_740_993));
        assert_eq!(integer("-1.5e1"), Some(-15));
        assert_eq!(integer("1e38"), Some(10_i128.pow(38)));
        assert_eq!(Decimal::parse(&i128::MIN.to_string()).as_i128(), Some(i128::MIN));
        assert_eq!(integer("1e39"), None);
        assert_eq!(integer("1.5"), None);
        assert!(Decimal::parse("1e400").is_integer() && !Decimal::parse("1e-1").is_integer());
    }

    #[test]
    fn multiples_are_exact() {
        for (number, divisor, expected) in [
            ("1e308", "0.5", true),
            ("1e308", "0.3", false),
            ("1e400", "7", false),
            ("0.3", "0.1", true),
            ("0.30000000000000004", "0.1", false),
            ("19.99", "0.01", true),
            ("19.999", "0.01", false),
            ("0", "0.01", true),
            ("-9", "3", true),
            ("10", "20", false),
            ("100", "10", true),
            ("12345678901234567890123", "3", true),
            ("12345678901234567890122", "3", false),
            ("12345678901234567890120", "3", true),
            ("340282366920938463463374607431768211455", "340282366920938463463374607431768211455", true),
            ("680564733841876926926749214863536422910", "340282366920938463463374607431768211455", true),
            ("680564733841876926926749214863536422911", "340282366920938463463374607431768211455", false),
        ] {
            let found = Decimal::parse(number).is_multiple_of(&Decimal::parse(divisor));
            assert_eq!(found, expected, "{number} and {divisor}");
        }
    }
}
