//! Rules about operations, parameters, bodies and responses.

use super::*;

/// Why parameters have no rules for responses.
const NO_PARAMETERS: &str =
    "Responses have no parameters. Their counterparts are headers, which only responses declare.";
/// Why response headers have no rules for requests.
const NO_HEADERS: &str = "A request's headers are parameters.";
/// Why there is nothing of this kind in a response.
const NO_FILES: &str = "A response is a single body, so a form's files have no counterpart in it.";
/// Why statuses have no rules for requests.
const NO_FORM: &str = "Callers choose the media type of a request's body when they set it.";
const NO_STATUS: &str = "Only a response has a status.";
/// Why a request's body has rules of its own.
const BODY: &str = "A response's content is declared by status; see the rules on responses.";

kinds! { Operation:
    LINKS_CHANGED = "links-changed", Patch, "{name}: `links` was {before} and is {after}",
        Sides::Only {
            direction: Direction::Response,
            side: risky("If your code follows the links by hand, read what they say now."),
            why: "Links are declared on responses.",
        },
        "A response's links say which operations can follow and with what values. No code is made from them.",
        operation("{responses: {'204': {description: Done.}}}",
            "{responses: {'204': {description: Done., links: {next: {operationId: makeThing}}}}}");
    OPERATION_ADDED = "operation-added", Minor, "the operation is new",
        Sides::Neither(compatible(NOTHING)),
        "A new function, its builder and its failures.",
        document("{paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}}",
            "{paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}, \
              /b: {get: {operationId: b, responses: {'204': {description: Done.}}}}}}");
    OPERATION_REMOVED = "operation-removed", Major, "the operation is gone",
        Sides::Neither(breaking("Stop calling it. The document doesn't say what replaces it.")),
        "The server rejects calls, unless it still supports the undocumented operation.",
        document("{paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}, \
              /b: {get: {operationId: b, responses: {'204': {description: Done.}}}}}}",
            "{paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}}");
    OPERATION_MOVED = "operation-moved", Patch, "it was {before} and is {after}",
        Sides::Neither(breaking("Update the crate: the old address may no longer respond.")),
        "The operation has another method or path, and the same name in Rust. Callers' code is the same unless \
         the path has other parameters.",
        document("{paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}}",
            "{paths: {/b: {get: {operationId: a, responses: {'204': {description: Done.}}}}}}");
    OPERATION_RENAMED = "operation-renamed", Major, "the function {before} is called {after}",
        Sides::Neither(compatible("Call it by its new name.")),
        "The server sees no difference. The names of a function and its types come from the group and the \
         `operationId`, or from what an extension says.",
        document("{paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}}",
            "{paths: {/a: {get: {operationId: b, responses: {'204': {description: Done.}}}}}}");
    OPERATION_ID_CHANGED = "operation-id-changed", Patch, "the operationId was {before} and is {after}",
        Sides::Neither(compatible(NOTHING)),
        "The id is in messages and traces. Where it also names the function there is another change that says so.",
        document("{paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}}",
            "{paths: {/a: {get: {operationId: b, responses: {'204': {description: Done.}}}}}}");
    DEPRECATED = "deprecated", Minor, "it is deprecated",
        Sides::Neither(compatible("Look for a replacement. The compiler warns where it is used.")),
        "An operation, a parameter, a type or a property still works, but is going to be removed.",
        operation("{operationId: a, responses: {'204': {description: Done.}}}",
            "{operationId: a, deprecated: true, responses: {'204': {description: Done.}}}");
    UNDEPRECATED = "undeprecated", Patch, "it is no longer deprecated",
        Sides::Neither(compatible(NOTHING)),
        "It isn't going to be removed after all.",
        operation("{operationId: a, deprecated: true, responses: {'204': {description: Done.}}}",
            "{operationId: a, responses: {'204': {description: Done.}}}");
    AUTHENTICATION_ADDED = "authentication-added", Patch, "it needs authentication: {after}",
        Sides::Neither(breaking("Configure the client with a credential.")),
        "The operation can no longer be called without a credential.",
        document(NO_SECURITY, SECURITY_A);
    AUTHENTICATION_REMOVED = "authentication-removed", Patch, "it needs no authentication; it was {before}",
        Sides::Neither(compatible(NOTHING)),
        "The operation can be called without a credential.",
        document(SECURITY_A, NO_SECURITY);
    AUTHENTICATION_ALTERNATIVE_ADDED = "authentication-alternative-added", Patch, "{after} is another way to authenticate",
        Sides::Neither(compatible(NOTHING)),
        "Any one way suffices, so a new one breaks nothing.",
        document(SECURITY_A, SECURITY_A_B);
    AUTHENTICATION_ALTERNATIVE_REMOVED = "authentication-alternative-removed", Patch, "{before} no longer authenticates",
        Sides::Neither(breaking("Authenticate in one of the remaining ways.")),
        "The server rejects those who authenticate this way.",
        document(SECURITY_A_B, SECURITY_A);
    OPERATION_SERVER_CHANGED = "operation-server-changed", Patch, "it was sent to {before} and is sent to {after}",
        Sides::Neither(risky("Check that credentials and data may go there. The client can replace the server.")),
        "The servers of a path or an operation override the document's. The client sends the operation to the first of \
         them, with the defaults of its variables, unless it is configured with another one.",
        document(ROOT_SERVER, OWN_SERVER);
    OPERATION_SERVERS_CHANGED = "operation-servers-changed", Patch, "its servers were {before} and are {after}",
        Sides::Neither(risky("If you select one of these servers, check that it is still declared.")),
        "An operation can have several servers, and variables in their URLs. The client uses the first; callers select \
         others with `Client::at`.",
        document(OWN_SERVER, OWN_SERVERS);
    SCOPE_ADDED = "scope-added", Patch, "{scheme} needs the scope {name}",
        Sides::Neither(breaking("Request a token with this scope.")),
        "The server rejects tokens without the scope (403).",
        document(SCOPE_R, SCOPES_RW);
    SCOPE_REMOVED = "scope-removed", Patch, "{scheme} no longer needs the scope {name}",
        Sides::Neither(compatible("Consider tokens without the scope.")),
        "Tokens can have fewer permissions.",
        document(SCOPES_RW, SCOPE_R);
    PAGINATION_CHANGED = "pagination-changed", Major, "its pages come {after}, and came {before}",
        Sides::Neither(compatible("Use the new methods for paginated lists.")),
        "How an operation pages is found by its parameters and its response and by what the settings say. It decides \
         over the methods that give streams of pages and of items.",
        Example { frame: Frame::Settings, old: "{pagination: [{by: page, position: page}]}", new: "{}" };
    STREAM_FLAG_CHANGED = "stream-flag-changed", Patch, "a stream is asked for {after}, and was asked for {before}",
        Sides::Neither(compatible("Stop setting the property, or set it yourself.")),
        "The settings name a property of the request body by which the server decides whether to stream. Methods that stream \
         set it.",
        Example { frame: Frame::Settings, old: "{streams: {flag: live}}", new: "{}" };
    MODIFICATION_CHANGED = "modification-changed", Major, "it changes {after}, and changed {before}",
        Sides::Neither(compatible("Look at what is sent along with a change.")),
        "A function that reads, changes and writes back comes from the settings, which say what is replaced as a whole, \
         merged, or kept.",
        Example { frame: Frame::Settings, old: "{modifications: [{read: readThing, write: changeThing, replaced: [name]}]}", new: "{}" };
    LONG_RUNNING_CHANGED = "long-running-changed", Major, "its work ends {after}, and ended {before}",
        Sides::Neither(compatible("Use the new method that polls.")),
        "An operation that polls until the work which another one starts has ended comes from the settings, which say how \
         the end is recognised.",
        Example { frame: Frame::Settings, old: "{long_running: [{start: changeThing, read: readThing, location: Location}]}", new: "{}" };

    OPTIONAL_PARAMETER_ADDED = "optional-parameter-added", Minor, "the parameter {name} is new",
        Sides::Only { direction: Direction::Request, side: compatible(NOTHING), why: NO_PARAMETERS },
        "The builder has a setter for it. Requests without it don't change.",
        operation("{parameters: [], responses: {'204': {description: Done.}}}",
            "{parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'204': {description: Done.}}}");
    REQUIRED_PARAMETER_ADDED = "required-parameter-added", Major, "the parameter {name} is new and required",
        Sides::Only { direction: Direction::Request, side: breaking("Pass the new argument."), why: NO_PARAMETERS },
        "The server rejects requests without it. It is an argument of the operation's function.",
        operation("{parameters: [], responses: {'204': {description: Done.}}}",
            "{parameters: [{name: tenant, in: header, required: true, schema: {type: string}}], \
              responses: {'204': {description: Done.}}}");
    PARAMETER_REMOVED = "parameter-removed", Major, "the parameter {name} is gone",
        Sides::Only { direction: Direction::Request, side: risky("Stop passing it, and look for a replacement."), why: NO_PARAMETERS },
        "The server ignores the unknown parameter or rejects the request. Either way, the parameter has no effect.",
        operation("{parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'204': {description: Done.}}}",
            "{parameters: [], responses: {'204': {description: Done.}}}");
    PARAMETER_RENAMED = "parameter-renamed", Patch, "the path parameter {before} is called {after}",
        Sides::Only { direction: Direction::Request, side: compatible(NOTHING), why: NO_PARAMETERS },
        "The name of a path parameter isn't sent: its position in the path identifies it.",
        document("{paths: {'/a/{b}': {get: {operationId: a, parameters: [{name: b, in: path, required: true, \
              schema: {type: string}}], responses: {'204': {description: Done.}}}}}}",
            "{paths: {'/a/{c}': {get: {operationId: a, parameters: [{name: c, in: path, required: true, \
              schema: {type: string}}], responses: {'204': {description: Done.}}}}}}");
    PARAMETER_BECAME_REQUIRED = "parameter-became-required", Major, "the parameter {name} is required",
        Sides::Only { direction: Direction::Request, side: breaking("Pass it as an argument."), why: NO_PARAMETERS },
        "The server rejects requests without it. Its setter becomes an argument of the operation's function.",
        operation("{parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'204': {description: Done.}}}",
            "{parameters: [{name: page, in: query, required: true, schema: {type: integer}}], \
              responses: {'204': {description: Done.}}}");
    PARAMETER_BECAME_OPTIONAL = "parameter-became-optional", Major, "the parameter {name} is optional",
        Sides::Only { direction: Direction::Request, side: compatible("Use the setter instead of the argument."), why: NO_PARAMETERS },
        "Requests don't change. The argument of the operation's function becomes a setter.",
        operation("{parameters: [{name: page, in: query, required: true, schema: {type: integer}}], \
              responses: {'204': {description: Done.}}}",
            "{parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'204': {description: Done.}}}");
    PARAMETER_STYLE_CHANGED = "parameter-style-changed", Patch, "the parameter {name} is written as {after}, not as {before}",
        Sides::Only { direction: Direction::Request, side: breaking("Update the crate."), why: NO_PARAMETERS },
        "A value is written in another way (`style`, `explode`, `allowReserved`, or as JSON), so that the server reads \
         what the old crate sends otherwise than it is meant.",
        operation("{parameters: [{name: ids, in: query, schema: {type: array, items: {type: string}}}], \
              responses: {'204': {description: Done.}}}",
            "{parameters: [{name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}}], \
              responses: {'204': {description: Done.}}}");

    OPTIONAL_BODY_ADDED = "optional-body-added", Minor, "a request may have a body",
        Sides::Only { direction: Direction::Request, side: compatible(NOTHING), why: BODY },
        "The builder has a setter for the body, and setters for its properties if it can be made from nothing else.",
        operation("{responses: {'204': {description: Done.}}}",
            "{requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'204': {description: Done.}}}");
    REQUIRED_BODY_ADDED = "required-body-added", Major, "a request must have a body",
        Sides::Only { direction: Direction::Request, side: breaking("Pass the body."), why: BODY },
        "The server rejects requests without one.",
        operation("{responses: {'204': {description: Done.}}}",
            "{requestBody: {required: true, content: {application/json: {schema: {type: array, items: {type: string}}}}}, \
              responses: {'204': {description: Done.}}}");
    BODY_REMOVED = "body-removed", Major, "requests no longer have a body",
        Sides::Only { direction: Direction::Request, side: risky("Stop passing a body, and look for a replacement."), why: BODY },
        "The server ignores the unexpected body or rejects the request.",
        operation("{requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'204': {description: Done.}}}",
            "{responses: {'204': {description: Done.}}}");
    BODY_BECAME_REQUIRED = "body-became-required", Major, "the body is required",
        Sides::Only { direction: Direction::Request, side: breaking("Pass the body."), why: BODY },
        "The server rejects requests without one. It becomes an argument, or its required properties do.",
        operation("{requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}, \
              responses: {'204': {description: Done.}}}",
            "{requestBody: {required: true, content: {application/json: {schema: {type: array, items: {type: string}}}}}, \
              responses: {'204': {description: Done.}}}");
    BODY_BECAME_OPTIONAL = "body-became-optional", Major, "the body is optional",
        Sides::Only { direction: Direction::Request, side: compatible("Use the setter instead of the argument."), why: BODY },
        "Requests don't change.",
        operation("{requestBody: {required: true, content: {application/json: {schema: {type: array, items: {type: string}}}}}, \
              responses: {'204': {description: Done.}}}",
            "{requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}, \
              responses: {'204': {description: Done.}}}");
    MEDIA_TYPE_ADDED = "media-type-added", Major, "the body can be {name}",
        Sides::Both {
            request: compatible(NOTHING),
            response: risky("Nothing, unless other code than the crate's reads the responses."),
        },
        "A request's body has one more form to choose from. Of a response's forms only \
         the one that the crate asks for counts: it is another one now.",
        operation(JSON_TO_TEXT, JSON_OR_TEXT_TO_JSON);
    MEDIA_TYPE_REMOVED = "media-type-removed", Major, "the body can no longer be {name}",
        Sides::Both {
            request: breaking("Send the body in one of the remaining media types."),
            response: breaking("Update the crate: it requests the removed media type."),
        },
        "The server rejects requests in this media type (415). It doesn't respond in it (406), or the crate now prefers another one.",
        operation(JSON_OR_TEXT_TO_JSON, JSON_TO_TEXT);
    OTHER_MEDIA_TYPE_ADDED = "other-media-type-added", Patch, "the server can answer {name} too, which the crate doesn't ask for",
        Sides::Only { direction: Direction::Response, side: compatible(NOTHING), why: NO_FORM },
        "The document has one more form of the response. The crate asks for the same one as before.",
        operation(JSON_TEXT, JSON_OR_CSV);
    OTHER_MEDIA_TYPE_REMOVED = "other-media-type-removed", Patch, "the server no longer answers {name}, which the crate doesn't ask for",
        Sides::Only { direction: Direction::Response, side: compatible(NOTHING), why: NO_FORM },
        "The document has one form less of the response. The crate asks for the same one as before.",
        operation(JSON_OR_CSV, JSON_TEXT);
    MEDIA_TYPE_PARAMETERS_CHANGED = "media-type-parameters-changed", Patch, "the media type was {before} and is {after}",
        Sides::Both {
            request: risky("Update the crate, which sends the media type as the document has it."),
            response: risky("Check that you read what the parameters mean."),
        },
        "The parameters after the media type are others. What they mean is not said: a character set, a version, a profile.",
        operation(VERSION_1, VERSION_2);
    ENCODING_CHANGED = "encoding-changed", Patch, "properties of the form are written differently",
        Sides::Only { direction: Direction::Request, side: breaking("Update the crate."),
            why: "Forms aren't read from responses." },
        "`encoding` says for each property of a form how it is written, or what its media type is.",
        operation("{requestBody: {content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Thing'}}}}, \
              responses: {'204': {description: Done.}}}",
            "{requestBody: {content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Thing'}, \
              encoding: {name: {explode: false}}}}}, responses: {'204': {description: Done.}}}");

    XML_CHANGED = "xml-changed", Patch, "{name} is written differently in XML",
        Sides::Both {
            request: breaking("Update the crate: the server doesn't understand the old names."),
            response: breaking("Update the crate: the old one doesn't find the value in responses."),
        },
        "`xml` says which element, attribute or text a value is, and its name and namespace. The Rust API stays as it is.",
        operation("{requestBody: {content: {application/xml: {schema: {type: object, xml: {name: thing}, properties: {a: {type: string}}}}}}, \
              responses: {'200': {description: Done., content: {application/xml: {schema: {type: object, xml: {name: thing}, \
              properties: {a: {type: string}}}}}}}}",
            "{requestBody: {content: {application/xml: {schema: {type: object, xml: {name: thing}, \
              properties: {a: {type: string, xml: {attribute: true}}}}}}}, \
              responses: {'200': {description: Done., content: {application/xml: {schema: {type: object, xml: {name: item}, \
              properties: {a: {type: string}}}}}}}}");

    OPTIONAL_FILE_ADDED = "optional-file-added", Minor, "the file {name} is new",
        Sides::Only { direction: Direction::Request, side: compatible(NOTHING), why: NO_FILES },
        "The builder has a setter for the file.",
        operation(FORM_ONE_FILE, FORM_TWO_FILES);
    REQUIRED_FILE_ADDED = "required-file-added", Major, "the file {name} is new and required",
        Sides::Only { direction: Direction::Request, side: breaking("Pass the file."), why: NO_FILES },
        "The server rejects requests without it. It is an argument of the operation's function.",
        operation(FORM_ONE_FILE, FORM_TWO_REQUIRED);
    FILE_REMOVED = "file-removed", Major, "the file {name} is gone",
        Sides::Only { direction: Direction::Request, side: risky("Stop passing it, and look for a replacement."), why: NO_FILES },
        "The server ignores the unknown part of the form or rejects the request.",
        operation(FORM_TWO_FILES, FORM_ONE_FILE);
    FILE_BECAME_REQUIRED = "file-became-required", Major, "the file {name} is required",
        Sides::Only { direction: Direction::Request, side: breaking("Pass the file."), why: NO_FILES },
        "The server rejects requests without it. Its setter becomes an argument of the operation's function.",
        operation(FORM_TWO_FILES, FORM_TWO_REQUIRED);
    FILE_BECAME_OPTIONAL = "file-became-optional", Major, "the file {name} is optional",
        Sides::Only { direction: Direction::Request, side: compatible("Use the setter instead of the argument."), why: NO_FILES },
        "Requests don't change.",
        operation(FORM_TWO_REQUIRED, FORM_TWO_FILES);
    FILE_COUNT_CHANGED = "file-count-changed", Major, "the file {name} was {before} and is {after}",
        Sides::Only { direction: Direction::Request, side: breaking("Pass as many files as are expected."), why: NO_FILES },
        "One file became a list of files, or the other way round.",
        operation(FILE_REQUIRED, FILES_REQUIRED);

    PART_HEADER_REQUIRED = "part-header-required", Patch, "the parts of the file need the header {name}",
        Sides::Only { direction: Direction::Request, side: breaking("Set it with `FilePart::header`."), why: NO_FILES },
        "The server rejects parts without it. The crate checks that each has it before it sends anything.",
        operation(FILE_REQUIRED, FILE_REQUIRED_HEADER);
    PART_HEADER_OPTIONAL = "part-header-optional", Patch, "the parts of the file may have the header {name}",
        Sides::Only { direction: Direction::Request, side: compatible(NOTHING), why: NO_FILES },
        "It can be set with `FilePart::header`, and needn't be.",
        operation(FILE_REQUIRED, FILE_OPTIONAL_HEADER);
    PART_HEADER_REMOVED = "part-header-removed", Patch, "the parts of the file no longer have the header {name}",
        Sides::Only { direction: Direction::Request, side: risky("Stop setting it."), why: NO_FILES },
        "The server ignores the unknown header, or treats the part otherwise than before.",
        operation(FILE_OPTIONAL_HEADER, FILE_REQUIRED);

    SUCCESS_ADDED = "success-added", Minor, "success {name} is new",
        Sides::Only { direction: Direction::Response, side: risky("Update the crate, which reads an undeclared success as a declared one."), why: NO_STATUS },
        "The old crate reads every 2XX as the success that it knows, and fails if the body doesn't fit. If its body is of \
         another type the operation's output becomes an enum.",
        operation(TWO_SUCCESSES, THREE_SUCCESSES);
    SUCCESS_REMOVED = "success-removed", Major, "success {name} is gone",
        Sides::Only { direction: Direction::Response, side: risky("Don't rely on it."), why: NO_STATUS },
        "The server no longer responds with this status, but may respond likewise with another one.",
        operation(THREE_SUCCESSES, TWO_SUCCESSES);
    FAILURE_ADDED = "failure-added", Minor, "failure {name} is new",
        Sides::Only { direction: Direction::Response, side: compatible("Consider handling it."), why: NO_STATUS },
        "The operation's error has a new variant. The old crate treats it as an undeclared failure.",
        operation("{responses: {'204': {description: Done.}, '400': {description: Wrong.}}}",
            "{responses: {'204': {description: Done.}, '400': {description: Wrong.}, '409': {description: Taken.}}}");
    FAILURE_REMOVED = "failure-removed", Major, "failure {name} is gone",
        Sides::Only { direction: Direction::Response, side: compatible("Don't rely on it."), why: NO_STATUS },
        "The operation's error loses a variant. If the server still responds this way, it is an undeclared failure.",
        operation("{responses: {'204': {description: Done.}, '400': {description: Wrong.}, '409': {description: Taken.}}}",
            "{responses: {'204': {description: Done.}, '400': {description: Wrong.}}}");
    CONTENT_ADDED = "content-added", Major, "the response {name} has a body",
        Sides::Only { direction: Direction::Response, side: compatible("Read it if you need it."), why: NO_STATUS },
        "The body used to be ignored, and is now read. The type of the output or of a failure's body changes.",
        operation("{responses: {'200': {description: Done.}}}",
            "{responses: {'200': {description: Done., content: {application/json: {schema: {type: string}}}}}}");
    CONTENT_REMOVED = "content-removed", Major, "the response {name} has no body",
        Sides::Only { direction: Direction::Response, side: breaking("Stop using it."), why: NO_STATUS },
        "The old crate can't read a success without the body that it expects.",
        operation("{responses: {'200': {description: Done., content: {application/json: {schema: {type: string}}}}}}",
            "{responses: {'200': {description: Done.}}}");
    FORM_ADDED = "form-added", Minor, "the response can be {name} too",
        Sides::Only { direction: Direction::Response, side: compatible(NOTHING), why: NO_FORM },
        "The builder has a method that asks for it.",
        operation(JSON_THING, JSON_OR_LINES);
    FORM_REMOVED = "form-removed", Major, "the response can no longer be {name}",
        Sides::Only { direction: Direction::Response, side: breaking("Ask for another media type."), why: NO_FORM },
        "The builder's method that asked for it is gone.",
        operation(JSON_OR_LINES, JSON_THING);
    ITEMS_CHANGED = "items-changed", Patch, "its items are {after}, and were {before}",
        Sides::Only { direction: Direction::Response, side: breaking("Update the crate."), why: NO_FORM },
        "An item of a stream is the data of an event, or the event with its data as text or as JSON. The settings can name \
         a text that ends the stream.",
        Example { frame: Frame::Settings, old: "{streams: {end: '[DONE]'}}", new: "{}" };
    HEADER_ADDED = "header-added", Minor, "the header {name} is new",
        Sides::Only { direction: Direction::Response, side: compatible(NOTHING), why: NO_HEADERS },
        "The operation's headers have a new field.",
        operation("{responses: {'204': {description: Done., headers: {A: {schema: {type: string}}}}}}",
            "{responses: {'204': {description: Done., headers: {A: {schema: {type: string}}, B: {schema: {type: string}}}}}}");
    HEADER_REMOVED = "header-removed", Major, "the header {name} is gone",
        Sides::Only { direction: Direction::Response, side: risky("Stop using it."), why: NO_HEADERS },
        "Headers are always an `Option` in Rust, so a missing one isn't a failure. Code that relies on it gets `None`.",
        operation("{responses: {'204': {description: Done., headers: {A: {schema: {type: string}}, B: {schema: {type: string}}}}}}",
            "{responses: {'204': {description: Done., headers: {A: {schema: {type: string}}}}}}");
    HEADER_BECAME_OPTIONAL = "header-became-optional", Patch, "the header {name} is optional",
        Sides::Only { direction: Direction::Response, side: risky("Don't rely on it."), why: NO_HEADERS },
        "Headers are always an `Option` in Rust. The server no longer guarantees this one.",
        operation("{responses: {'204': {description: Done., headers: {A: {required: true, schema: {type: string}}}}}}",
            "{responses: {'204': {description: Done., headers: {A: {schema: {type: string}}}}}}");
    HEADER_BECAME_REQUIRED = "header-became-required", Patch, "the header {name} is always present",
        Sides::Only { direction: Direction::Response, side: compatible(NOTHING), why: NO_HEADERS },
        "The server guarantees it.",
        operation("{responses: {'204': {description: Done., headers: {A: {schema: {type: string}}}}}}",
            "{responses: {'204': {description: Done., headers: {A: {required: true, schema: {type: string}}}}}}");
}

