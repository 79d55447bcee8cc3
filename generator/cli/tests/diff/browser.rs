//! The page of a report as a browser shows it. `.ci/page` runs this; it is ignored elsewhere, because it starts a browser.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::elsewhere::changed;
use crate::folder::text;
use crate::hostile_text;

/// What Chromium is called.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// Shows the page in frames of several widths, in light and in dark, and writes down what it measures. A page can't do so
/// itself: it may have no script.
const LOOK: &str = r#"
const found = [];
const rgb = text => text.match(/[\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
async function look(width, scheme) {
    const frame = document.createElement("iframe");
    frame.style = `width: ${width}px; height: 600px; color-scheme: ${scheme}`;
    const shown = new Promise(done => frame.onload = done);
    frame.srcdoc = PAGE;
    document.body.append(frame);
    await shown;
    const page = frame.contentDocument, view = frame.contentWindow;
    const ground = node => {
        for (let at = node; at; at = at.parentElement) {
            const colour = rgb(view.getComputedStyle(at).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    let least = 21;
    for (const node of page.body.querySelectorAll("*")) {
        const own = [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim());
        if (own && node.getClientRects().length) {
            least = Math.min(least, contrast(rgb(view.getComputedStyle(node).color), ground(node)));
        }
    }
    found.push({
        width, scheme, least,
        scroll: page.documentElement.scrollWidth, client: page.documentElement.clientWidth,
        ground: view.getComputedStyle(page.body).backgroundColor,
        loaded: view.performance.getEntriesByType("resource").map(entry => entry.name),
        active: page.querySelectorAll("script, img, iframe, link, object, embed, form, a, [onload], [onerror], [href], [src]").length,
        rows: page.querySelectorAll("tr").length, title: page.title, mode: page.compatMode,
    });
}
(async () => {
    for (const scheme of ["light", "dark"]) for (const width of [320, 768, 1280]) await look(width, scheme);
    const out = document.createElement("pre");
    out.id = "found";
    out.textContent = JSON.stringify(found);
    document.body.replaceChildren(out);
})();
"#;

/// What a browser finds of the page.
fn found(browser: &str, page: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("look.html");
    // In a script `<` could end it.
    let page = serde_json::Value::from(page).to_string().replace('<', "\\u003c");
    let look = LOOK.replace("PAGE", "source");
    std::fs::write(
        &file,
        format!("<!DOCTYPE html><meta charset=utf-8><body><script>const source = {page};{look}</script>"),
    )
    .unwrap();
    let dom = shown(browser, &file, folder.path());
    let told = dom.split_once("<pre id=\"found\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let told = told.unwrap_or_else(|| panic!("nothing is found in {dom}")).0;
    let told = told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&told).unwrap()
}

/// The document that the browser makes of the file.
fn shown(browser: &str, file: &Path, folder: &Path) -> String {
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    text(&output)
}

#[test]
#[ignore = "starts a browser"]
fn a_page_is_seen_in_each_window_and_scheme_and_loads_nothing() {
    let works = |name: &&&str| {
        Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
    };
    let Some(browser) = BROWSERS.iter().find(works) else {
        println!("skipped: there is no Chromium");
        return;
    };
    let ordinary = text(&changed().diff(&["--format", "html"]));
    for (page, rows) in [(ordinary, 2), (hostile_text::report("html"), 30)] {
        let found = found(browser, &page);
        assert_eq!(found.len(), 6, "{found:?}");
        for seen in &found {
            let number = |name: &str| seen[name].as_f64().unwrap();
            assert!(number("scroll") <= number("client"), "it is wider than the window: {seen}");
            assert!(number("least") >= 4.5, "text is hard to read: {seen}");
            assert!(number("rows") > f64::from(rows), "{seen}");
            assert_eq!((&seen["loaded"], &seen["active"]), (&Value::Array(Vec::new()), &0.into()), "{seen}");
            assert_eq!(seen["mode"], "CSS1Compat");
        }
        let grounds: Vec<&Value> = found.iter().map(|seen| &seen["ground"]).collect();
        assert_ne!(grounds[0], grounds[3], "light and dark differ");
    }
}
