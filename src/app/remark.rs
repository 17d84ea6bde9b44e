//! What is said beside the number of a finding: what it should be, or merely what it was held against.

use super::words::{Words, fill};
use crate::report::{Finding, Report};

/// A value beside the number that a finding blames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark<'r> {
    /// It should be this.
    Should(&'r str),
    /// Its parts make this; any of them may be wrong or missing, so that the number itself may well be right.
    PartsMake(&'r str),
    /// It may be so much at most (or at least).
    Limit(&'r str),
    /// The usual way of computing gives this; a person must judge.
    Computed(&'r str),
}

impl<'r> Remark<'r> {
    /// What there is to say beside a finding's number.
    pub fn of(report: &Report, finding: &'r Finding) -> Option<Remark<'r>> {
        let value = finding.expected.as_str();
        let check = finding.check.and_then(|id| report.checks.iter().find(|check| check.id == id));
        if value.is_empty() {
            None
        } else if finding.fix.is_some() {
            Some(Remark::Should(value))
        } else if value.starts_with(['≤', '≥']) {
            Some(Remark::Limit(value))
        } else if check.is_some_and(|check| check.formula.contains('+')) {
            Some(Remark::PartsMake(value))
        } else {
            Some(Remark::Computed(value))
        }
    }

    /// The remark in words.
    pub fn say(self, words: &Words) -> String {
        match self {
            Remark::Should(value) => format!("{} {value}", words.expected),
            Remark::PartsMake(value) => fill(words.parts_make, &[value]),
            Remark::Limit(value) => fill(words.limit, &[value]),
            Remark::Computed(value) => fill(words.comes_to, &[value]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Check, Fix, Language, Place, Severity, Span, Status};

    /// A finding on a total of 100 whose parts make 90.
    fn found(expected: &str, formula: &str) -> (Report, Finding) {
        let check = Check {
            id: 1,
            rule: "parts-total".into(),
            status: Status::Fail,
            formula: formula.into(),
            result: Place::default(),
            operands: Vec::new(),
            stated: "100".into(),
            expected: expected.into(),
        };
        let finding = Finding {
            rule: "parts-total".into(),
            severity: Severity::Error,
            text: "100".into(),
            span: Span::default(),
            stated: "100".into(),
            expected: expected.into(),
            message: String::new(),
            related: Vec::new(),
            check: Some(1),
            fix: None,
        };
        (Report { checks: vec![check], ..Report::default() }, finding)
    }

    #[test]
    fn only_what_has_a_fix_is_told_what_it_should_be() {
        let words = super::super::words::words(Language::Zh);
        let says = |(report, finding): &(Report, Finding)| Remark::of(report, finding).map(|remark| remark.say(words));
        let mut sum = found("90", "40 + 50 = 90");
        assert_eq!(says(&sum).as_deref(), Some("各部分合计 90"));
        sum.1.fix = Some(Fix { span: Span::default(), replacement: "90".into(), why: String::new() });
        assert_eq!(says(&sum).as_deref(), Some("应为 90"));
        assert_eq!(says(&found("≤ 90", "100 ≤ 90")).as_deref(), Some("应 ≤ 90"));
        assert_eq!(says(&found("9.5", "10 × 95%")).as_deref(), Some("算得 9.5"));
        assert_eq!(says(&found("", "")), None);
    }
}