const FORM_ONE_FILE: &str = "{requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: \
      {a: {type: string, format: binary}}}}}}, responses: {'204': {description: Done.}}}";
const FORM_TWO_FILES: &str = "{requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: \
      {a: {type: string, format: binary}, b: {type: string, format: binary}}}}}}, responses: {'204': {description: Done.}}}";
const FORM_TWO_REQUIRED: &str = "{requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [b], properties: \
      {a: {type: string, format: binary}, b: {type: string, format: binary}}}}}}, responses: {'204': {description: Done.}}}";
const NO_SECURITY: &str = "{paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}, components: {securitySchemes: \
      {a: {type: http, scheme: bearer}}}}";
const SECURITY_A: &str = "{paths: {/a: {get: {operationId: a, security: [{a: []}], responses: {'204': {description: Done.}}}}}, \
      components: {securitySchemes: {a: {type: http, scheme: bearer}, b: {type: http, scheme: basic}}}}";
const SECURITY_A_B: &str = "{paths: {/a: {get: {operationId: a, security: [{a: []}, {b: []}], responses: {'204': {description: Done.}}}}}, \
      components: {securitySchemes: {a: {type: http, scheme: bearer}, b: {type: http, scheme: basic}}}}";
const SCOPE_R: &str = "{paths: {/a: {get: {operationId: a, security: [{a: [read]}], responses: {'204': {description: Done.}}}}}, \
      components: {securitySchemes: {a: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example', scopes: {read: R, write: W}}}}}}}";
