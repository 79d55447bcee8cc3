//! Rules about public items of the generated crate, for what no change on the wire accounts for.

use super::*;

const A_ONLY_RESPONSE: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}}}}}, components: {schemas: {Thing: {type: object, properties: {a: {type: string}}}}}}";
const A_BOTH: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}}}, put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}, responses: {'204': {description: Done.}}}}}, \
      components: {schemas: {Thing: {type: object, properties: {a: {type: string}}}}}}";
const EIGHT: &str = "{type: object, required: [a, b, c, d, e, f, g, h], properties: {a: {type: string}, b: {type: string}, \
      c: {type: string}, d: {type: string}, e: {type: string}, f: {type: string}, g: {type: string}, h: {type: string}}}";
const SIX: &str = "{type: object, required: [a, b, c, d, e, f], properties: {a: {type: string}, b: {type: string}, \
      c: {type: string}, d: {type: string}, e: {type: string}, f: {type: string}, g: {type: string}, h: {type: string}}}";
const CONVERTS: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Got'}}}}}}, put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: \
      {$ref: '#/components/schemas/Put'}}}}, responses: {'204': {description: Done.}}}}}, components: {schemas: \
      {Got: {type: object, properties: {a: {type: string}, b: {type: string}}}, Put: {type: object, properties: {a: {type: string}}}}}}";
const CONVERTS_NOT: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Got'}}}}}}, put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: \
      {$ref: '#/components/schemas/Put'}}}}, responses: {'204': {description: Done.}}}}}, components: {schemas: \
      {Got: {type: object, properties: {b: {type: string}}}, Put: {type: object, properties: {a: {type: string}}}}}}";
const ONE_SUCCESS: &str =
    "{responses: {'200': {description: Done., content: {application/json: {schema: {type: string}}}}}}";
const TWO_SUCCESSES: &str = "{responses: {'200': {description: Done., content: {application/json: {schema: {type: string}}}}, \
      '202': {description: Begun.}}}";
const IN_RESPONSE_A: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}}}}}, components: {schemas: {Thing: {type: object, properties: {a: {type: string}}}}}}";
const IN_REQUEST_AB: &str = "{paths: {/a: {put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}, responses: {'204': {description: Done.}}}}}, components: {schemas: {Thing: {type: object, properties: {a: {type: string}, b: {type: string}}}}}}";
const ENUM_IN_RESPONSE: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}}}}}, components: {schemas: {Thing: {type: string, enum: [a]}}}}";
const ENUM_IN_REQUEST: &str = "{paths: {/a: {put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}, responses: {'204': {description: Done.}}}}}, components: {schemas: {Thing: {type: string, enum: [a, b]}}}}";
const VARIANT_NAMES_A: &str = "{type: string, enum: [a, b], x-enum-varnames: [First, Second]}";
const VARIANT_NAMES_B: &str = "{type: string, enum: [a, b], x-enum-varnames: [First, Last]}";
const INTEGERS: &str = "{type: integer, enum: [1, 2]}";
const NUMBERS: &str = "{type: number, enum: [1, 2, 0.5]}";

