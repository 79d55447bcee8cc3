//! Streams of events and items, whatever the pieces in which they arrive.

use std::convert::Infallible;

use arbitrary::{Arbitrary, Unstructured};
use bytes::Bytes;
use openapi_rust_runtime::external::http::Response;
use openapi_rust_runtime::{EventData, EventParser, ItemFormat, Json, ResponseBody, StreamItem, Streamed};

use crate::client::{Client, run, transport};
use crate::{assert_printable, halves};

/// The pieces of `bytes` whose lengths `sizes` say, and what is left.
fn pieces(mut bytes: &[u8], sizes: &[u8]) -> Vec<Bytes> {
    let mut pieces = Vec::new();
    for size in sizes {
        let (piece, rest) = bytes.split_at(usize::from(*size).min(bytes.len()));
        pieces.push(Bytes::copy_from_slice(piece));
        bytes = rest;
    }
    pieces.push(Bytes::copy_from_slice(bytes));
    pieces
}

/// Events are the same whatever the pieces, and as a parser of lines finds them.
pub fn events(bytes: &[u8]) {
    let (text, sizes) = halves(bytes);
    let mut whole = EventParser::default();
    let expected = whole.push(text);
    let mut parser = EventParser::default();
    let found: Vec<_> = pieces(text, sizes).iter().flat_map(|piece| parser.push(piece)).collect();
    assert_eq!(found, expected);
    assert_eq!((parser.last_id(), parser.reconnection_time()), (whole.last_id(), whole.reconnection_time()));
    assert_eq!(parser.pending(), whole.pending());
    assert!(whole.pending() <= 3 * text.len(), "no more is kept than has arrived");
    for event in &expected {
        assert!(!event.event.contains(['\r', '\n']) && !event.id.contains(['\r', '\n', '\0']), "{event:?}");
        assert!(!event.event.is_empty() && !event.data.contains('\r'), "{event:?}");
    }
    assert_eq!(expected.iter().map(|event| event.data.clone()).collect::<Vec<_>>(), data(text));
}

/// The data of the events, by the definition line by line (WHATWG HTML, section 9.2.6).
fn data(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
    let (mut found, mut lines) = (Vec::new(), Vec::new());
    for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
        if line.is_empty() {
            if !lines.is_empty() {
                found.push(std::mem::take(&mut lines).join("\n"));
            }
        } else if let ("data", value) = line.split_once(':').unwrap_or((line, "")) {
            lines.push(value.strip_prefix(' ').unwrap_or(value).to_owned());
        }
    }
    found
}

macro_rules! formats {
    ($($name:ident: $item:ty, $media_type:literal, $format:expr;)*) => {
        $(
            struct $name;
            crate::client::operation!($name, String);

            impl Streamed for $name {
                type Item = $item;
                const FORMAT: ItemFormat = $format;
            }
        )*

        #[derive(Arbitrary)]
        enum Format { $($name,)* }

        impl Format {
            fn items(&self, pieces: Vec<Bytes>) -> Vec<String> {
                match self {
                    $(Self::$name => items_of($name, $media_type, pieces),)*
                }
            }
        }
    };
}
formats! {
    Numbers: i64, "text/event-stream", ItemFormat::events(EventData::Item).until("[DONE]");
    Texts: Json, "text/event-stream", ItemFormat::events(EventData::Text);
    Mixed: Json, "text/event-stream", ItemFormat::events(EventData::JsonExcept(&["note"]));
    Lines: Json, "application/jsonl", ItemFormat::LINES;
    Records: Json, "application/json-seq", ItemFormat::SEQUENCE;
}

/// Items of a stream are the same whatever the pieces, and what is wrong with one can be printed.
pub fn items(bytes: &[u8]) {
    let mut u = Unstructured::new(bytes);
    let Ok(format) = Format::arbitrary(&mut u) else { return };
    let (text, sizes) = halves(u.take_rest());
    let whole = format.items(vec![Bytes::copy_from_slice(text)]);
    assert_eq!(format.items(pieces(text, sizes)), whole);
}

/// The items of a response with these pieces, as text, and what went wrong.
fn items_of<O>(operation: O, media_type: &'static str, pieces: Vec<Bytes>) -> Vec<String>
where
    O: Streamed<Document = crate::client::Document, Error = Infallible> + Send + 'static,
    O::Item: StreamItem + serde::Serialize,
{
    let client: Client = transport(move |_| {
        let pieces = pieces.clone().into_iter().map(Ok);
        let mut response = Response::new(ResponseBody::stream(futures_util::stream::iter(pieces)));
        response.headers_mut().insert("content-type", media_type.parse().expect("a media type"));
        Ok(response)
    });
    run(async move {
        let mut found = Vec::new();
        let mut stream = match client.stream_items(operation).await {
            Ok(stream) => stream.item_limit(100_000),
            Err(error) => return vec![error.to_string()],
        };
        // Each item takes a byte at least.
        loop {
            match stream.try_next().await {
                Ok(None) => return found,
                Ok(Some(item)) => found.push(serde_json::to_string(&item).expect("an item can be written")),
                Err(error) => {
                    let told = format!("{error:#}");
                    assert_printable(&told);
                    found.push(told);
                }
            }
            assert!(found.len() < 100_000, "a stream without an end");
        }
    })
}
