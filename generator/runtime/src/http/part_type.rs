//! The media type of a part of a multipart body, from the `contentType` that the document declares: a media type, a
//! range such as `image/*`, or a list of these (OpenAPI 3.1, 4.8.15).

use serde_json::Value;

/// The media type of a part that holds `value`.
pub(crate) fn of_value(declared: Option<&str>, value: &Value) -> String {
    let structured = value.is_object() || value.is_array();
    let usual = if structured { "application/json" } else { "text/plain" };
    let mut named = concrete(declared);
    let json = || named.clone().find(|name| is_json(name));
    let chosen = if structured { json().or_else(|| named.clone().next()) } else { named.next() };
    chosen.unwrap_or(usual).to_owned()
}

/// Whether values in this media type are JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// The media type of a file called `name` whose media type the caller doesn't say. Of several, the name's extension
/// tells which one it is.
pub(crate) fn of_file(declared: Option<&str>, name: &str) -> String {
    let mut named = concrete(declared);
    if let (Some(only), None) = (named.next(), named.next())
        && items(declared).count() == 1
    {
        return only.to_owned();
    }
    let subtype = subtype(name);
    let fits = |item: &&str| match essence(item).split_once('/') {
        Some(("image", "*")) => IMAGES.contains(&subtype.as_str()),
        Some((_, own)) => own == subtype,
        None => false,
    };
    match items(declared).find(fits) {
        Some(range) if range.contains('*') => format!("image/{subtype}"),
        Some(item) => item.to_owned(),
        None => "application/octet-stream".to_owned(),
    }
}

/// The kinds of images whose subtype is known by their extension.
const IMAGES: [&str; 9] = ["avif", "bmp", "gif", "heic", "jpeg", "png", "svg+xml", "tiff", "webp"];

/// The subtype that the extension of a file's name stands for.
fn subtype(name: &str) -> String {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "jpg" => "jpeg",
        "tif" => "tiff",
        "svg" => "svg+xml",
        "txt" => "plain",
        "md" => "markdown",
        "htm" => "html",
        "js" => "javascript",
        other => other,
    }
    .to_owned()
}

fn items(declared: Option<&str>) -> impl Iterator<Item = &str> + Clone {
    declared.into_iter().flat_map(|list| list.split(',')).map(str::trim).filter(|item| !item.is_empty())
}

/// The items that aren't ranges.
fn concrete(declared: Option<&str>) -> impl Iterator<Item = &str> + Clone {
    items(declared).filter(|item| item.contains('/') && !item.contains('*'))
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_has_what_is_declared_or_what_is_usual() {
        for (declared, scalar, object) in [
            (None, "text/plain", "application/json"),
            (Some("text/csv; header=present"), "text/csv; header=present", "text/csv; header=present"),
            (Some("application/xml, application/ld+json"), "application/xml", "application/ld+json"),
            (Some("*/*"), "text/plain", "application/json"),
            (Some("text/*, application/json"), "application/json", "application/json"),
        ] {
            assert_eq!(of_value(declared, &json!("a")), scalar, "{declared:?}");
            assert_eq!(of_value(declared, &json!({ "a": 1 })), object, "{declared:?}");
        }
    }

    #[test]
    fn a_file_has_the_one_that_fits_its_name() {
        for (declared, name, expected) in [
            (None, "a.png", "application/octet-stream"),
            (Some("image/png"), "file", "image/png"),
            (Some("image/png, image/jpeg"), "a.JPG", "image/jpeg"),
            (Some("image/png, image/jpeg"), "a.gif", "application/octet-stream"),
            (Some("image/*"), "a.svg", "image/svg+xml"),
            (Some("image/*"), "a.exe", "application/octet-stream"),
            (Some("application/pdf, image/*"), "a.pdf", "application/pdf"),
            (Some("*/*"), "a.pdf", "application/octet-stream"),
        ] {
            assert_eq!(of_file(declared, name), expected, "{declared:?} {name}");
        }
    }
}