const SCOPES_RW: &str = "{paths: {/a: {get: {operationId: a, security: [{a: [read, write]}], responses: {'204': {description: Done.}}}}}, \
      components: {securitySchemes: {a: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a.example', scopes: {read: R, write: W}}}}}}}";
const JSON_TO_TEXT: &str = "{requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}, \
      responses: {'200': {description: Done., content: {text/plain: {schema: {type: string}}}}}}";
const JSON_OR_TEXT_TO_JSON: &str = "{requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}, \
      text/plain: {schema: {type: string}}}}, \
      responses: {'200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}";
const JSON_THING: &str = "{responses: {'200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}}";
const JSON_TEXT: &str =
    "{responses: {'200': {description: Done., content: {application/json: {schema: {type: string}}}}}}";
const JSON_OR_CSV: &str = "{responses: {'200': {description: Done., content: {application/json: {schema: {type: string}}, \
      text/csv: {schema: {type: string}}}}}}";
const VERSION_1: &str = "{requestBody: {required: true, content: {application/json; v=1: {schema: {$ref: '#/components/schemas/Thing'}}}}, \
      responses: {'200': {description: Done., content: {application/json; v=1: {schema: {$ref: '#/components/schemas/Thing'}}}}}}";
const VERSION_2: &str = "{requestBody: {required: true, content: {application/json; v=2: {schema: {$ref: '#/components/schemas/Thing'}}}}, \
      responses: {'200': {description: Done., content: {application/json; v=2: {schema: {$ref: '#/components/schemas/Thing'}}}}}}";
