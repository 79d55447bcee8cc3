//! Generates a client with spargen's library, which has no command that does: from the first argument to the second.

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, document, out] = &*arguments else { panic!("a document and a file") };
    spargen::generate(&spargen::Spec::new(document.as_str()).build(out.as_str())).expect_success();
}
