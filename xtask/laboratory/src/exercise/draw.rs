//! Draws values of a document's schemas: minimal and maximal valid ones.

use indexmap::IndexMap;
use openapi_generator::source::document::{Document, SchemaId, Type};
use serde_json::{Map, Value, json};

use super::facets::Facets;
use super::texts::{self, TextRules};
use super::unions::{Told, told};

/// How much optional content to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Only what is required.
    Minimal,
    /// Every property, and texts and lists as long as possible.
    Maximal,
}

/// The number of values after which only required ones are drawn.
const BUDGET: usize = 5_000;

/// The number of alternatives to try if the first can't be drawn.
const RETRIES: usize = 8;

/// The maximum length of a chain of references.
const DEPTH: usize = 40;

/// The number of elements of a list beyond its minimum.
const ELEMENTS: usize = 2;

/// The maximum number of elements of a list whose schema limits it.
const BOUNDED_ELEMENTS: usize = 20;

/// Draws values of the schemas of one document.
pub struct Draw<'a> {
    document: &'a Document,
    extent: Extent,
    /// The index of the alternative to take of each union, modulo their number.
    choice: usize,
    /// The largest number of alternatives of a union so far.
    pub alternatives: usize,
    /// Texts of unions whose alternative only a little-known format determines.
    pub told_by_format: Vec<String>,
    /// The discriminated properties, and the alternatives taken.
    pub chosen: Vec<(String, String)>,
    /// Keeps the elements of a list distinct.
    element: usize,
    budget: usize,
    /// The schemas that are being drawn, outermost first.
    open: Vec<SchemaId>,
}

impl<'a> Draw<'a> {
    /// Draws with the alternative of index `choice` of each union.
    pub fn new(document: &'a Document, extent: Extent, choice: usize) -> Self {
        Self {
            document,
            extent,
            choice,
            alternatives: 1,
            told_by_format: Vec::new(),
            chosen: Vec::new(),
            element: 0,
            budget: BUDGET,
            open: Vec::new(),
        }
    }

    /// A value of the schema; `None` if none can be drawn, e.g. because the schema requires itself.
    pub fn value(&mut self, id: SchemaId) -> Option<Value> {
        self.value_of(&[id])
    }

    /// A value that satisfies all these schemas. If one alternative has no value, it tries others;
    /// alternatives whose texts match no other alternative come first.
    fn value_of(&mut self, ids: &[SchemaId]) -> Option<Value> {
        let choice = self.choice;
        let mut mistakable = None;
        let drawn = (0..RETRIES).find_map(|turn| {
            self.choice = choice + turn;
            let facets = self.facets(ids);
            let is_union = facets.parts.iter().any(|part| !part.one_of.is_empty() || !part.any_of.is_empty());
            if turn > 0 && (!is_union || self.budget == 0) {
                return None;
            }
            let value = self.of_facets(&facets)?;
            match self.told(&facets, &value) {
                Told::Apart => Some(value),
                told => {
                    mistakable.get_or_insert((value, told));
                    None
                }
            }
        });
        self.choice = choice;
        drawn.or_else(|| {
            let (value, told) = mistakable?;
            if told == Told::ByFormat {
                self.told_by_format.extend(value.as_str().map(str::to_owned));
            }
            Some(value)
        })
    }

    /// What distinguishes the alternatives of each `oneOf` for a value; checked only for texts.
    fn told(&self, facets: &Facets<'a>, value: &Value) -> Told {
        let Value::String(text) = value else { return Told::Apart };
        let unions = facets.parts.iter().map(|part| told(self.document, &part.one_of, text));
        unions.max().unwrap_or(Told::Apart)
    }