kinds! { Rust:
    TYPE_ADDED = "type-added", Minor, "the type `{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "A new schema, or one that an operation reaches now.",
        document(
            "{paths: {/a: {get: {operationId: get, responses: {'204': {description: Done.}}}}}}",
            A_ONLY_RESPONSE,
        );
    TYPE_REMOVED = "type-removed", Major, "the type `{name}` is gone",
        Sides::Neither(compatible("Do without it.")),
        "No schema makes the type any more, or no operation reaches it.",
        document(
            A_ONLY_RESPONSE,
            "{paths: {/a: {get: {operationId: get, responses: {'204': {description: Done.}}}}}}",
        );
    DEFINITION_CHANGED = "definition-changed", Major, "`{name}` was {before} and is {after}",
        Sides::Neither(compatible("Use it as what it is now.")),
        "A struct became an enum or an alias, or the other way round, or an alias stands for another type.",
        schema("{type: object, required: [kind], properties: {kind: {type: string}, type: {type: string}, a: {type: string}}}",
            "{$ref: '#/components/schemas/A'}");
    FIELD_ADDED = "field-added", Minor, "the field `{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "Structs are `#[non_exhaustive]`: no code outside of the crate names all fields.",
        document(IN_RESPONSE_A, IN_REQUEST_AB);
    FIELD_REMOVED = "field-removed", Major, "the field `{name}` is gone",
        Sides::Neither(compatible("Do without it.")),
        "Code that reads or sets the field doesn't compile any more.",
        document(IN_REQUEST_AB, IN_RESPONSE_A);
    FIELD_RENAMED = "field-renamed", Major, "the field `{before}` is called `{after}`",
        Sides::Neither(compatible("Use the new name.")),
        "The property's name on the wire is the same; its name in Rust isn't. Two names that differ in signs alone need \
         names of their own.",
        schema("{type: object, properties: {a-b: {type: string}}}", "{type: object, properties: {a_b: {type: string}, a-b: {type: string}}}");
    FIELD_CHANGED = "field-type-changed", Major, "the field `{name}` was `{before}` and is `{after}`",
        Sides::Neither(compatible("Use the field as what it is now.")),
        "The type in Rust is another one, although the wire sees no difference: a secret, a box, or the type that stands \
         for a schema.",
        Example { frame: Frame::Settings, old: "{}", new: "{secrets: [name]}" };
    VARIANT_ADDED = "variant-added", Minor, "the variant `{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "Enums are `#[non_exhaustive]`: a match has an arm for what it doesn't name.",
        document(ENUM_IN_RESPONSE, ENUM_IN_REQUEST);
    VARIANT_REMOVED = "variant-removed", Major, "the variant `{name}` is gone",
        Sides::Neither(compatible("Do without it.")),
        "Code that names the variant doesn't compile any more.",
        document(ENUM_IN_REQUEST, ENUM_IN_RESPONSE);
    VARIANT_RENAMED = "variant-renamed", Major, "the variant `{before}` is called `{after}`",
        Sides::Neither(compatible("Use the new name.")),
        "The value on the wire is the same; its name in Rust isn't.",
        schema(VARIANT_NAMES_A, VARIANT_NAMES_B);
    VARIANT_CHANGED = "variant-type-changed", Major, "the variant `{name}` held `{before}` and holds `{after}`",
        Sides::Neither(compatible("Use what it holds now.")),
        "An enum's values or an alternative have another type in Rust.",
        schema(INTEGERS, NUMBERS);
    FUNCTION_ADDED = "function-added", Minor, "the function `{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "A function or method, such as the setters of a type that a request can have now.",
        document(A_ONLY_RESPONSE, A_BOTH);
    FUNCTION_REMOVED = "function-removed", Major, "the function `{name}` is gone",
        Sides::Neither(compatible("Do without it.")),
        "A function or method, such as the setters of a type that no request has any more.",
        document(A_BOTH, A_ONLY_RESPONSE);
    FUNCTION_RENAMED = "function-renamed", Major, "the function `{before}` is called `{after}`",
        Sides::Neither(compatible("Use the new name.")),
        "A setter's name comes from the property; another name makes way for it where a parameter has the same.",
        operation(
            "{parameters: [], requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}, \
              responses: {'204': {description: Done.}}}",
            "{parameters: [{name: name, in: query, schema: {type: string}}], requestBody: {required: true, content: \
              {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}, responses: {'204': {description: Done.}}}",
        );
    ARGUMENT_ADDED = "argument-added", Major, "`{function}` takes `{name}`",
        Sides::Neither(compatible("Give the argument.")),
        "A function has one more argument: what must be given is one, unless there are too many of them.",
        schema(EIGHT, SIX);
    ARGUMENT_REMOVED = "argument-removed", Major, "`{function}` doesn't take `{name}` any more",
        Sides::Neither(compatible("Don't give the argument; there may be a setter.")),
        "A function has one argument less. With more than seven required values the body is one argument.",
        schema(SIX, EIGHT);
    ARGUMENT_CHANGED = "argument-type-changed", Major, "`{function}` took `{before}` for `{name}` and takes `{after}`",
        Sides::Neither(compatible("Give a value of the new type.")),
        "An argument has another type in Rust, although the wire sees no difference.",
        Example { frame: Frame::Settings, old: "{}", new: "{secrets: [name]}" };
    ARGUMENTS_REORDERED = "arguments-reordered", Major, "`{function}` took {before} and takes {after}",
        Sides::Neither(compatible("Give the arguments in the new order: where their types are alike the compiler can't tell.")),
        "Arguments stand in the document's order. Two of the same type that change places compile, and mean the opposite.",
        schema("{type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}",
            "{type: object, required: [a, b], properties: {b: {type: string}, a: {type: string}}}");
    TRAIT_GAINED = "trait-gained", Minor, "`{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "A type has one more trait, such as `Default` where nothing of it must be given.",
        schema("{type: object, required: [a], properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string}}}");
    TRAIT_LOST = "trait-lost", Major, "`{name}` is gone",
        Sides::Neither(compatible("Do without it: make values with `new`.")),
        "A type has one trait less, such as `Default` where something of it must be given, or `Copy`.",
        schema("{type: object, properties: {a: {type: string}}}", "{type: object, required: [a], properties: {a: {type: string}}}");
    CONVERSION_GAINED = "conversion-gained", Minor, "`{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "A request can be made from a response that has each of its properties.",
        document(CONVERTS_NOT, CONVERTS);
    CONVERSION_LOST = "conversion-lost", Major, "`{name}` is gone",
        Sides::Neither(compatible("Make the value property by property.")),
        "The response lacks a property of the request, so that the one can't be made from the other without loss.",
        document(CONVERTS, CONVERTS_NOT);
    OUTPUT_CHANGED = "output-changed", Major, "`{name}` was `{before}` and is `{after}`",
        Sides::Neither(compatible("Use the new type.")),
        "What an operation gives, or its error, has another type in Rust: successes of several types are an enum.",
        operation(ONE_SUCCESS, TWO_SUCCESSES);
    FEATURE_ADDED = "feature-added", Minor, "the feature `{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "A group of operations, or a family of alternatives, has a cargo feature. It is on by default.",
        Example { frame: Frame::Large,
            old: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}}",
            new: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}, \
              /c: {get: {operationId: c, tags: [c], responses: {'204': {description: Done.}}}}}" };
    FEATURE_REMOVED = "feature-removed", Major, "the feature `{name}` is gone",
        Sides::Neither(compatible("Take it out of the manifest.")),
        "A manifest that names the feature isn't resolved any more.",
        Example { frame: Frame::Large,
            old: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}, \
              /c: {get: {operationId: c, tags: [c], responses: {'204': {description: Done.}}}}}",
            new: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}}" };
    GATE_NARROWED = "gate-narrowed", Major, "`{name}` is compiled with {after}, and was with {before}",
        Sides::Neither(compatible("Turn on one of the features that compile it.")),
        "A type, an alternative or a group of operations is compiled by fewer features than before. Who has all of them, as is the \
         default, sees no difference.",
        Example { frame: Frame::Large, old: "{}",
            new: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}}" };
    GATE_WIDENED = "gate-widened", Patch, "`{name}` is compiled with {after}, and was with {before}",
        Sides::Neither(compatible(NOTHING)),
        "A type, an alternative or a group of operations is compiled by more features than before.",
        Example { frame: Frame::Large,
            old: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}}", new: "{}" };
}
