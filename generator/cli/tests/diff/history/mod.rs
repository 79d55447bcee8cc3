//! Reports on a year of a large service: what breaks is on the first screen, one cause is one row, and nothing is lost.

mod edits;
mod facts;
mod nodes;
mod resources;

use fastrand::Rng;
use serde_json::Value;

use crate::folder::{Folder, errors, text};
use facts::{Facts, Told};

/// How many lines a screen has.
const SCREEN: usize = 40;

/// Two documents of one service.
struct History(Folder);

impl History {
    fn new(old: &Value, new: &Value) -> Self {
        let folder = Folder::holding(&format!("{old:#}\n"));
        folder.write("new.yaml", &format!("{new:#}\n"));
        Self(folder)
    }

    fn told(&self, more: &[&str]) -> String {
        let output = self.0.reads(&[&["diff", "api.yaml", "new.yaml"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        text(&output)
    }

    fn facts(&self) -> Facts {
        Facts::of(&serde_json::from_str(&self.told(&["--format", "json"])).unwrap())
    }
}

fn year(seed: u64, breaking: usize) -> History {
    let mut rng = Rng::with_seed(seed);
    let old = resources::service(&mut rng);
    let mut new = old.clone();
    edits::breaking(&mut new, breaking, &mut rng);
    edits::harmless(&mut new, &mut rng);
    History::new(&old, &new)
}

#[test]
fn a_year_has_what_breaks_on_the_first_screen() {
    for (seed, breaking) in [(1, 17), (2, 60)] {
        let history = year(seed, breaking);
        let report = history.told(&[]);
        let (told, facts) = (Told::of(&report), history.facts());
        assert!(facts.breaking() >= breaking, "{}", facts.breaking());
        assert!(told.ends_of("Breaks the wire") <= SCREEN, "{report}");
        assert!(told.lines() < 2 * SCREEN, "{report}");
        assert_eq!(told.faults(&facts), Vec::<String>::new(), "{report}");
        if breaking == 17 {
            let full = history.told(&["--full"]);
            assert_eq!(facts.missing_in(&full), Vec::<String>::new());
        }
    }
}

#[test]
fn a_trait_in_hundreds_of_places_is_few_rows() {
    let old = nodes::service(&mut Rng::with_seed(5));
    for new in [nodes::renamed_trait(&old), nodes::changed_trait(&old)] {
        let history = History::new(&old, &new);
        let report = history.told(&[]);
        let (told, facts) = (Told::of(&report), history.facts());
        assert!(facts.places() >= nodes::NODES * nodes::SHARED, "{}: {report}", facts.places());
        assert!(told.rows() <= 40 && told.lines() < 2 * SCREEN, "{report}");
        assert_eq!(told.faults(&facts), Vec::<String>::new(), "{report}");
    }
}
