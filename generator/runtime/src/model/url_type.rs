//! The type of the crate `url`.

use url::Url;

use crate::model::text_types::text_types;

text_types! {
    Url: "a URL", |text| text.parse().ok(), |url| url.as_str().to_owned();
}
