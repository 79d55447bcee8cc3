#!/usr/bin/env python3
"""Writes the cases of parameter styles, from RFC 6570 and the tables of styles in OpenAPI 3.1 and 3.2.

It knows no generator: each function below is a paragraph of a standard. `python3 conformance/model.py` writes
`documents/styles.yaml`, `documents/cookies.yaml` and the cases beside them; `--check` compares them with what is there.
"""

import json
import pathlib
import sys

UNRESERVED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
RESERVED = set(":/?#[]@!$&'()*+,;=")
HEX = set("0123456789ABCDEFabcdef")

RGB = {"R": 100, "G": 200, "B": 150}
SPECIAL = "a/b?c#d[e]@!$&'()*+,;=f"
LIST = ["blue", "black", "brown"]


def text(value):
    """A scalar as RFC 6570 expands it: a string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def escape(value, kept=frozenset()):
    """RFC 6570, section 3.2.1: everything but unreserved characters, or those in `kept`."""
    string, out, at = text(value), "", 0
    while at < len(string):
        triplet = string[at : at + 3]
        if kept and len(triplet) == 3 and triplet[0] == "%" and set(triplet[1:]) <= HEX:
            out, at = out + triplet, at + 3
            continue
        char = string[at]
        out += char if char in UNRESERVED or char in kept else "".join(f"%{byte:02X}" for byte in char.encode())
        at += 1
    return out


def raw(value):
    """As it is: a header or cookie without percent-encoding."""
    return text(value)


def joined(value, code, separator=","):
    """A list or object as one text, not exploded."""
    if isinstance(value, dict):
        return separator.join(f"{code(name)}{separator}{code(member)}" for name, member in value.items())
    return separator.join(code(item) for item in value)


def pairs(value, code, equals="="):
    return [f"{code(name)}{equals}{code(member)}" for name, member in value.items()]


def simple(name, value, explode, code=escape):
    if isinstance(value, dict):
        return ",".join(pairs(value, code)) if explode else joined(value, code)
    return joined(value, code) if isinstance(value, list) else code(value)


def label(name, value, explode):
    if isinstance(value, dict):
        return "." + (".".join(pairs(value, escape)) if explode else joined(value, escape))
    if isinstance(value, list):
        return "." + (".".join(map(escape, value)) if explode else joined(value, escape))
    return "." + escape(value)


def matrix(name, value, explode):
    def pair(value):
        return f";{name}={value}" if value else f";{name}"

    if isinstance(value, dict) and explode:
        # RFC 6570, section 3.2.7: no equals sign before an empty value.
        return "".join(f";{escape(key)}={escape(member)}" if text(member) else f";{escape(key)}" for key, member in value.items())
    if isinstance(value, list) and explode:
        return "".join(pair(escape(item)) for item in value)
    return pair(joined(value, escape) if isinstance(value, (dict, list)) else escape(value))


def form(name, value, explode, code=escape, between="&"):
    if isinstance(value, dict) and explode:
        return between.join(pairs(value, code))
    if isinstance(value, list) and explode:
        return between.join(f"{name}={code(item)}" for item in value)
    return f"{name}=" + (joined(value, code) if isinstance(value, (dict, list)) else code(value))


def delimited(separator):
    return lambda name, value: f"{name}=" + joined(value, escape, separator)


def deep(name, value, opening="%5B", closing="%5D"):
    return "&".join(f"{name}{opening}{escape(key)}{closing}={escape(member)}" for key, member in value.items())


# The values of each type, by a word for the case. `None` is no value at all.
SCALARS = {
    "string": {
        "plain": "blue",
        "empty": "",
        "reserved": SPECIAL,
        "unicode": "é 漢 🎨",
        "percent": "100%25 of %zz",
        "unreserved": "-._~aZ09",
        "quotes": "\"<>\\^`{|}",
    },
    "integer": {"zero": 0, "negative": -7, "beyond-double": 9007199254740993},
    "number": {"fraction": 1.5, "negative": -0.25},
    "boolean": {"true": True, "false": False},
}
LISTS = {
    "strings": {
        "three": LIST,
        "one": ["blue"],
        "empty": [],
        "reserved": ["a,b", "c d", "e&f=g", "h;i.j|k"],
        "empty-item": ["a", "", "b"],
        "empty-last": ["a", ""],
        "unicode": ["é", "漢"],
    },
    "integers": {"three": [1, -2, 3]},
    "booleans": {"two": [True, False]},
}
OBJECTS = {
    "object": {"three": RGB, "one": {"G": 0}, "empty": {}},
    "map": {"reserved": {"a b": "c&d", "e": "f,g=h;i.j"}, "empty-value": {"k": "", "l": "m"}, "unicode": {"é": "漢"}},
}
SCHEMAS = {
    "string": {"type": "string"},
    "integer": {"type": "integer", "format": "int64"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "strings": {"type": "array", "items": {"type": "string"}},
    "integers": {"type": "array", "items": {"type": "integer"}},
    "booleans": {"type": "array", "items": {"type": "boolean"}},
    "object": {"$ref": "#/components/schemas/Rgb"},
    "map": {"type": "object", "additionalProperties": {"type": "string"}},
}
ALL = {**SCALARS, **LISTS, **OBJECTS}
COMPOSITE = {**LISTS, **OBJECTS}


def is_undefined(value):
    """RFC 6570, section 2.3: an empty list, and an object without members, are undefined."""
    return isinstance(value, (dict, list)) and not value


class Writer:
    def __init__(self, title, version):
        self.paths, self.cases, self.title, self.version = {}, [], title, version

    def operation(self, word, location, name, style, explode, kind, **more):
        path = f"/{word}/{{{name}}}" if location == "path" else f"/{word}"
        parameter = {"name": name, "in": location, "style": style, "explode": explode, **more, "schema": SCHEMAS[kind]}
        if location == "path":
            parameter["required"] = True
        self.paths[path] = {
            "get": {"operationId": word, "parameters": [parameter], "responses": {"204": {"description": "Done."}}}
        }

    def case(self, word, value, location, name, request, **more):
        call = {"operation": word[0]}
        if value is not None:
            call[location] = {name: value}
        case = {"id": f"{word[0]}-{word[1]}", "call": call, "request": {"method": "GET", **request}, **more}
        self.cases.append(case)

    def document(self):
        head = {
            "openapi": self.version,
            "info": {"title": self.title, "version": "1"},
            "servers": [{"url": "http://api.example.test"}],
            "components": {
                "schemas": {
                    "Rgb": {
                        "type": "object",
                        "properties": {name: {"type": "integer"} for name in "RGB"},
                    }
                }
            },
        }
        lines = ["# Written by model.py."]
        lines += [f"{name}: {dump(value)}" for name, value in head.items()]
        lines += ["paths:"] + [f"  {dump(path)}: {dump(item)}" for path, item in self.paths.items()]
        return "\n".join(lines) + "\n"

    def suite(self, document, about):
        lines = ["# Written by model.py.", f"document: documents/{document}.yaml", f"about: {dump(about)}", "cases:"]
        return "\n".join(lines + [f"  - {dump(case)}" for case in self.cases]) + "\n"


def dump(value):
    return json.dumps(value, ensure_ascii=False)


EITHER = {"requests": [0, 1], "result": {"error": ["none", "invalid"]}}
EMPTY_SEGMENT = "A path parameter can't be undefined or an empty segment; the standards don't say what a client does."
NO_DOTS = "A segment of a dot is removed from paths (RFC 3986, section 5.2.4), so a client may refuse it."
UNDEFINED = "Undefined by RFC 6570, section 2.3; OpenAPI says nothing else."
HEADERS = "Whether headers are percent-encoded is left open (OpenAPI 3.1.1, appendix D)."
COOKIES = "What separates exploded values in a cookie is unclear before OpenAPI 3.2 (3.1.1, appendix D)."


def words(style, explode):
    return f"{style}-exploded" if explode else style


def path_styles(writer):
    for style, expand in [("matrix", matrix), ("label", label), ("simple", simple)]:
        for explode in (False, True):
            for kind, values in ALL.items():
                word = f"path-{words(style, explode)}-{kind}"
                writer.operation(word, "path", "color", style, explode, kind)
                for case, value in values.items():
                    segment = expand("color", value, explode)
                    more, targets = {}, f"/{word}/{segment}"
                    if is_undefined(value):
                        # With the operator, or with the name alone, or not at all.
                        options = {"matrix": ["", ";color", ";"], "label": ["", "."], "simple": [""]}[style]
                        targets, more = [f"/{word}/{option}" for option in options], {**EITHER, "note": UNDEFINED}
                    elif segment == "":
                        more = {**EITHER, "note": EMPTY_SEGMENT}
                    elif segment == ".":
                        more = {**EITHER, "note": NO_DOTS}
                    elif style == "matrix" and explode and case in ("empty-item", "empty-last", "empty-value"):
                        more["about"] = "RFC 6570, section 3.2.7: no equals sign before an empty value."
                    writer.case((word, case), value, "path", "color", {"target": targets}, **more)
        word = f"path-{style}-string"
        if style == "simple":
            for case, value in [("dot", "."), ("dots", "..")]:
                target = [f"/{word}/{value}", f"/{word}/{value.replace('.', '%2E')}"]
                writer.case((word, case), value, "path", "color", {"target": target}, **EITHER, note=NO_DOTS)


def query_styles(writer):
    for explode in (False, True):
        for kind, values in ALL.items():
            word = f"query-{words('form', explode)}-{kind}"
            writer.operation(word, "query", "color", "form", explode, kind)
            for case, value in {**values, "absent": None}.items():
                target, more = f"/{word}", {}
                if value is not None and not is_undefined(value):
                    target += "?" + form("color", value, explode)
                elif value is not None:
                    target, more = [target, target + "?color="], {"note": UNDEFINED}
                writer.case((word, case), value, "query", "color", {"target": target}, **more)
    for style, separators in [("spaceDelimited", ["%20", "+"]), ("pipeDelimited", ["%7C", "|"])]:
        for explode in (False, True):
            for kind, values in COMPOSITE.items():
                if kind == "booleans":
                    continue
                word = f"query-{words(style, explode)}-{kind}"
                writer.operation(word, "query", "color", style, explode, kind)
                for case, value in values.items():
                    target, more = f"/{word}", {}
                    if is_undefined(value):
                        target, more = [target, target + "?color="], {"note": UNDEFINED}
                    elif explode:
                        target += "?" + form("color", value, True)
                        more = {"note": "OpenAPI's table has no such row: `form` is all that it can mean."}
                    else:
                        target = [f"{target}?{delimited(separator)('color', value)}" for separator in separators]
                    writer.case((word, case), value, "query", "color", {"target": target}, **more)
    for kind, values in OBJECTS.items():
        word = f"query-deepObject-{kind}"
        writer.operation(word, "query", "color", "deepObject", True, kind)
        for case, value in {**values, "absent": None}.items():
            target, more = f"/{word}", {}
            if value is not None and is_undefined(value):
                target, more = [target, target + "?color="], {"note": UNDEFINED}
            elif value is not None:
                target = [f"{target}?{deep('color', value)}", f"{target}?{deep('color', value, '[', ']')}"]
            writer.case((word, case), value, "query", "color", {"target": target}, **more)
    reserved_query(writer)


def reserved_query(writer):
    """`allowReserved`: RFC 6570's reserved expansion, as far as the query of a URI can hold it (RFC 3986, section 3.4)."""
    kept = RESERVED - set("#[]")
    delimiters = "Whether delimiters of the query are kept is left to the application (OpenAPI 3.1.1, section 4.8.12.2)."
    values = {
        "string": {"path": "a/b?c:d@e", "triplet": "a%2Fb%20c", "percent": "50% off", "fragment": "a#b[c]", "plus": "a+b&c=d"},
        "strings": {"paths": ["a/b", "c:d"]},
        "map": {"paths": {"k/l": "a/b"}},
    }
    for explode in (False, True):
        for kind, kinds in values.items():
            word = f"query-{words('form', explode)}-reserved-{kind}"
            writer.operation(word, "query", "color", "form", explode, kind, allowReserved=True)
            for case, value in kinds.items():
                texts = [form("color", value, explode, lambda value: escape(value, kept))]
                more = {}
                if case == "plus":
                    texts += [form("color", value, explode, lambda value: escape(value, kept - set(chars))) for chars in ("+&=", "+&")]
                    more = {"note": delimiters}
                if case == "fragment":
                    # Brackets aren't in the query of RFC 3986, but nearly all clients and servers take them.
                    texts.append(form("color", value, explode, lambda value: escape(value, kept | set("[]"))))
                if case == "paths" and kind == "map":
                    texts.append(texts[0].replace("k/l", "k%2Fl"))
                writer.case((word, case), value, "query", "color", {"target": [f"/{word}?{text}" for text in texts]}, **more)


