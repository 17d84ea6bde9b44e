//! A report bound to the text that it is about.

use std::collections::HashSet;
use std::rc::Rc;

use super::ignored::key;
use crate::app::offsets::Offsets;
use crate::report::{Check, Language, Report, Severity, Status};

/// What a check is asked for: an answer to anything but the newest is stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Which state of the text.
    pub version: u32,
    /// The language of messages.
    pub language: Language,
}

/// A report and the text that it is about.
#[derive(Debug, PartialEq)]
pub struct Checked {
    /// What was asked.
    pub request: Request,
    /// The text that was checked, which the spans of the report point into.
    pub text: Rc<str>,
    /// The index over that text.
    pub offsets: Offsets,
    /// The answer.
    pub report: Report,
    /// What each finding says, in the order of the findings: an ignored finding is known by this.
    pub keys: Vec<String>,
    /// How each check came out, in the order of the checks.
    pub outcomes: Vec<Outcome>,
}

/// How a check came out, for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It cannot hold.
    Fail,
    /// It does not hold, and only a person can say whether it must.
    Judge,
    /// It holds within rounding.
    Rounding,
    /// It holds.
    Pass,
}

impl Outcome {
    /// Every outcome, the gravest first.
    pub const ALL: [Outcome; 4] = [Outcome::Fail, Outcome::Judge, Outcome::Rounding, Outcome::Pass];

    /// Its class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Outcome::Fail => "fail",
            Outcome::Judge => "judge",
            Outcome::Rounding => "rounding",
            Outcome::Pass => "pass",
        }
    }
}

impl Checked {
    /// Binds a report to its text.
    pub fn new(request: Request, text: Rc<str>, report: Report) -> Checked {
        let offsets = Offsets::new(&text);
        let keys = report.findings.iter().map(|finding| key(finding, &text, &offsets)).collect();
        let outcomes = outcomes(&report);
        Checked { request, text, offsets, report, keys, outcomes }
    }

    /// How many checks came out in one way.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.outcomes.iter().filter(|&&other| other == outcome).count()
    }
}

fn outcomes(report: &Report) -> Vec<Outcome> {
    let notes = report.findings.iter().filter(|finding| finding.severity == Severity::Info);
    let judged: HashSet<usize> = notes.filter_map(|finding| finding.check).collect();
    let outcome = |check: &Check| match check.status {
        Status::Pass => Outcome::Pass,
        Status::Rounding => Outcome::Rounding,
        Status::Fail if judged.contains(&check.id) => Outcome::Judge,
        Status::Fail => Outcome::Fail,
    };
    report.checks.iter().map(outcome).collect()
}
