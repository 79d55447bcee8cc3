//! How long each stage takes: `cargo bench --package openapi-rust-generator --bench stages`. Documents other than
//! the workspace's own are named by the variable `SPECS`, separated as in `PATH`.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput};
use openapi_generator::Package;
use openapi_generator::diagnostics::Diagnostics;
use openapi_generator::rust::{self, Crate};
use openapi_generator::settings::Settings;
use openapi_generator::source::{self, Selection};
use openapi_generator::{plan, print};

fn stages(criterion: &mut Criterion, path: &Path) {
    let Ok(text) = std::fs::read(path) else {
        eprintln!("skipped: {} can't be read", path.display());
        return;
    };
    let load = || source::load(path, &Selection::default(), &mut Diagnostics::default());
    let Some(document) = load() else {
        eprintln!("skipped: {} has errors", path.display());
        return;
    };
    let settings = Settings::default();
    let mut api = plan::plan(&document, &settings, &mut Diagnostics::default());
    rust::settle(&mut api, &settings, &mut Diagnostics::default());
    let mut group = criterion.benchmark_group(path.file_name().unwrap_or_default().to_string_lossy());
    group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("parse", |bencher| bencher.iter(|| source::value(black_box(&text))));
    group.bench_function("source", |bencher| bencher.iter(load));
    group.bench_function("plan", |bencher| {
        bencher.iter(|| plan::plan(black_box(&document), &settings, &mut Diagnostics::default()));
    });
    group.bench_function("print", |bencher| {
        bencher.iter(|| print::print(&Crate::new(black_box(&api), Package::new("bench"))));
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    stages(&mut criterion, &PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../spec/connections.yaml"));
    for path in std::env::var_os("SPECS").iter().flat_map(std::env::split_paths) {
        stages(&mut criterion, &path);
    }
    criterion.final_summary();
}