def header_styles(writer):
    for explode in (False, True):
        for kind, values in ALL.items():
            word = f"header-{words('simple', explode)}-{kind}"
            writer.operation(word, "header", "X-Color", "simple", explode, kind)
            for case, value in {**values, "absent": None}.items():
                more, expected = {}, None
                if value is not None and not is_undefined(value):
                    plain = simple("X-Color", value, explode, raw)
                    encoded = simple("X-Color", value, explode)
                    expected = plain if plain == encoded else [plain, encoded]
                    if plain != encoded:
                        more = {"note": HEADERS}
                    if not plain.isascii():
                        # Bytes beyond ASCII are obsolete in headers (RFC 9110, section 5.5), and read here as UTF-8.
                        more = {**EITHER, "note": HEADERS}
                elif value is not None:
                    more, expected = {"note": UNDEFINED}, None
                request = {"target": f"/{word}", "headers": {"X-Color": expected}}
                if value is not None and is_undefined(value) or value == "":
                    # A header without a value and none at all are both possible.
                    request["headers"] = {} if value != "" else {"X-Color": ""}
                writer.case((word, case), value, "header", "X-Color", request, **more)


def cookie_styles(writer):
    for explode in (False, True):
        for kind, values in ALL.items():
            word = f"cookie-{words('form', explode)}-{kind}"
            writer.operation(word, "cookie", "color", "form", explode, kind)
            for case, value in {**values, "absent": None}.items():
                more, expected = {}, None
                if value is not None and not is_undefined(value):
                    expected = form("color", value, explode)
                    if explode and isinstance(value, (dict, list)) and len(value) > 1:
                        expected, more = [expected, form("color", value, True, between="; ")], {"note": COOKIES}
                    elif "%" not in expected and expected != form("color", value, explode, raw):
                        expected = [expected, form("color", value, explode, raw)]
                elif value is not None:
                    more = {"note": UNDEFINED}
                request = {"target": f"/{word}", "headers": {"Cookie": expected}}
                writer.case((word, case), value, "cookie", "color", request, **more)


