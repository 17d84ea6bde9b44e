//! The findings as plain text, to be pasted into a letter or a message.

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
        if !finding.expected.is_empty() {
            text.push_str(&format!(
                "   {} {}, {} {}\n",
                words.stated, finding.stated, words.expected, finding.expected
            ));
        }
    }
    (listed.len(), text)
}
