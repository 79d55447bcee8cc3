//! What is known of the unions in a text, so that each is judged once however often it is come across: trying
//! every alternative of every level anew takes time that grows exponentially with depth.
//!
//! The alternatives of a union are tried one after the other, which reads the unions inside it as often as
//! there are alternatives. The first time, an inner union's verdict is kept: its best alternative, how well it
//! fits and where it ends. Later, a stand-in takes the value's place, and the verdict counts. A value with a
//! stand-in is never given to the caller: when the outermost union has its verdict, the alternative is read
//! once more, with every choice below it known.

use std::any::TypeId;
use std::collections::HashMap;

use serde_json::Value;

use crate::json::reader::{Fault, Place, Reader};

/// How many unions inside each other are read as they are. A value in a deeper one is judged by a stand-in.
/// Few texts go deeper, and those are read twice.
const WHOLE_LEVELS: usize = 3;

/// How badly an alternative fits: the constraints it violates, then the parts that the document doesn't know.
pub(crate) type Score = (usize, usize);

/// What was found out about a union.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    /// The best alternative, by its place in the union. `None` if none fits.
    pub index: Option<usize>,
    /// Where the value ends.
    pub end: Place,
    pub score: Score,
}

/// What stand-ins stand for in the alternative that is being tried.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub violations: usize,
    pub unknowns: usize,
    /// The stand-ins for unions, each of which counts as one unknown part itself.
    pub unions: usize,
    /// Whether the value has any stand-in.
    pub is_partial: bool,
}

/// The unions of a text.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    /// What the value being read lacks.
    pub tally: Tally,
    /// The number of unions around the current position whose alternatives are being tried.
    level: usize,
    /// Whether the choices of inner unions are known, and their values wanted.
    is_building: bool,
    verdicts: HashMap<(TypeId, usize), Verdict>,
    /// The ends of the arrays and objects that were passed over, by their beginnings.
    pub ends: HashMap<usize, usize>,
    /// How many alternatives have been read.
    #[allow(dead_code, reason = "only tests read it")]
    pub count: usize,
}

/// What to return to when an alternative has been tried.
#[derive(Debug)]
pub(crate) struct Outer {
    tally: Tally,
    is_building: bool,
}

impl Attempts {
    /// Begins to try an alternative.
    pub fn begin(&mut self) -> Outer {
        self.level += 1;
        self.count += 1;
        Outer { tally: std::mem::take(&mut self.tally), is_building: std::mem::take(&mut self.is_building) }
    }

    /// Ends it, and returns what the value lacks.
    pub fn end(&mut self, outer: Outer) -> Tally {
        self.level -= 1;
        self.is_building = outer.is_building;
        std::mem::replace(&mut self.tally, outer.tally)
    }

    /// Begins to read an alternative that is known to be the best. Returns what to end it with.
    pub const fn begin_building(&mut self) -> bool {
        std::mem::replace(&mut self.is_building, true)
    }

    /// Ends that.
    pub const fn end_building(&mut self, was_building: bool) {
        self.is_building = was_building;
    }

    /// Whether the value is that of an alternative on trial.
    pub const fn is_trial(&self) -> bool {
        self.level > 0 && !self.is_building
    }

    /// Whether no union is around the current position, but for those of which one alternative was possible.
    pub const fn is_outermost(&self) -> bool {
        self.level == 0 && !self.is_building
    }

    /// Whether known choices are being followed.
    pub const fn is_building(&self) -> bool {
        self.is_building
    }

    /// Whether stand-ins will do for values that cost time to read.
    pub const fn takes_stand_ins(&self) -> bool {
        self.level > WHOLE_LEVELS && !self.is_building
    }

    /// The verdict on the union `T` at `start`.
    pub fn verdict<T: 'static>(&self, start: Place) -> Option<Verdict> {
        self.verdicts.get(&(TypeId::of::<T>(), start.at)).copied()
    }

    /// Keeps the verdict on the union `T` at `start`.
    pub fn judge<T: 'static>(&mut self, start: Place, verdict: Verdict) {
        self.verdicts.insert((TypeId::of::<T>(), start.at), verdict);
    }

    /// Forgets the verdicts within a union that isn't inside another.
    pub fn forget(&mut self) {
        if self.is_outermost() {
            self.verdicts.clear();
        }
    }

    /// Returns to `tally`, since the value that was read since won't be used.
    pub const fn forget_since(&mut self, tally: Tally) {
        self.tally = tally;
    }

    /// Counts the stand-in for a union.
    pub const fn stand_in_for_union(&mut self, (violations, unknowns): Score) {
        self.tally.violations += violations;
        self.tally.unknowns += unknowns;
        self.tally.unions += 1;
        self.tally.is_partial = true;
    }
}

impl Reader<'_> {
    /// Passes over an array or object on trial if a stand-in will do for it, and returns that: a value that differs
    /// from those that stand in for others.
    pub(crate) fn stand_in(&mut self) -> Result<Option<Value>, Fault> {
        if !self.attempts.takes_stand_ins() || !matches!(self.peek(), Some(b'[' | b'{')) {
            return Ok(None);
        }
        let start = self.place().at;
        self.pass()?;
        self.attempts.tally.is_partial = true;
        Ok(Some(start.into()))
    }
}
