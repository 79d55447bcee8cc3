//! What limits the values of a schema.

use serde_json::Number;

/// The limits of a schema. Most schemas have none, and then this takes no space.
#[derive(Clone, Debug, Default)]
pub struct Limits(Option<Box<LimitKeywords>>);

impl Limits {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl std::ops::Deref for Limits {
    type Target = LimitKeywords;

    fn deref(&self) -> &LimitKeywords {
        self.0.as_deref().unwrap_or(&LimitKeywords::NONE)
    }
}

impl std::ops::DerefMut for Limits {
    fn deref_mut(&mut self) -> &mut LimitKeywords {
        self.0.get_or_insert_default()
    }
}

/// The keywords that limit numbers, strings, arrays and objects (2020-12 validation, 6.2 to 6.5).
#[derive(Clone, Debug, Default)]
pub struct LimitKeywords {
    /// `minLength`.
    pub min_length: Option<u64>,
    /// `maxLength`.
    pub max_length: Option<u64>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `minimum`.
    pub minimum: Option<Number>,
    /// `maximum`.
    pub maximum: Option<Number>,
    /// `exclusiveMinimum`, as a number.
    pub exclusive_minimum: Option<Number>,
    /// `exclusiveMaximum`, as a number.
    pub exclusive_maximum: Option<Number>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
}

impl LimitKeywords {
    const NONE: Self = Self {
        min_length: None,
        max_length: None,
        pattern: None,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        min_properties: None,
        max_properties: None,
    };
}
