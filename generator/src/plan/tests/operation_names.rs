//! What operations and their modules wish to be called.

use super::snippet::paths;

/// The modules and the name of `POST /v1/doors/{id}/locks`, called `id`.
fn wishes(more: &str) -> (Vec<String>, String) {
    let parameters = "parameters: [{name: id, in: path, required: true, schema: {type: string}}]";
    let plan = paths(&format!(
        "/v1/doors/{{id}}/locks:\n  post: {{tags: [Doors], {parameters}, responses: {{'204': {{description: d}}}}, {more}}}"
    ));
    let operation = plan.operation("POST /v1/doors/{id}/locks");
    (operation.group_words.clone(), operation.wish.words().to_owned())
}

fn named(id: &str) -> (Vec<String>, String) {
    wishes(&format!("operationId: {id:?}"))
}

fn expected(group: &[&str], name: &str) -> (Vec<String>, String) {
    (group.iter().map(|word| (*word).to_owned()).collect(), name.to_owned())
}

#[test]
fn an_id_is_a_name_or_modules_and_a_name() {
    assert_eq!(named("lockDoor"), expected(&["Doors"], "lockDoor"));
    assert_eq!(named("doors/lock"), expected(&["doors"], "lock"));
    assert_eq!(named("house.doors.lock"), expected(&["house", "doors"], "lock"));
    assert_eq!(wishes("x-operation-name: shut"), expected(&["Doors"], "shut"));
    assert_eq!(wishes("x-operation-name: shut, operationId: doors/lock"), expected(&["Doors"], "shut"));
}

#[test]
fn an_id_that_holds_its_path_is_what_else_it_says() {
    for id in [
        "post-/v1/doors/{id}/locks",
        "POST /v1/doors/{id}/locks",
        "post-/v1/doors/{id}/locks_/v1/doors/{id}/locks",
        "/v1/doors/{id}/locks",
        "v1/doors/id/locks",
        "v1.doors.id.locks.post",
    ] {
        assert_eq!(named(id), expected(&["Doors"], "post"), "{id}");
    }
    assert_eq!(named("lock_door_v1_doors__id__locks_post"), expected(&["Doors"], "lock door"));
    assert_eq!(named("lock-/v1/doors/{id}/locks"), expected(&["Doors"], "lock"));
    assert_eq!(named("/v1/doors/{id}/locks/shut"), expected(&["Doors"], "shut"));
}

#[test]
fn an_id_with_words_of_its_path_stays() {
    for id in [
        "postDoorsLocks",
        "post_v1_doors_id_locks",
        "v1_doors_id_locks_post",
        "create_locks_post",
        "lock_post",
    ] {
        assert_eq!(named(id), expected(&["Doors"], id), "{id}");
    }
}

#[test]
fn a_summary_divides_what_casing_does_not() {
    let summary = |id: &str, summary: &str| wishes(&format!("operationId: {id}, summary: {summary:?}"));
    assert_eq!(summary("CreateanAPIkey", "Create an API key"), expected(&["Doors"], "Create an API key"));
    assert_eq!(summary("createKey", "Creates a key"), expected(&["Doors"], "createKey"));
}

#[test]
fn short_paths_are_names_too() {
    let named = |id: &str, path: &str| {
        let plan = paths(&format!(
            "{path}: {{get: {{operationId: {id:?}, responses: {{'204': {{description: d}}}}}}}}"
        ));
        let operation = plan.operation(&format!("GET {path}"));
        (operation.group_words.clone(), operation.wish.words().to_owned())
    };
    assert_eq!(named("doors/list", "/list"), expected(&["doors"], "list"));
    assert_eq!(named("list_doors_get", "/doors"), expected(&[], "list_doors_get"));
    assert_eq!(named("list_all_doors_all_get", "/doors/all"), expected(&[], "list all"));
    assert_eq!(named("GET /doors", "/doors"), expected(&[], "get"));
    assert_eq!(named("root", "/"), expected(&[], "root"));
}
