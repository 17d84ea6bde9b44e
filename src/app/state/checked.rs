//! A report bound to the text that it is about.

use std::rc::Rc;

use super::ignored::key;
use crate::app::offsets::Offsets;
use crate::report::{Language, Report};

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
}

impl Checked {
    /// Binds a report to its text.
    pub fn new(request: Request, text: Rc<str>, report: Report) -> Checked {
        let offsets = Offsets::new(&text);
        let keys = report.findings.iter().map(|finding| key(finding, &text, &offsets)).collect();
        Checked { request, text, offsets, report, keys }
    }
}
