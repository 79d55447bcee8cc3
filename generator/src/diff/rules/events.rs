//! Rules about events: webhooks and callbacks. What is in them travels like a response, and has the rules of one.

use super::*;

kinds! { Operation:
    EVENT_ADDED = "event-added", Minor, "the event {name} is new",
        Sides::Neither(compatible("Handle it, if it is of interest.")),
        "The service sends one more kind of request. Code that doesn't know it gets it as an unknown event.",
        document(ONE_EVENT, TWO_EVENTS);
    EVENT_REMOVED = "event-removed", Major, "the event {name} is gone",
        Sides::Neither(risky("Stop waiting for it. The document doesn't say what replaces it.")),
        "The service no longer sends it, or no longer says so. Code that names the variant no longer compiles.",
        document(TWO_EVENTS, ONE_EVENT);
    EVENT_RECOGNITION_CHANGED = "event-recognition-changed", Major, "it is recognised {after}, and was {before}",
        Sides::Neither(risky("Check how your receiver tells events apart.")),
        "The sender's name for an event, or the property of its payload that tells it from others, has changed. It decides \
         over the functions that decode events.",
        document(TWO_NAMED_EVENTS, TWO_EVENTS);
    EVENT_PAYLOAD_CHANGED = "event-payload-changed", Major, "its payload was {before} and is {after}",
        Sides::Neither(breaking("Update the crate: the old one can't read the payload.")),
        "The event has another media type, or has a payload for the first time, or has none any longer.",
        document(ONE_EVENT, "{paths: {}, webhooks: {made: {post: {responses: {'200': {description: Done.}}}}}}");
    EVENT_ANSWERS_CHANGED = "event-answers-changed", Patch, "it is answered with {after}, and was with {before}",
        Sides::Neither(risky("Check what your receiver answers.")),
        "The service expects other statuses or media types of its receiver.",
        document(ONE_EVENT, "{paths: {}, webhooks: {made: {post: {requestBody: {content: {application/json: {schema: \
              {type: object, properties: {id: {type: string}}}}}}, responses: {'202': {description: Done.}}}}}}");
    EVENT_ADDRESS_CHANGED = "event-address-changed", Patch, "it was sent as {before} and is sent as {after}",
        Sides::Neither(risky("Check the address that you give to the service, and the method that you accept there.")),
        "A callback is sent to another URL, by the expression that the document has for it, or a callback or a webhook with \
         another method.",
        document(CALLBACK, MOVED_CALLBACK);
}

const ONE_EVENT: &str = "{paths: {}, webhooks: {made: {post: {requestBody: {content: {application/json: {schema: \
     {type: object, properties: {id: {type: string}}}}}}, responses: {'200': {description: Done.}}}}}}";
const TWO_EVENTS: &str = "{paths: {}, webhooks: {made: {post: {requestBody: {content: {application/json: {schema: \
     {type: object, properties: {id: {type: string}}}}}}, responses: {'200': {description: Done.}}}}, \
     gone: {post: {requestBody: {content: {application/json: {schema: \
     {type: object, properties: {id: {type: string}}}}}}, responses: {'200': {description: Done.}}}}}}";
const TWO_NAMED_EVENTS: &str = "{paths: {}, webhooks: {made: {post: {requestBody: {content: {application/json: {schema: \
     {type: object, properties: {id: {const: a}}}}}}, responses: {'200': {description: Done.}}}}, \
     gone: {post: {requestBody: {content: {application/json: {schema: \
     {type: object, properties: {id: {const: b}}}}}}, responses: {'200': {description: Done.}}}}}}";
const CALLBACK: &str = "{paths: {/a: {post: {operationId: a, responses: {'204': {description: Done.}}, callbacks: \
     {done: {'{$request.query.url}': {post: {operationId: done, responses: {'200': {description: Done.}}}}}}}}}}";
const MOVED_CALLBACK: &str = "{paths: {/a: {post: {operationId: a, responses: {'204': {description: Done.}}, callbacks: \
     {done: {'{$request.query.uri}': {post: {operationId: done, responses: {'200': {description: Done.}}}}}}}}}}";
