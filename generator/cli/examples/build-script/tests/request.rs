//! The generated client builds requests.

use petstore_client::pets;

#[test]
fn a_request_is_built() {
    let request = pets::get("7").build().expect("it is valid");
    assert_eq!(request.method(), "GET");
    assert_eq!(request.uri(), "/pets/7");
}
