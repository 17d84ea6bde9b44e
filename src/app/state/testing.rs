//! A page with a text and a checker of its own, for the tests of the state.

use super::{Action, Model, Remembered};
use crate::app::offsets::units;
use crate::report::{Check, Finding, Fix, Place, Report, Severity, Span, Status};

/// A report on the page's own example of a text: every number of the form `d.dd%` is checked against 1.00%, and a fix says so.
pub fn report(text: &str) -> Report {
    let mut report = Report::default();
    let mut from = 0;
    while let Some(at) = text[from..].find('%') {
        let (start, end) = (from + at - 4, from + at + 1);
        let printed = &text[start..end];
        let unit = |byte: usize| units(&text[..byte]);
        let span =
            Span { start: unit(start), end: unit(end), line: 1 + text[..start].matches('\n').count(), column: 1 };
        let place = Place { text: printed.to_owned(), span };
        let holds = printed == "1.00%";
        let id = report.checks.len() + 1;
        report.checks.push(Check {
            id,
            rule: "share".into(),
            status: if holds { Status::Pass } else { Status::Fail },
            formula: "1 ÷ 100".into(),
            result: place.clone(),
            operands: vec![Place { text: text[..3].to_owned(), span: Span { start: 0, end: 1, line: 1, column: 1 } }],
            stated: printed.to_owned(),
            expected: "1.00%".into(),
        });
        if !holds {
            report.findings.push(Finding {
                rule: "share".into(),
                severity: if printed.starts_with('9') { Severity::Info } else { Severity::Error },
                text: printed.to_owned(),
                span,
                stated: printed.to_owned(),
                expected: "1.00%".into(),
                message: "占比不符".into(),
                related: vec![place],
                check: Some(id),
                fix: Some(Fix { span, replacement: "1.00%".into(), why: String::new() }),
            });
        }
        from = end;
    }
    report
}

/// A page with a text, checked.
pub fn checked(text: &str) -> Model {
    let mut model = Model::new(Remembered { text: text.to_owned(), ..Remembered::default() });
    answer(&mut model);
    model
}

/// Plays the checker.
pub fn answer(model: &mut Model) {
    let request = model.wanted().expect("a check is wanted");
    model.apply(Action::Asked(request));
    assert_eq!(model.wanted(), None, "one check at a time");
    let report = report(&model.text);
    model.apply(Action::Answered(request, Ok(Box::new(report))));
}

/// Two errors, a number that holds, and a note.
pub const TEXT: &str = "甲占2.00%，乙占3.00%；\n丙占1.00%，丁占9.00%。";
