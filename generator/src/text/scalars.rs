//! The value of a YAML scalar, by YAML 1.2's core schema (10.3.2).

use saphyr_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

/// The value of a scalar, or why there is none.
pub(super) fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, String> {
    let string = || Value::String(text.to_owned());
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain { plain(text) } else { Ok(string()) };
    };
    let value = match tag.suffix.as_str() {
        "str" if tag.is_yaml_core_schema() => return Ok(string()),
        // The tag `!` alone turns anything into a string.
        "" if tag.handle == "!" => return Ok(string()),
        "null" | "bool" | "int" | "float" if tag.is_yaml_core_schema() => plain(text)?,
        _ => return Err(format!("the tag {:?} isn't supported", tag.to_string())),
    };
    let fits = match tag.suffix.as_str() {
        "null" => value.is_null(),
        "bool" => value.is_boolean(),
        "int" => value.as_number().is_some_and(|number| !number.is_f64()),
        _ => value.is_number(),
    };
    if fits { Ok(value) } else { Err(format!("{text:?} isn't a valid {}", tag.suffix)) }
}

/// The value of a scalar without quotes.
fn plain(text: &str) -> Result<Value, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        _ => {}
    }
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return Ok(Value::String(text.to_owned()));
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return Err(format!("JSON can't represent the number {text}"));
    }
    let number = match integer(text, unsigned) {
        Some(number) => number,
        None if is_float(unsigned) => float(text)?,
        None => return Ok(Value::String(text.to_owned())),
    };
    Ok(Value::Number(number))
}

fn integer(text: &str, unsigned: &str) -> Option<Number> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix)
            && !digits.starts_with('+')
        {
            return u64::from_str_radix(digits, radix).ok().map(Number::from);
        }
    }
    // `007` is more likely an identifier than the number 7.
    let leading_zero = unsigned.len() > 1 && unsigned.starts_with('0');
    if leading_zero || unsigned.is_empty() || !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    text.parse::<u64>().map(Number::from).or_else(|_| text.parse::<i64>().map(Number::from)).ok()
}

/// Whether the text is `digits[.digits][e[sign]digits]`, with digits on at least one side of the point.
fn is_float(unsigned: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    let exponent = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    !leading_zero
        && digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent
}

fn float(text: &str) -> Result<Number, String> {
    let number: f64 = text.parse().map_err(|_| format!("{text} isn't a number"))?;
    Number::from_f64(number).ok_or_else(|| format!("the number {text} is out of range"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_core_schema() {
        for (text, expected) in [
            ("~", json!(null)),
            ("True", json!(true)),
            ("yes", json!("yes")),
            ("12", json!(12)),
            ("-9223372036854775808", json!(i64::MIN)),
            ("18446744073709551615", json!(u64::MAX)),
            ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
            ("+1", json!(1)),
            ("0x1F", json!(31)),
            ("0o17", json!(15)),
            ("007", json!("007")),
            ("00.5", json!("00.5")),
            ("1.", json!(1.0)),
            ("-.5e-3", json!(-0.0005)),
            ("1e3", json!(1000.0)),
            ("e3", json!("e3")),
            ("1e", json!("1e")),
            (".", json!(".")),
            ("-", json!("-")),
            ("1.2.3", json!("1.2.3")),
            ("2020-01-01", json!("2020-01-01")),
            ("1_000", json!("1_000")),
            ("infinity", json!("infinity")),
            ("0x+1", json!("0x+1")),
        ] {
            assert_eq!(plain(text).unwrap(), expected, "{text}");
        }
        for text in [".nan", "-.inf", "1e999"] {
            assert!(plain(text).is_err(), "{text}");
        }
    }
}
