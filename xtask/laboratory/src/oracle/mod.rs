//! Checks generated types against an independent JSON Schema validator, the judge.

mod breaks;
mod dialect;
#[path = "../../../../generated/tests/strategies/instances.rs"]
mod instances;
pub mod program;
mod schemas;
pub mod sides;

use fastrand::Rng;
use serde_json::{Value, json};

use dialect::Dialect;
use instances::{Extent, Instances};
use program::{Answer, Question};
use sides::Side;
pub use sides::case_name;
use speccrate::Failure;

/// How much to draw, and the seed.
pub struct Plan {
    pub documents: u64,
    pub cases: usize,
    pub instances: usize,
    pub seed: u64,
}

/// A drawn document whose crate has been written.
struct Drawn {
    /// The name of its crate, and of its folder.
    name: String,
    document: Value,
    cases: usize,
    rng: Rng,
}

/// The number of checks, and what the types got wrong.
#[derive(Default)]
pub struct Verdict {
    pub valid: usize,
    pub broken: usize,
    pub failures: Vec<String>,
}

/// Draws documents and instances, compiles the crates in one batch, and compares their verdicts with the
/// judge's.
pub fn run(plan: &Plan) -> Result<Verdict, Failure> {
    let folder = crate::commands::root().join("target/oracle");
    let mut drawn = Vec::new();
    for index in 0..plan.documents {
        drawn.push(write(plan, plan.seed + index, &folder)?);
    }
    let crates: Vec<(&str, usize)> = drawn.iter().map(|drawn| (drawn.name.as_str(), drawn.cases)).collect();
    let program = program::build(&folder, &crates)?;
    let mut verdict = Verdict::default();
    for one in &mut drawn {
        let questions = questions(one, plan.instances)?;
        let answers = program::ask(&program, &one.name, &questions)?;
        for (question, answer) in questions.iter().zip(answers) {
            judge(&one.name, question, &answer, &mut verdict);
        }
    }
    Ok(verdict)
}

fn write(plan: &Plan, seed: u64, folder: &std::path::Path) -> Result<Drawn, Failure> {
    let mut rng = Rng::with_seed(seed);
    let dialect = if seed.is_multiple_of(2) { Dialect::V3_0 } else { Dialect::V3_1 };
    let document = schemas::document(&mut rng, dialect, plan.cases);
    let name = format!("drawn-{seed}");
    program::generate(folder, &name, &dialect.write(&document))?;
    Ok(Drawn { name, document, cases: plan.cases, rng })
}

/// Instances that the judge accepts, and breaks of them that it rejects.
fn questions(drawn: &mut Drawn, instances: usize) -> Result<Vec<Question>, Failure> {
    let mut questions = Vec::new();
    for side in [Side::Request, Side::Response] {
        let seen = side.schemas(&drawn.document);
        let noticed = side.noticed(&drawn.document);
        for case in (0..drawn.cases).filter(|case| sides::of_case(*case).contains(&side)) {
            let judge = judge_of(drawn, &seen, case)?;
            let strict = judge_of(drawn, &drawn.document, case)?;
            let schema = &seen["components"]["schemas"][sides::case_name(case)];
            // Two sides together get as many instances as a single one.
            for _ in 0..instances / sides::of_case(case).len() {
                let rng = drawn.rng.fork();
                let (extent, patterns) = (Extent::Random, &schemas::PATTERNS[..]);
                let instance = Instances { document: &seen, rng, extent, patterns }.draw(schema, 0);
                if !judge.is_valid(&instance) {
                    continue;
                }
                // `validate` is for requests: what a response may omit would hide the break.
                if side == Side::Request || strict.is_valid(&instance) {
                    let schema = &noticed["components"]["schemas"][sides::case_name(case)];
                    for broken in breaks::breaks(&noticed, schema, &instance) {
                        if !judge.is_valid(&broken.instance) {
                            let (broken, instance) = (Some(broken.what), broken.instance);
                            questions.push(Question { case, side, broken, instance });
                        }
                    }
                }
                questions.push(Question { case, side, broken: None, instance });
            }
        }
    }
    Ok(questions)
}

/// The judge for a case of `document`.
fn judge_of(drawn: &Drawn, document: &Value, case: usize) -> Result<jsonschema::Validator, Failure> {
    let mut whole = document["components"]["schemas"][sides::case_name(case)].clone();
    whole["components"] = document["components"].clone();
    crate::json_schema::validator(&whole).map_err(|error| Failure::Usage(format!("{}: {error}", drawn.name)))
}

fn judge(name: &str, question: &Question, answer: &Answer, verdict: &mut Verdict) {
    let problem = match (&question.broken, answer) {
        (None, Answer::Same) => None,
        (None, Answer::Different(value)) => Some(format!("comes back as {value}")),
        (None, Answer::Refused(why)) => Some(format!("is valid, yet refused: {why}")),
        (Some(_), Answer::Refused(_)) => None,
        (Some(what), _) => Some(format!("breaks {what}, yet is taken")),
    };
    if question.broken.is_some() {
        verdict.broken += 1;
    } else {
        verdict.valid += 1;
    }
    if let Some(problem) = problem {
        verdict.failures.push(format!(
            "{name} Case{} {:?}: {} {problem}",
            question.case, question.side, question.instance
        ));
    }
}

impl Question {
    /// Whether to call `validate` too, which isn't used for data from a server.
    fn is_validated(&self) -> bool {
        self.side == Side::Request || self.broken.is_some()
    }

    fn line(&self) -> String {
        json!([self.case, self.is_validated(), self.instance]).to_string()
    }
}
