//! A day of a reviewer: a vendor's edits of the document of the checked-in crate, one commit each. What each means fits
//! one screen, but for the two that are large.

use crate::folder::{Folder, errors, text};
use crate::{copy_spec, workspace};

/// How many lines a screen has.
const SCREEN: usize = 40;

/// What a vendor does: what it is, the file, what stands there before and after, and a part of what is told. Each counts for
/// every place at which the text stands.
const EDITS: &[(&str, &str, &[(&str, &str)], &str)] = &[
    (
        "a field is renamed",
        "connections.yaml",
        &[("        token_lifetime:\n", "        lifetime_seconds:\n")],
        "token_lifetime",
    ),
    (
        "a trait of every strategy is renamed",
        "strategies/shared.yaml",
        &[("    non_persistent_attrs:\n", "    attributes_not_kept:\n")],
        "non_persistent_attrs",
    ),
    (
        "an optional property is new",
        "connections.yaml",
        &[(
            "        last_used_at:\n",
            "        created_by:\n          type: string\n          description: Who asked for it.\n        last_used_at:\n",
        )],
        "created_by",
    ),
    (
        "an optional property of every strategy is new",
        "strategies/shared.yaml",
        &[(
            "    attributes_not_kept:\n",
            "    region:\n      type: string\n      description: Where it runs.\n    attributes_not_kept:\n",
        )],
        "region",
    ),
    ("a value is gone", "connections.yaml", &[("        - vkontakte\n", "")], "vkontakte"),
    (
        "descriptions are told in other words",
        "connections.yaml",
        &[
            ("Identifier of the", "The identifier of the"),
            ("description: The token", "description: This token"),
        ],
        "descriptions changed",
    ),
    (
        "an operation is new",
        "connections.yaml",
        &[(
            "  /connections/{id}/users:\n",
            "  /connections/{id}/health:\n    get:\n      operationId: get_health\n      x-operation-name: health\n      x-operation-group: connections\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses: {'200': {description: How it is., content: {application/json: {schema: {type: object, properties: {state: {type: string}}}}}}}\n  /connections/{id}/users:\n",
        )],
        "/connections/{id}/health",
    ),
    (
        "an operation is gone",
        "connections.yaml",
        &[("x-operation-name: checkStatus", "x-operation-name: probe")],
        "probe",
    ),
    (
        "a limit is tighter",
        "connections.yaml",
        &[("            maximum: 100\n", "            maximum: 50\n")],
        "50",
    ),
    (
        "a limit of a trait is tighter",
        "strategies/shared.yaml",
        &[("maxLength: 255", "maxLength: 128")],
        "128",
    ),
    (
        "a type is another",
        "connections.yaml",
        &[(
            "        valid_until:\n          type: string\n",
            "        valid_until:\n          type: integer\n",
        )],
        "valid_until",
    ),
    (
        "a property is required",
        "connections.yaml",
        &[(
            "    CreateScimTokenRequestContent:\n      type: object\n",
            "    CreateScimTokenRequestContent:\n      type: object\n      required: [scopes]\n",
        )],
        "scopes",
    ),
    (
        "a header is new",
        "connections.yaml",
        &[(
            "          description: The agent is online.\n",
            "          description: The agent is online.\n          headers: {X-Agent-Version: {schema: {type: string}}}\n",
        )],
        "X-Agent-Version",
    ),
];

/// Those of which a report may be longer than a screen.
const LARGE: &[(&str, &[(&str, &str)], &str)] = &[
    (
        "a strategy is new",
        &[
            ("        - yandex\n", "        - yandex\n        - zebra\n"),
            (
                "          yandex: strategies/yandex.yaml#/ConnectionOptionsYandex\n",
                "          yandex: strategies/yandex.yaml#/ConnectionOptionsYandex\n          zebra: strategies/line.yaml#/ConnectionOptionsLine\n",
            ),
        ],
        "zebra",
    ),
    (
        "an operation moves",
        &[("  /connections/{id}/keys:\n", "  /connections/{id}/signing-keys:\n")],
        "/connections/{id}/signing-keys",
    ),
];

/// Makes the edit and commits it; what the last commit means.
fn reviewed(folder: &Folder, what: &str, file: &str, edit: &[(&str, &str)], says: &str) -> String {
    let mut document = folder.read(file);
    for (before, after) in edit {
        assert!(document.contains(before), "{what}: {before} isn't in {file}");
        document = document.replace(before, after);
    }
    folder.write(file, &document);
    folder.commit();
    let arguments = ["diff", "--spec", "connections.yaml", "HEAD~1...HEAD"];
    let output = folder.reads(&arguments);
    assert_eq!(output.status.code(), Some(0), "{what}: {}", errors(&output));
    let report = text(&output);
    assert!(report.contains(says), "{what}: {says} isn't in {report}");
    report
}

#[test]
fn what_each_commit_means_fits_one_screen() {
    if workspace("spec/strategies").is_none() {
        return;
    }
    let folder = Folder::repository("");
    copy_spec(&folder);
    folder.commit();
    let mut long = Vec::new();
    for (what, file, edit, says) in EDITS {
        let report = reviewed(&folder, what, file, edit, says);
        let lines = report.lines().count();
        println!("{lines:3} lines: {what}");
        if lines > SCREEN {
            long.push(format!("{what}: {lines} lines\n{report}"));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
    for (what, edit, says) in LARGE {
        let report = reviewed(&folder, what, "connections.yaml", edit, says);
        println!("{:3} lines: {what}", report.lines().count());
        assert!(report.lines().count() <= 2 * SCREEN, "{what}: {report}");
    }
}
