//! What operations can do beyond the document, because the settings say so: pages, partial updates, long-running work.

use super::index::Index;
use super::{At, Comparison};
use crate::api::{
    Api, Asked, Input, LongRunning, Modification, Operation, PageForm, PagedBy, Pagination, Path,
    WorkArgument,
};
use crate::diff::rules::{self, Kind};
use crate::diff::{Group, Part};
use crate::rust::call;

impl Comparison<'_> {
    /// Compares what the settings add to an operation.
    pub(super) fn of_settings(
        &mut self,
        group: &Group,
        old: &Operation,
        new: &Operation,
        (pagination, modification, long_running): (
            &[Pagination],
            Option<&Modification>,
            Option<&LongRunning>,
        ),
    ) {
        let words = |operation: &Operation, forms: &[Pagination], index: &Index<'_>| {
            let each = forms.iter().map(|form| pagination_words(operation, form, index));
            (!forms.is_empty()).then(|| each.collect::<Vec<_>>().join("; or "))
        };
        self.generated(
            &rules::PAGINATION_CHANGED,
            &At::new(group, Part::Pagination, "pages"),
            words(old, pagination, &self.pairs.old),
            words(new, &new.pagination, &self.pairs.new),
        );
        self.generated(
            &rules::MODIFICATION_CHANGED,
            &At::new(group, Part::Modification, "modification"),
            modification.map(|own| modification_words(own, self.old)),
            new.modification.as_ref().map(|own| modification_words(own, self.new)),
        );
        self.generated(
            &rules::LONG_RUNNING_CHANGED,
            &At::new(group, Part::LongRunning, "long-running operation"),
            long_running.map(|own| long_running_words(old, own, self.old)),
            new.long_running.as_ref().map(|own| long_running_words(new, own, self.new)),
        );
    }

    /// Reports differences in what the generated code does beyond the document.
    pub(super) fn generated(
        &mut self,
        kind: &'static Kind,
        at: &At,
        before: Option<String>,
        after: Option<String>,
    ) {
        if before != after {
            let no = || Some("in no form".to_owned());
            self.report(kind, at, before.or_else(no), after.or_else(no));
        }
    }
}

fn input_words(operation: &Operation, input: &Input) -> String {
    match input {
        Input::Parameter(index) => {
            operation.parameters.get(*index).map_or_else(String::new, |parameter| parameter.wire.clone())
        }
        Input::Body(path) => format!("{} of the body", path.join(".")),
    }
}

fn pagination_words(operation: &Operation, pagination: &Pagination, index: &Index<'_>) -> String {
    let Pagination { by, position, first, asked, next_header, next_item, item: _, forms } = pagination;
    let by = match by {
        PagedBy::Checkpoint => "by checkpoint",
        PagedBy::Page => "by number",
        PagedBy::Offset => "by offset",
        PagedBy::Url => "by URL",
        PagedBy::Link => "by link",
    };
    let position = position.iter().map(|position| format!(", in {}", input_words(operation, position)));
    let asked = asked.iter().map(|(input, value)| match value {
        Asked::Number(number) => format!(", {}={number}", input_words(operation, input)),
        Asked::True => format!(", {}=true", input_words(operation, input)),
    });
    let header = next_header.iter().map(|name| format!(", next in the header {name}"));
    let last = next_item.iter().map(|(_, path)| format!(", next in {} of the last item", path.join(".")));
    let header = header.chain(last);
    let forms = forms.iter().map(|form| form_words(form, index));
    let forms: Vec<String> = forms.filter(|form| !form.is_empty()).collect();
    let first = if *first == 0 { String::new() } else { format!(" from {first}") };
    let [position, asked, header]: [String; 3] = [position.collect(), asked.collect(), header.collect()];
    format!("{by}{position}{first}{asked}{header} ({})", forms.join(" or "))
}

fn form_words(form: &PageForm, index: &Index<'_>) -> String {
    let PageForm { variant, object: _, items, next, next_in, more, start, total, pages, foreign } = form;
    let joined = |path: &Option<Path>| path.as_ref().map(|path| path.join("."));
    let told = [
        ("items", joined(items)),
        ("next", joined(next).or_else(|| next_in.clone())),
        ("more", joined(more)),
        ("start", joined(start)),
        ("total", joined(total)),
        ("pages", joined(pages)),
    ];
    let told = told.into_iter().filter_map(|(what, field)| Some(format!("{what} in {}", field?)));
    let mut told: Vec<String> = told.collect();
    let variant = variant.as_ref().and_then(|(union, variant)| index.variant(union, *variant));
    told.extend(variant.map(|variant| format!("as {}", variant.variant)));
    told.extend((!foreign.is_empty()).then(|| format!("without {}", foreign.join(", "))));
    told.join(", ")
}

fn read_by(api: &Api, id: &str) -> String {
    let found = api.operations.iter().find(|operation| operation.id == *id);
    found.map_or_else(|| id.to_owned(), call)
}

fn modification_words(modification: &Modification, api: &Api) -> String {
    let Modification {
        // The function's name is compared with the crate's items.
        wish: _,
        entry: _,
        read,
        read_arguments: _,
        if_match,
        body,
        replaced,
        merged,
        kept,
        // The rows of the body's properties say it.
        unread: _,
    } = modification;
    let mut words = vec![format!("{body} as {} reads it", read_by(api, read))];
    words.extend(if_match.map(|_| "if the entity tag is still the same".to_owned()));
    let replaced: Vec<String> = replaced
        .iter()
        .map(|(wire, needs)| {
            needs.as_ref().map_or_else(|| wire.clone(), |needs| format!("{wire} (with {needs})"))
        })
        .collect();
    for (what, list) in [("replaced", &replaced), ("merged", merged), ("kept", kept)] {
        words.extend((!list.is_empty()).then(|| format!("{what}: {}", list.join(", "))));
    }
    words.join("; ")
}

fn long_running_words(operation: &Operation, work: &LongRunning, api: &Api) -> String {
    let LongRunning { read, location, arguments, response: _, status, succeeded, failed, is_result: _ } =
        work;
    let mut words = vec![format!("read by {}", read_by(api, read))];
    words.extend(location.as_ref().map(|name| format!("at the URL in {name}")));
    let arguments = arguments.iter().map(|argument| match argument {
        WorkArgument::Parameter(index) => input_words(operation, &Input::Parameter(*index)),
        WorkArgument::Response(path) => format!("{} of the response", path.join(".")),
    });
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    words.extend((!arguments.is_empty()).then(|| format!("with {arguments}")));
    words.extend(status.as_ref().map(|(_, path)| format!("status in {}", path.join("."))));
    for (what, list) in [("succeeded", succeeded), ("failed", failed)] {
        words.extend((!list.is_empty()).then(|| format!("{what}: {}", list.join(", "))));
    }
    words.join("; ")
}
