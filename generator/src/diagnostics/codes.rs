//! Every code that a diagnostic can have, with its severity and its explanation.

use std::fmt;

use super::severity::Severity;

/// What kind of problem a diagnostic is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    /// The stable id, e.g. `E0014`. Its letter is that of the severity.
    pub id: &'static str,
    /// Whether generation goes on.
    pub severity: Severity,
    /// The problem in a few words.
    pub title: &'static str,
    /// What it means and what to do about it.
    pub explanation: &'static str,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Every code, sorted by number.
pub fn all() -> impl Iterator<Item = &'static Code> {
    ALL.iter().copied()
}

/// Defines a constant for each code, and the list of them all.
macro_rules! codes {
    ($($name:ident = $severity:ident $id:literal $title:literal: $explanation:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $title, ".")]
            pub const $name: Code = Code {
                id: $id,
                severity: Severity::$severity,
                title: $title,
                explanation: $explanation,
            };
        )*

        const ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    UNREADABLE_FILE = Error "E0001" "the file can't be read":
        "The path doesn't name a file, or you don't have permission to read it.";

    INVALID_SYNTAX = Error "E0002" "the file is neither YAML nor JSON":
        "The message says where the parser stopped. A file is also rejected if a key has several values in one object, \
         nests deeper than 128 levels, is larger than 256 MiB, expands to far more values than its size justifies \
         (YAML aliases can repeat a value many times), or uses a merge key (`<<`) on something other than a mapping.";

    UNSUPPORTED_VERSION = Error "E0003" "not OpenAPI 3.0, 3.1 or 3.2":
        "The generator reads OpenAPI 3.0.x, 3.1.x and 3.2.x. Swagger 2.0 is read, too, as the OpenAPI 3.0 that it means.";

    INVALID_SETTINGS = Error "E0004" "the settings file is invalid":
        "The settings file can't be read, isn't valid YAML, contains an unknown key, or has a value of the wrong type.";

    WRONG_TYPE = Error "E0005" "a value of the wrong type":
        "OpenAPI defines a different JSON type for this value.";

    MALFORMED_OBJECT = Error "E0006" "a malformed object":
        "The object lacks a member that OpenAPI requires, or one of its members has the wrong type.";

    MISSING_INFO = Warning "W0007" "`info` is missing or incomplete":
        "Every document needs an `info` object with a `title` and a `version`. The crate's documentation says what they are; \
         without a title it names the crate instead.";

    EMPTY_DOCUMENT = Error "E0008" "the document describes nothing":
        "A document needs `paths`, `components` or `webhooks`. The client is generated from its `paths`.";

    FORBIDDEN_REFERENCE = Error "E0010" "a reference that can't be followed":
        "References may point to files in the document's folder or below it, or below the folder that `--root` names. \
         Documents are untrusted input, so nothing is fetched from the network, and absolute paths and links that lead out \
         of the folder are rejected.";

    DANGLING_REFERENCE = Error "E0011" "a dangling reference":
        "The `$ref` points to something that doesn't exist, and what it stands for can't be left out. Write targets as JSON Pointers, such \
         as `#/components/schemas/Pet`. References to an `$anchor` or an `$id` aren't supported.";

    CIRCULAR_REFERENCE = Error "E0012" "a circular reference":
        "A chain of references leads back to its start and never reaches a definition. A schema may contain itself, as a \
         property or as an array's items, but it can't be an alias of itself.";

    UNDECLARED_PATH_PARAMETER = Warning "W0013" "an undeclared path parameter":
        "Each `{name}` in a path needs a parameter of that name with `in: path`, on the path or on the operation. Without one \
         it is a string, which callers have to give.";

    DUPLICATE_OPERATION_ID = Error "E0014" "a duplicate `operationId`":
        "Each `operationId` must be unique within the document.";

    DUPLICATE_PARAMETER = Error "E0015" "a duplicate parameter":
        "Two parameters in one list have the same name and the same location.";

    INCOMPLETE_PARAMETER = Error "E0016" "an incomplete parameter":
        "A parameter needs a `name`, and an `in` that is `path`, `query`, `header` or `cookie`.";

    NOTHING_SELECTED = Error "E0017" "no operation selected":
        "No operation matches the requested paths, tags and operation ids.";

    MISMATCHED_REFERENCE = Error "E0018" "a reference to the wrong kind of component":
        "A schema is required where a schema is used, a parameter where a parameter is used, and so on. For example, an \
         entry of `components/responses` can't be used as a schema.";

    NO_MAPPING_TO_BORROW = Error "E0019" "the schema named by `mapping` has no mapping":
        "The `mapping` of an `x-discriminated-by` either maps each value of a property to a schema, or names another schema \
         whose `x-discriminated-by` does.";

    UNCHECKED_KEYWORD = Note "N0020" "an unchecked keyword":
        "Neither the generated types nor the checks before a request express this constraint. The server still enforces it.";

    BOOLEAN_REQUIRED = Warning "W0021" "`required` as a boolean":
        "In a schema, `required` is a list of property names. It belongs on the object that has the properties.";

    MUTUAL_TLS = Note "N0022" "mutual TLS":
        "No code is generated for mutual TLS. Configure the client's transport with a certificate instead.";

    UNUSED_PATH_PARAMETER = Warning "W0023" "a path parameter that the path doesn't use":
        "The path doesn't contain `{name}` for this parameter, so the parameter is ignored.";

    IGNORED_HEADER_PARAMETER = Note "N0024" "an ignored header parameter":
        "OpenAPI requires that header parameters called Accept, Content-Type and Authorization be ignored. Media types \
         and security schemes determine these headers.";

    PARAMETER_SPELLING = Note "N0025" "a path parameter spelled differently":
        "The parameter's name differs from the name in the path only in case or punctuation.";

    TOLERATED_MISTAKE = Warning "W0026" "a mistake with only one possible meaning":
        "The value isn't valid OpenAPI, but it can mean only one thing: a number or a boolean in quotes, a single schema in \
         place of a list, an empty array in place of an object, a misspelled type, or listed values of another type than the \
         one beside them. It is read as what it must mean.";

    UNKNOWN_KEYWORD = Warning "W0027" "an unknown schema keyword":
        "Neither OpenAPI nor JSON Schema defines this keyword, and it isn't an extension (those start with `x-`). It may \
         be a typo, in which case a constraint is lost, or it may belong one level up or down.";

    UNSUPPORTED_KEYWORD = Warning "W0028" "an unsupported keyword":
        "The keyword can add properties, items or whole shapes that the generated types don't have. Values still preserve \
         everything the server sends, but what the keyword describes has no field of its own and isn't checked.";

    NOT_GENERATED = Note "N0029" "links":
        "Links describe how operations relate to each other. No code is generated for them.";

    UNKNOWN_MEMBER = Warning "W0030" "an unknown member":
        "OpenAPI doesn't define this member here, and it isn't an extension (those start with `x-`). It is ignored, with \
         everything in it: it may be a typo, in which case parameters, a body or whole operations are lost, or it may belong \
         one level up or down.";

    UNKNOWN_TYPE = Warning "W0031" "an unknown type":
        "JSON Schema defines the types null, boolean, object, array, number, integer and string. A schema with any other \
         type accepts any JSON value.";

    DANGLING_MAPPING = Warning "W0032" "a discriminator mapping to something that doesn't exist":
        "The entry points to something that doesn't exist. Values with its tag are preserved in the `Unknown` variant, like \
         those with a tag that the document doesn't list.";

    UNDECLARED_SECURITY_SCHEME = Error "E0040" "an undeclared security scheme":
        "Each name in a `security` requirement must be declared in `components/securitySchemes`. Without the declaration \
         nothing says how to authenticate, so calls would go out without credentials.";

    MALFORMED_PATH = Warning "W0041" "a malformed path template":
        "In a path, `{name}` stands for a parameter. Braces that don't enclose a name, that have no counterpart or that are \
         nested are sent as text, percent-encoded.";

    MISPLACED_STYLE = Warning "W0042" "a style that the place doesn't allow":
        "A path has the styles `matrix`, `label` and `simple`, a query `form`, `spaceDelimited`, `pipeDelimited` and \
         `deepObject`, a header `simple`, a cookie `form`. The default style of the place is used instead.";

    MISUSED_CONTENT = Warning "W0043" "a parameter described in two ways":
        "A parameter has either a `schema`, possibly with `style`, `explode` and `allowReserved`, or a `content` with exactly \
         one media type. If both are there, the `schema` is used. Of several media types, the first is used. A style beside \
         `content` is ignored.";

    SAME_FOR_THE_SERVER = Warning "W0044" "names that a server can't tell apart":
        "The names of headers are the same whatever their case, and paths that differ only in the names of their \
         parameters match the same requests. One of two such headers is ignored. Of two such paths, the server decides \
         which one a request is for.";

    INVALID_MEDIA_TYPE = Warning "W0045" "not a media type":
        "A media type is a type and a subtype, such as `application/json`, perhaps with parameters; a range has `*` in \
         place of the subtype or of both. If the name can mean only one media type it is read as that one; otherwise the \
         content is bytes.";

    IGNORED_PART_HEADER = Note "N0046" "an ignored header of a part":
        "The media type of a part of a multipart body is said by `contentType`, and its disposition by the name of the \
         property, so OpenAPI ignores these headers.";

    UNUSED_ENCODING = Warning "W0047" "an encoding without effect":
        "An `encoding` describes the properties of a body that is a form. Its keys are names of properties, and what it says \
         must apply to that kind of form: headers belong to parts of `multipart` bodies.";

    MISPLACED_REFERENCE = Warning "W0050" "a reference where OpenAPI allows none":
        "OpenAPI allows a `$ref` in place of certain objects only, such as a path item, a parameter, a response or a schema. \
         Here it stands in place of something else: an operation, or a whole map or list of entries. It is followed, but \
         other tools may ignore it, and with it all that it refers to.";

    IGNORED_FAULT = Warning "W0051" "a fault in something that no call depends on":
        "What is wrong here would be an error elsewhere. But the client can do without it, as with `info`, tags, security \
         schemes that no operation requires, and schemas that no operation uses; so it is ignored.";

    REPEATED_OPERATION = Warning "W0052" "the same operation on several paths":
        "A path item or an operation refers to another one in the document, so that two paths share one operation and one \
         `operationId`. The first of them keeps the `operationId`; the others are named after their method and path.";

    REPEATED_KEY = Warning "W0053" "a key that appears twice":
        "An object has the same key twice, with the same value. With different values it would be an error, since only one of \
         them can be meant.";

    UNTYPED = Warning "W0054" "a schema that can't be used as it stands":
        "A reference leads to nothing or to something that isn't a schema, or, with `--keep-going`, something else in a schema \
         is wrong. What is wrong is ignored. Where nothing else says what values are like, any JSON value is accepted and \
         preserved.";

    LEFT_OUT = Warning "W0055" "an operation that is left out":
        "The operation has an error, and `--keep-going` asks for a crate without the operations that have one. Correct the \
         error to get the operation.";

    NO_SECURITY_SCHEMES = Warning "W0057" "no declared security schemes":
        "Operations require security schemes, but the document declares none, so nothing says how to authenticate. The caller \
         provides the whole value of the `Authorization` header, with `credential` on the client's builder under the name of \
         a scheme; without it, no call is sent.";

    CONTRADICTORY_ALL_OF = Warning "W0101" "contradictory parts of `allOf`":
        "The parts require types that no value can have at the same time.";

    TOO_DEEPLY_NESTED = Warning "W0102" "schemas nested too deeply":
        "Inline schemas below 100 levels accept any JSON value, as does an unnamed schema that contains itself.";

    UNCHECKED_PATTERN = Note "N0103" "an unchecked pattern":
        "The pattern uses look-around or backreferences, which Rust's `regex` crate doesn't support, repeats more than it \
         can compile, or isn't valid in JavaScript (ECMA-262), as JSON Schema requires. The server still enforces it.";

    TOO_MANY_TYPES = Error "E0105" "too many types":
        "The document defines more than 200,000 types, or merging the parts of `allOf` gives more than 20,000 schemas. The \
         latter happens where each combination of schemas leads to further ones.";

    NO_DISCRIMINATING_PROPERTY = Warning "W0106" "no property determines the schema":
        "The `propertyName` of an `x-discriminated-by` must name a string property of the object that contains the value. \
         Otherwise the value is preserved as JSON, in the union's `Unknown` variant.";

    INVALID_MODIFICATION = Error "E0107" "an invalid modification":
        "The settings pair two operations for safe partial updates. The response to the read and the body of the write must be \
         objects of the same resource, and the properties named in the entry must exist in that body: a misspelled name \
         could erase the very value it was meant to preserve.";

    UNUSED_SETTING = Warning "W0108" "an unused setting":
        "An entry of the settings names parameters, properties or operations that the document, or the selected part of it, \
         doesn't have, or doesn't have together.";

    SKIPPED_FORM = Note "N0109" "a skipped form":
        "A form is built from an object's properties, and this schema isn't an object. The body is sent in another of its \
         media types.";

    UNSENDABLE_FORM = Warning "W0109" "a form that can't be sent":
        "A form is built from an object's properties. This schema isn't an object, so nothing can be sent.";

    UNREQUESTED_MEDIA_TYPE = Note "N0110" "a media type that isn't requested":
        "When a response has several media types, the Accept header of the request asks for one of them: JSON before text, \
         streams and bytes; of equals, the one listed first. The builder has methods that ask for the others, except for those \
         that mean the same JSON, and those of failures.";

    INVALID_FEATURE = Error "E0110" "an invalid feature":
        "The settings assign a Cargo feature to alternatives of a union. The union must be chosen by a property beside it \
         (`x-discriminated-by`), each alternative must be a value of its mapping and belong to at most one feature, and the \
         feature's name must be valid and not in use.";

    UNKNOWN_AUTHENTICATION = Warning "W0120" "an unknown way to authenticate":
        "The client knows the HTTP authentication schemes `basic` and `bearer`. For any other, such as `digest`, the caller \
         provides the whole value of the `Authorization` header: with `credential` on the client's builder, or in hooks or \
         call options if it differs between calls.";

    UNWRITTEN_MEDIA_TYPE = Warning "W0121" "a parameter in a media type that isn't written":
        "The `content` of a parameter can be JSON, or a scalar as text. In any other media type, the parameter is a `String` \
         that the caller writes in that format.";

    DEEP_SCALAR = Warning "W0122" "`deepObject` for something that isn't an object":
        "OpenAPI defines the style `deepObject` for objects only. Items of an array are sent as `name[0]=value`, and other \
         values as `name=value`, which the server may not understand.";

    UNLISTED_DEFAULT = Warning "W0123" "a server variable's default outside its `enum`":
        "The default of a server variable must be one of the values in its `enum`. It is used as it is.";

    INCOMPLETE_SECURITY_SCHEME = Error "E0124" "an incomplete API key":
        "A security scheme of the type `apiKey` needs the `name` of a header, query parameter or cookie, and an `in` that \
         is `header`, `query` or `cookie`.";

    UNSENT_PART_HEADER = Warning "W0125" "a header of a part that can't be set":
        "Callers set the headers of the parts that are files. A part that is a value is written from the body's type, \
         which has no headers.";

    NAMELESS_FILE = Warning "W0126" "a multipart body that isn't an object":
        "The parts of a multipart body are an object's properties. This schema is a file by itself, which has no name: it \
         is sent as the part `file`.";

    UNCOMBINED_ALTERNATIVES = Warning "W0130" "alternatives that aren't combined":
        "Several parts of `allOf` have alternatives, so that a value satisfies one of each. They become one union of all \
         combinations, unless there are more than 64 of them or no value can satisfy any.";

    COMPOSED_OF_ITSELF = Warning "W0131" "a schema composed of itself":
        "The schema refers to itself, or is one of its own alternatives, possibly by way of others. To know whether a value \
         satisfies it, one would have to know that already.";

    UNFIT_ENUM_NAMES = Warning "W0135" "names or descriptions that don't fit an enum's values":
        "The extensions `x-enum-varnames`, `x-enum-names`, `x-enumNames`, `x-enum-descriptions` and `x-enumDescriptions` have a string for \
         each value of the schema: a list in the order of the values, or a map by value. Anything else is ignored, and \
         variants are named after their values.";

    OPEN_VALUES = Note "N0148" "values that are left open":
        "A newer server may send values that the document doesn't list: those of an enum, alternatives of a union, properties \
         of an object that declares all it has. Types preserve them and send them back, so the keyword isn't checked before a \
         request.";

    INFERRED_TYPE = Note "N0149" "a type that is inferred":
        "The schema has keywords for objects or for arrays but no `type`, so by JSON Schema it also accepts every value of \
         another type. It is an `Inferred`, which preserves such values. It nearly always means the type that its keywords \
         are for: add it, and the `Inferred` around it is gone.";

    SCHEMELESS_SERVER = Warning "W0155" "a server's URL without a scheme":
        "A URL that begins with `//` has the scheme of the URL that it is relative to (RFC 3986, section 4.2), which is the one \
         that the document was fetched from. A generated client doesn't know that, so it takes `https`.";

    UNMATCHED_SETTING = Error "E0160" "a setting that matches nothing":
        "An entry of the settings names something that the document, or the selected part of it, doesn't have. What it was \
         meant to change stays as it is, which would go unnoticed.";

    INVALID_NAME = Error "E0161" "a name in the settings that can't be used":
        "A new name in the settings must be a valid Rust identifier in Rust's usual case: `UpperCamelCase` for types and \
         variants, `snake_case` for everything else. It must not be reserved, and nothing beside it may have it.";

    INVALID_TYPE_SETTING = Error "E0162" "invalid Rust in the settings":
        "The settings name a type, a derive or an attribute that becomes part of the generated code, and this isn't valid: a \
         type is a path such as `my_crate::Money`, a derive such as `Eq` or `my_crate::Derive`, an attribute such as \
         `cfg_attr(feature = \"x\", derive(Y))`, without `#[` and `]`.";

    INVALID_OVERLAY = Error "E0170" "a malformed overlay":
        "An overlay has `overlay: 1.0.0` or `1.1.0`, an `info` with `title` and `version`, and a list of `actions`. Each \
         action has a `target`, which is a JSONPath (RFC 9535), and `update`, `remove` or, since 1.1, `copy`.";

    UNMATCHED_ACTION = Warning "W0171" "an overlay's action without a target in the document":
        "The document may have changed since the overlay was written, or the JSONPath has a mistake. The action changes \
         nothing.";

    INCOMPATIBLE_ACTION = Error "E0172" "an overlay's action that can't be applied":
        "Objects are merged with objects, arrays with arrays, and single values replace single values. An array also \
         takes an object or a single value as one more item. A copy is of exactly one value.";

    LATER_OVERLAY = Warning "W0173" "an overlay that needs a later version":
        "Actions with `copy`, and targets that are neither objects nor arrays, came with version 1.1 of the Overlay Specification. \
         Other tools may reject them in an overlay of version 1.0.";

    FOREIGN_OVERLAY = Warning "W0174" "an overlay for another document":
        "The overlay's `extends` names a file that isn't the document or one that the document refers to. The overlay \
         is applied to the document. URLs in `extends` aren't compared.";

    OVERLAY_LIMIT = Error "E0175" "an overlay that takes too much":
        "What a JSONPath selects must be found in a limited number of steps, and all that overlays add must fit into \
         64 MiB and 128 levels.";

    IDLE_ACTION = Warning "W0176" "an overlay's action, or a part of it, that changes nothing":
        "An action changes something if it has `update`, `copy` or `remove: true`. If it removes its targets, `update` \
         and `copy` say nothing.";

    REPLACED_KIND = Warning "W0177" "an overlay that replaces a value with another kind of value":
        "Version 1.0 of the Overlay Specification doesn't say what this means, and 1.1 doesn't allow it. The new value \
         replaces the old one.";

    LENIENT_PATH = Warning "W0178" "a JSONPath that other tools may reject":
        "After a dot, RFC 9535 allows letters, digits and underscores only. Other names are written in quotes, between \
         brackets.";

    NOT_UPGRADED = Warning "W0180" "a part of Swagger 2.0 without a counterpart":
        "A Swagger 2.0 document is read as if it were rewritten as OpenAPI 3.0. That has no tab-separated lists, none \
         separated by spaces or pipes outside the query, none within lists, and no WebSockets.";

    MALFORMED_FORM = Warning "W0181" "a body that Swagger 2.0 doesn't allow":
        "A form is sent as `application/x-www-form-urlencoded` or `multipart/form-data`, with files only as the latter, \
         and its parts have names. A request has a body or a form, and only one of them.";

    SWAGGER_LIMIT = Error "E0182" "a Swagger 2.0 document that becomes too large":
        "What Swagger 2.0 says once of several media types or operations, OpenAPI 3 says of each. The document \
         combines so many of them that the result doesn't fit into 64 MiB.";

    INVALID_METHOD = Error "E0190" "a method that a request can't have":
        "The keys of `additionalOperations` are methods as they are sent: letters, digits and a few other characters, in the \
         case that the server expects. `CONNECT` isn't for paths: it asks a proxy for a tunnel.";

    UNSUPPORTED_ENCODING = Warning "W0191" "an encoding that isn't supported":
        "The members `prefixEncoding` and `itemEncoding` describe the parts of a multipart body that is a list of values, and are \
         ignored where the body is something else. So is an `encoding` within an `encoding`, which describes a part that is \
         multipart itself.";

    FOREIGN_DEFAULT_MAPPING = Warning "W0192" "a default that is no alternative":
        "The `defaultMapping` of a discriminator names the alternative for values that no other one is mapped to. It names a \
         schema that isn't listed, so such values have no type.";

    SECOND_QUERY = Error "E0193" "a query that is described twice":
        "A parameter with `in: querystring` describes the whole query. An operation can have one of these, or any number of \
         parameters with `in: query`, but not both.";

    UNUSED_BY_CLIENTS = Note "N0195" "a member that a client has no use for":
        "Some members of OpenAPI are for people and for other tools: the values of examples, the tree of tags, where the \
         metadata of an authorization server is. Types, calls and their documentation are the same without them.";

    XML_AS_IT_IS = Note "N0196" "a part in XML without a type":
        "Parts of multipart bodies that are XML are sent as they are, like files. Their schema and its `xml` say how values \
         become elements and attributes, which the generated code leaves to the caller.";

    EARLY_ITEM_SCHEMA = Warning "W0200" "`itemSchema` before OpenAPI 3.2":
        "The keyword `itemSchema` describes each item of a sequence, such as the events of `text/event-stream` or the lines of \
         `application/jsonl`. OpenAPI defines it since 3.2. In a document of an earlier version it is read the same, since \
         it can mean nothing else.";

    UNUSED_ITEM_SCHEMA = Warning "W0201" "`itemSchema` of what isn't a sequence":
        "Items have a schema of their own in sequences that are read one by one: server-sent events, JSON Lines and JSON text \
         sequences. In any other media type, such as `application/json` or `multipart/mixed`, `itemSchema` is ignored.";

    NESTED_CALLBACKS = Warning "W0210" "callbacks of a request that the service sends":
        "A webhook or a callback declares callbacks of its own, which the service would send after it was answered. No code \
         is generated for these.";

    UNDECODED_ALTERNATIVE = Note "N0211" "a media type of an event that isn't decoded":
        "An event has several media types. The payload is decoded from the preferred one: JSON, then XML, then text, then others. \
         If the sender can be asked for a media type, ask for that one.";

    UNDECODED_PAYLOAD = Warning "W0212" "a payload that isn't decoded":
        "The payload of an event is a form, a text in XML or another media type whose values have no types here. The event has its text \
         or its bytes.";

    UNRECEIVED_PARAMETER = Warning "W0213" "a parameter of an event that isn't a header":
        "Types of events come with the headers that the document declares. Parameters in the path, the query or a cookie of the \
         receiver's own URL are left to the receiver.";

    UNUSED_BY_EVENTS = Note "N0214" "what only a client would need":
        "A webhook or a callback says which servers it is sent to, or how its sender authenticates. The receiver chooses its own \
         address and checks the sender itself, for example by a signature.";

    CONFUSED_EVENTS = Warning "W0215" "events that can't be told apart":
        "Several events have the same name for the sender, and one of them has no JSON payload by which to tell them apart. The \
         first of them stands for all.";

    INVALID_WEBHOOK_SETTING = Error "E0216" "an invalid setting of webhooks":
        "The entry `webhooks` of the settings says something that the document doesn't bear out, such as a pointer that no \
         webhook has, or it lacks what a signature needs.";

    INVALID_LONG_RUNNING = Error "E0220" "an invalid long-running operation":
        "The settings pair an operation that starts work with one that reads how it is going. The second must be a GET, its \
         required parameters must be known from the first, and the properties and statuses named in the entry must exist: \
         with a misspelled one, the end of the work would never be recognised.";

    UNUSED_FORMAT_TYPE = Warning "W0230" "a format whose type isn't used":
        "The settings give a format a type, but here the type can't be used: the values aren't strings, only certain values \
         are allowed, or nothing tells them from other text. They have the type that they would have without the setting.";

    INVALID_FORMAT_TYPE = Error "E0231" "a type that a format can't have":
        "The entry `formats` of the settings gives each format a library, `number` for numbers that are sent as text, or the \
         path of a type. A library must have a type for the format. Files and secrets keep their own types.";

    EMBEDDED_IN_PARTS = Error "E0235" "an embedded runtime and a crate for each group":
        "With `crate_per: group`, the crates of the groups exchange types of the runtime, so all of them must depend on one \
         library. A runtime that is embedded belongs to a single crate.";

    NO_GROUPS = Warning "W0236" "no groups for crates":
        "With `crate_per: group`, each group of operations is a crate, but no operation has a tag or another sign of a group. \
         All operations are in one crate, which depends on that of the types.";

    UNTYPED_XML = Warning "W0240" "a body in XML without a type":
        "A body is XML, and its schema has something that isn't written in XML in a known way, such as a union without a \
         property that tells its alternatives apart, a name that isn't one in XML, or a root element without a name. The body \
         is sent and read as it is: as text or as bytes, by the media type.";

    IDLE_XML_HINT = Warning "W0241" "an XML hint that is ignored":
        "An XML Object says something that has no effect: a prefix without a namespace, a node type that OpenAPI doesn't have, \
         `wrapped` on what isn't an array, or `attribute` or `wrapped` beside the `nodeType` that replaces them.";

    INVALID_METADATA = Error "E0245" "invalid metadata of the crate":
        "What `package` in the settings says becomes part of the crate's `Cargo.toml`, so it must be what cargo and crates.io \
         take: a licence is an SPDX expression, a URL is absolute, keywords and categories are at most five each, and the \
         Rust version is at least the oldest that compiles generated code.";

    INVALID_IDEMPOTENCY_HEADER = Error "E0255" "an invalid header for idempotency keys":
        "The settings name a header that carries the key by which the service recognises a request that it has got already. The \
         name has characters that a header's name can't have.";

    UNREAD_PROPERTY = Warning "W0270" "a property that a modification doesn't read":
        "The settings pair two operations for safe partial updates, and the body of the write has properties that the response \
         to the read doesn't declare. They are left out of the pair: the function sends such a property only if the caller \
         sets it, and can't tell whether somebody else has changed it. The other properties are read, changed and sent as ever.";

    UNREADABLE_MODIFICATION = Warning "W0271" "a modification that can't be made":
        "The settings pair two operations for safe partial updates, but the body of the write can't be made from the response \
         to the read: the body requires a property that the response doesn't always have, or has with another type; or leaving \
         out a property would reset it (`reset`), and the response doesn't have it; or additional properties of one type leave \
         no room for a value that doesn't fit. The function isn't generated, since it would send something that nobody has \
         chosen.";

    CONFLICTING_OPERATIONS = Error "E0277" "an operation that two documents declare differently":
        "A client is made of several documents, and two of them declare the same method and path for the same server, or the \
         same webhook, but not with the same meaning. Descriptions, tags and the `operationId` make no difference. A server can't \
         tell such operations apart, so one of them has to go: leave it out with an overlay, or make them equal. Two equal ones \
         are one operation, and two that are sent to different servers are two.";

    RENAMED_SCHEMA = Warning "W0278" "a schema that two documents declare differently":
        "A client is made of several documents, and two of them have schemas of the same name with different meanings, so they \
         can't be one type. The first document's schema keeps the name. The later one's gets the name of its document before it: \
         that of the file, or of its folder if several files are called the same. Schemas with the same meaning are one type, \
         whatever describes them. The settings can give a type another name.";

    RENAMED_OPERATION = Warning "W0279" "an operationId that two documents use":
        "A client is made of several documents, and two of them use the same `operationId`. The first document's operation keeps \
         it. The later one's is read as if it had the name of its document before its own, and stays in its group. Entries of \
         the settings that name the operation need that, too.";

    RENAMED_SECURITY_SCHEME = Warning "W0280" "a security scheme that two documents declare differently":
        "A client is made of several documents, and two of them have security schemes of the same name with different details, so \
         each needs a credential of its own. The later document's scheme gets the name of its document before it. Schemes with \
         the same details are one, and its credential is sent to the servers of both documents.";

    RENAMED_CALLBACK = Warning "W0281" "a callback that two documents declare differently":
        "A client is made of several documents, and two of them have callbacks of the same name in their components that aren't \
         the same. The first document's callback keeps the name. The later one's gets the name of its document before it.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_sorted_and_fit_the_severity() {
        let ids: BTreeSet<_> = all().map(|code| code.id).collect();
        assert_eq!(ids.len(), all().count());
        assert!(all().map(|code| &code.id[1..]).is_sorted());
        for code in all() {
            let letter = match code.severity {
                Severity::Error => 'E',
                Severity::Warning => 'W',
                Severity::Note => 'N',
            };
            assert!(code.id.starts_with(letter), "{code}");
            assert!(code.id.len() == 5 && code.id[1..].bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        }
    }

    #[test]
    fn titles_are_phrases_and_explanations_sentences() {
        for code in all() {
            assert!(!code.title.ends_with('.') && !code.title.starts_with(char::is_uppercase), "{code}");
            assert!(code.explanation.starts_with(char::is_uppercase), "{code}");
            assert!(code.explanation.ends_with('.') && !code.explanation.contains("  "), "{code}");
        }
    }
}
