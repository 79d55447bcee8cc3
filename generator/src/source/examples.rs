//! The examples of a document. Only tests of a crate have a use for them, so they are kept only if they are asked for.

use serde_json::Value;

use super::at::At;
use super::reader::Reader;

impl<'a> Reader<'a> {
    /// Reports `examples` that don't exist, and members of others. Examples in a list are a schema's.
    pub(super) fn examples(&mut self, owner: &At<'a>) {
        self.keep_example(owner, || owner.value_of("example"));
        if owner.value.get("examples").is_some_and(Value::is_array) {
            return;
        }
        for (_, example) in self.map(owner, "examples") {
            let example =
                self.dispensable("the example is ignored", |reader| reader.follow(example, "examples"));
            let Some(example) = example else { continue };
            self.no_use(&example, "examples", &["externalValue", "dataValue", "serializedValue"]);
            self.keep_example(owner, || example.value_of("value").or_else(|| example.value_of("dataValue")));
        }
    }

    /// Keeps the example of a schema.
    pub(super) fn example_of_schema(&mut self, schema: &At<'a>) {
        self.keep_example(schema, || {
            let listed = || schema.value_of("examples")?.as_array()?.first();
            schema.value_of("example").or_else(listed)
        });
    }

    /// Keeps an example of what is `at`, unless there is one.
    fn keep_example(&mut self, at: &At<'a>, example: impl FnOnce() -> Option<&'a Value>) {
        if let Some(kept) = &mut self.found_examples {
            kept.keep(&at.place, example);
        }
    }
}
