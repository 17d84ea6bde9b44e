//! The findings as plain text, to be pasted into a letter or a message.

use super::remark::Remark;
use super::state::Model;
use super::words::{fill, words};

/// The findings that are listed, one after another. Returns how many there are, and the text.
pub fn findings(model: &Model) -> (usize, String) {
    let Some(report) = model.report() else { return (0, String::new()) };
    let words = words(model.language);
    let listed = model.listed_findings();
    let mut text = String::new();
    for (number, &index) in listed.iter().enumerate() {
        let finding = &report.findings[index];
        let line = fill(words.line, &[&finding.span.line.to_string()]);
        text.push_str(&format!("{}. [{}] {line}: {}\n", number + 1, words.severity(finding.severity), finding.message));
        if let Some(remark) = Remark::of(report, finding) {
            text.push_str(&format!("   {} {}, {}\n", words.stated, finding.stated, remark.say(words)));
        }
    }
    (listed.len(), text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::{Action, Remembered};
    use crate::report::{Finding, Fix, Report, Severity, Span};

    #[test]
    fn listed_findings_are_numbered_with_their_line() {
        let finding = |severity| Finding {
            rule: "share".into(),
            severity,
            text: "2%".into(),
            span: Span { start: 0, end: 2, line: 7, column: 1 },
            stated: "2%".into(),
            expected: "1%".into(),
            message: "占比不符".into(),
            related: Vec::new(),
            check: None,
            fix: Some(Fix { span: Span::default(), replacement: "1%".into(), why: String::new() }),
        };
        let mut model = Model::new(Remembered { text: "2%".into(), ..Remembered::default() });
        assert_eq!(findings(&model), (0, String::new()));
        let findings_made = vec![finding(Severity::Error), finding(Severity::Info)];
        let report = Report { findings: findings_made, ..Report::default() };
        let request = model.wanted().unwrap();
        model.apply(Action::Answered(request, Ok(Box::new(report))));
        assert_eq!(findings(&model), (1, "1. [错误] 第 7 行: 占比不符\n   文中 2%, 应为 1%\n".to_owned()));
    }
}