    fn facets(&mut self, ids: &[SchemaId]) -> Facets<'a> {
        let mut facets = Facets::default();
        for id in ids {
            self.collect(*id, &mut facets);
        }
        facets
    }

    fn collect(&mut self, id: SchemaId, facets: &mut Facets<'a>) {
        if facets.ids.contains(&id) {
            return;
        }
        let schema = &self.document.schemas[id];
        facets.ids.push(id);
        facets.parts.push(schema);
        for part in schema.reference.iter().chain(&schema.all_of) {
            self.collect(*part, facets);
        }
        for union in [&schema.one_of, &schema.any_of] {
            let Some(chosen) = self.choose(union) else { continue };
            if let Some(discriminator) = &schema.discriminator {
                let target = self.behind(chosen);
                let mut mapping = discriminator.mapping.iter();
                let mapped = mapping.find(|(_, other)| self.behind(**other) == target);
                let name = self.document.schemas[target].name.as_deref();
                if let Some(tag) = mapped.map(|(value, _)| value.as_str()).or(name) {
                    facets.tags.push((&discriminator.property, tag));
                }
            }
            self.collect(chosen, facets);
        }
    }

    /// The schema at the end of the chain of references from `id`.
    fn behind(&self, id: SchemaId) -> SchemaId {
        let mut id = id;
        for _ in 0..DEPTH {
            match self.document.schemas[id].reference {
                Some(next) => id = next,
                None => break,
            }
        }
        id
    }

    /// The alternative to take: never null, nor one that is already being drawn.
    fn choose(&mut self, alternatives: &[SchemaId]) -> Option<SchemaId> {
        let usable = |id: &&SchemaId| {
            let target = self.behind(**id);
            self.document.schemas[target].types != [Type::Null] && !self.open.contains(&target)
        };
        let usable: Vec<SchemaId> = alternatives.iter().filter(usable).copied().collect();
        self.alternatives = self.alternatives.max(usable.len());
        match usable.len() {
            0 => alternatives.first().copied(),
            count => Some(usable[self.choice % count]),
        }
    }

    fn of_facets(&mut self, facets: &Facets<'a>) -> Option<Value> {
        let recursive = facets.ids.iter().any(|id| self.open.contains(id));
        if recursive || facets.is_impossible() || self.open.len() > DEPTH * 8 {
            return None;
        }
        self.budget = self.budget.saturating_sub(1);
        let before = self.open.len();
        self.open.extend(&facets.ids);
        let drawn = self.of_type(facets);
        self.open.truncate(before);
        drawn
    }

    fn of_type(&mut self, facets: &Facets<'a>) -> Option<Value> {
        if let Some(values) = facets.values() {
            let chosen = if self.is_maximal() { self.choice } else { 0 } + self.element;
            return (!values.is_empty()).then(|| values[chosen % values.len()].clone());
        }
        let types: Vec<Type> = facets.types().into_iter().filter(|kind| *kind != Type::Null).collect();
        let said_nothing = facets.parts.iter().all(|part| part.types.is_empty());
        self.alternatives = self.alternatives.max(types.len());
        let kind = match types.len() {
            0 if said_nothing => facets.implied(),
            0 => return None,
            count => Some(types[self.choice % count]),
        };
        match kind {
            Some(Type::Boolean) => Some(json!(self.is_maximal())),
            Some(Type::String) => self.text(facets).map(Value::String),
            Some(Type::Integer) => self.number(facets, true),
            Some(Type::Number) => self.number(facets, false),
            Some(Type::Array) => self.array(facets),
            Some(Type::Object) => self.object(facets),
            Some(Type::Null) => Some(Value::Null),
            None if self.is_maximal() => Some(json!({ "any": [1, 0.5, true, null, "é"] })),
            None => Some(json!("any")),
        }
    }

    fn is_maximal(&self) -> bool {
        self.extent == Extent::Maximal && self.budget > 0
    }

    fn text(&self, facets: &Facets<'a>) -> Option<String> {
        let rules = TextRules {
            patterns: facets.parts.iter().filter_map(|part| part.limits.pattern.as_deref()).collect(),
            format: facets.first(|part| part.format.as_deref()),
            low: facets.most(|part| part.limits.min_length).unwrap_or(0),
            high: facets.least(|part| part.limits.max_length),
        };
        texts::text(&rules, self.is_maximal(), self.element)
    }

    fn number(&self, facets: &Facets<'a>, whole: bool) -> Option<Value> {
        let (low, high) = facets.bounds();
        let step = facets.first(|part| part.limits.multiple_of.as_ref().and_then(serde_json::Number::as_f64));
        let unit = step.unwrap_or(if whole { 1.0 } else { 0.5 });
        let floor = low.map(|(limit, excluded)| limit + if excluded { unit } else { 0.0 });
        let ceiling = high.map(|(limit, excluded)| limit - if excluded { unit } else { 0.0 });
        let offset = unit * self.element as f64;
        let value = match (self.is_maximal(), floor, ceiling) {
            (true, _, Some(ceiling)) => ceiling - offset,
            (true, Some(floor), None) => floor + unit * 7.0 + offset,
            (true, None, None) => unit * 7.0 + offset,
            (false, Some(floor), _) => floor + offset,
            (false, None, Some(ceiling)) => ceiling.min(0.0) - offset,
            (false, None, None) => offset,
        };
        let value = match step {
            Some(step) if self.is_maximal() => (value / step).floor() * step,
            Some(step) => (value / step).ceil() * step,
            None if whole && self.is_maximal() => value.floor(),
            None if whole => value.ceil(),
            None => value,
        };
        let fits = floor.is_none_or(|floor| value >= floor) && ceiling.is_none_or(|ceiling| value <= ceiling);
        // Above this, an `f64` isn't exact.
        let exact = value.fract() == 0.0 && value.abs() < 9e15;
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and in range")]
        fits.then(|| if exact { json!(value as i64) } else { json!(value) })
    }

    fn array(&mut self, facets: &Facets<'a>) -> Option<Value> {
        let low = facets.most(|part| part.limits.min_items).unwrap_or(0);
        let high = facets.least(|part| part.limits.max_items);
        let first: Vec<SchemaId> = facets
            .first(|part| (!part.prefix_items.is_empty()).then(|| part.prefix_items.clone()))
            .unwrap_or_default();
        let items: Vec<SchemaId> = facets.parts.iter().filter_map(|part| part.items).collect();
        let wanted = match (self.is_maximal(), high) {
            (false, _) => low.max(first.len()),
            (true, Some(high)) if high <= BOUNDED_ELEMENTS => high,
            (true, _) => low.max(first.len()).max(ELEMENTS),
        };
        let unique = facets.parts.iter().any(|part| part.limits.unique_items);
        let outer = self.element;
        let mut elements: Vec<Value> = Vec::new();
        for index in 0..wanted {
            self.element = outer + index;
            let drawn = match first.get(index) {
                Some(id) => self.value(*id),
                None if items.is_empty() => Some(json!(format!("any {index}"))),
                None => self.value_of(&items),
            };
            elements.extend(drawn.filter(|element| !(unique && elements.contains(element))));
        }
        self.element = outer;
        (elements.len() >= low.max(first.len())).then_some(Value::Array(elements))
    }

    fn object(&mut self, facets: &Facets<'a>) -> Option<Value> {
        let low = facets.most(|part| part.limits.min_properties).unwrap_or(0);
        let high = facets.least(|part| part.limits.max_properties).unwrap_or(usize::MAX);
        let mut object = Map::new();
        let mut spare = Vec::new();
        for (name, ids) in facets.properties() {
            let property = self.facets(&ids);
            if property.is_read_only() {
                continue;
            }
            if facets.requires(name) {
                object.insert(name.to_owned(), self.value_of(&ids)?);
            } else {
                spare.push((name, ids));
            }
        }
        self.undeclared(facets, &mut object)?;
        self.following(&mut spare, &mut object);
        for (name, ids) in spare {
            let wanted = self.is_maximal() || object.len() < low;
            if wanted && object.len() < high {
                object.extend(self.value_of(&ids).map(|value| (name.to_owned(), value)));
            }
        }
        self.additional(facets, low, high, &mut object);
        for (name, tag) in &facets.tags {
            object.insert((*name).to_owned(), json!(tag));
        }
        (object.len() >= low).then_some(Value::Object(object))
    }

    /// Draws the discriminated properties of `spare` together with their discriminators. The requests for the
    /// alternatives include them even if they are minimal.
    fn following(&mut self, spare: &mut Vec<(&str, Vec<SchemaId>)>, object: &mut Map<String, Value>) {
        spare.retain(|(name, ids)| {
            let Some((by, mapping)) = ids.iter().find_map(|id| self.followed(*id)) else { return true };
            // One iteration more than there are alternatives, since the first has requests without them.
            self.alternatives = self.alternatives.max(mapping.len() + 1);
            let Some((tag, target)) = mapping.get_index(self.choice % mapping.len()) else { return true };
            if let Some(value) =
                Some(()).filter(|()| self.is_maximal() || self.choice > 0).and_then(|()| self.value(*target))
            {
                object.insert((*name).to_owned(), value);
                object.extend(by.map(|by| (by.to_owned(), json!(tag))));
                self.chosen.push(((*name).to_owned(), tag.clone()));
            }
            false
        });
    }

    /// The discriminator of a schema, if any, and what its values select.
    fn followed(&self, id: SchemaId) -> Option<(Option<&'a str>, &'a IndexMap<String, SchemaId>)> {
        let document = self.document;
        let by = |id: SchemaId| document.schemas[id].discriminated_by.as_ref();
        let own = by(id).or_else(|| by(self.behind(id)))?;
        let mapping = own.mapping(&document.schemas)?;
        (!mapping.is_empty()).then_some((own.property.as_deref(), mapping))
    }

    /// Adds properties that are required but not declared.
    fn undeclared(&mut self, facets: &Facets<'a>, object: &mut Map<String, Value>) -> Option<()> {
        let declared = facets.properties();
        for name in facets.parts.iter().flat_map(|part| &part.required) {
            if object.contains_key(name) || declared.iter().any(|(known, _)| known == name) {
                continue;
            }
            let value = match facets.first(|part| part.additional_properties) {
                Some(id) => self.value(id)?,
                None => json!("any"),
            };
            object.insert(name.clone(), value);
        }
        Some(())
    }

    /// Adds undeclared properties, where the schema expects some.
    fn additional(&mut self, facets: &Facets<'a>, low: usize, high: usize, object: &mut Map<String, Value>) {
        let typed = facets.first(|part| part.additional_properties);
        let pattern = facets.first(|part| part.pattern_properties.iter().next());
        let is_map = typed.is_some_and(|id| self.document.schemas[id].boolean.is_none()) || pattern.is_some();
        let free = is_map || facets.properties().is_empty();
        let wanted = if self.is_maximal() && free { low.max(object.len() + ELEMENTS) } else { low };
        let names = facets.first(|part| part.property_names);
        let outer = self.element;
        // Twice as many iterations, to make up for duplicate names.
        for index in 0..wanted.min(high) * 2 {
            if object.len() >= wanted.min(high) {
                break;
            }
            self.element = outer + index;
            let name = match (names, pattern) {
                (Some(names), _) => self.value(names).and_then(|name| name.as_str().map(str::to_owned)),
                (None, Some((pattern, _))) => {
                    let rules = TextRules { patterns: vec![pattern], ..TextRules::default() };
                    texts::text(&rules, false, index)
                }
                (None, None) => Some(format!("extra{index}")),
            };
            let value = match pattern.map(|(_, id)| *id).or(typed) {
                Some(id) => self.value(id),
                None => Some(json!(format!("any {index}"))),
            };
            object.extend(name.zip(value));
        }
        self.element = outer;
    }
}