const JSON_OR_LINES: &str = "{responses: {'200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}, \
      application/jsonl: {schema: {$ref: '#/components/schemas/Thing'}}}}}}";
const TWO_SUCCESSES: &str = "{responses: {'204': {description: Done.}, '200': {description: Made., content: {text/plain: {schema: {type: string}}}}}}";
const THREE_SUCCESSES: &str = "{responses: {'204': {description: Done.}, '200': {description: Made., content: {text/plain: {schema: {type: string}}}}, \
      '202': {description: Begun.}}}";
const FILE_REQUIRED: &str = "{requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [a], properties: \
      {a: {type: string, format: binary}}}}}}, responses: {'204': {description: Done.}}}";
const FILES_REQUIRED: &str = "{requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [a], properties: \
      {a: {type: array, items: {type: string, format: binary}}}}}}}, responses: {'204': {description: Done.}}}";
const FILE_REQUIRED_HEADER: &str = "{requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [a], properties: \
      {a: {type: string, format: binary}}}, encoding: {a: {headers: {X-Page: {required: true, schema: {type: string}}}}}}}}, \
      responses: {'204': {description: Done.}}}";
const FILE_OPTIONAL_HEADER: &str = "{requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [a], properties: \
      {a: {type: string, format: binary}}}, encoding: {a: {headers: {X-Page: {schema: {type: string}}}}}}}}, \
      responses: {'204': {description: Done.}}}";

const ROOT_SERVER: &str = "{servers: [{url: 'https://a.example'}], paths: {/a: {get: {operationId: a, responses: {'204': {description: Done.}}}}}}";
const OWN_SERVER: &str = "{servers: [{url: 'https://a.example'}], \
      paths: {/a: {get: {operationId: a, servers: [{url: 'https://b.example'}], responses: {'204': {description: Done.}}}}}}";
const OWN_SERVERS: &str = "{servers: [{url: 'https://a.example'}], \
      paths: {/a: {servers: [{url: 'https://b.example'}, {url: 'https://c.example'}], get: {operationId: a, responses: {'204': {description: Done.}}}}}}";