def cookie_style(writer):
    """The style `cookie` of OpenAPI 3.2: pairs with `; ` between them, nothing percent-encoded."""
    for explode in (False, True):
        for kind, values in ALL.items():
            word = f"cookie-{words('cookie', explode)}-{kind}"
            writer.operation(word, "cookie", "color", "cookie", explode, kind)
            for case, value in {**values, "absent": None}.items():
                if case in ("reserved", "unicode", "quotes", "percent", "empty-item", "empty-last"):
                    continue
                more, expected = {}, None
                if value is not None and not is_undefined(value):
                    expected = form("color", value, explode, raw, "; ")
                elif value is not None:
                    more = {"note": UNDEFINED}
                request = {"target": f"/{word}", "headers": {"Cookie": expected}}
                writer.case((word, case), value, "cookie", "color", request, **more)


def main():
    files = {}
    for topic, about, parts, version in [
        ("paths", "Path parameters: each style, exploded and not, with each type.", [path_styles], "3.1.1"),
        ("queries", "Query parameters, likewise.", [query_styles], "3.1.1"),
        ("fields", "Headers and cookies, likewise.", [header_styles, cookie_styles], "3.1.1"),
        ("cookies", "The style `cookie` of OpenAPI 3.2.", [cookie_style], "3.2.0"),
    ]:
        writer = Writer(topic.capitalize(), version)
        for part in parts:
            part(writer)
        files[f"documents/{topic}.yaml"] = writer.document()
        files[f"cases/{topic}.yaml"] = writer.suite(topic, about)
    here = pathlib.Path(__file__).parent
    stale = [name for name, content in files.items() if not (here / name).exists() or (here / name).read_text() != content]
    if "--check" in sys.argv:
        print("\n".join(f"{name} differs from what model.py writes" for name in stale) or "up to date")
        sys.exit(bool(stale))
    for name in stale:
        (here / name).write_text(files[name])


if __name__ == "__main__":
    main()
