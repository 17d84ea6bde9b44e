//! Findings that a person decided to leave as they are, known by what they say.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Model, Notice, Selection};
use crate::app::offsets::Offsets;
use crate::report::Finding;

/// A finding that a person decided to leave as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignored {
    /// What the finding says.
    pub key: String,
    /// Why it is left, in the person's own words; may be empty.
    pub reason: String,
}

/// What a finding says, wherever it stands: its rule, the blamed text, the expected value and the words of its sentence around it. White
/// space does not count, nor do the figures around it, which are corrected one after another.
pub(super) fn key(finding: &Finding, text: &str, offsets: &Offsets) -> String {
    let start = offsets.byte(text, finding.span.start);
    let end = offsets.byte(text, finding.span.end).max(start);
    let written = |ch: &char| ch.is_alphabetic();
    let same_sentence = |ch: &char| !"。；;\t".contains(*ch);
    let mut before: Vec<char> =
        text[..start].chars().rev().take_while(same_sentence).filter(written).take(10).collect();
    before.reverse();
    let after: String = text[end..].chars().take_while(same_sentence).filter(written).take(6).collect();
    let before: String = before.into_iter().collect();
    [&*finding.rule, &finding.text, &finding.expected, &before, &after].join("\u{1f}")
}

impl Model {
    /// Why a finding is ignored, where it is.
    pub fn ignored_for(&self, finding: usize) -> Option<&str> {
        let key = self.checked.as_ref()?.keys.get(finding)?;
        self.ignored.iter().find(|ignored| ignored.key == *key).map(|ignored| ignored.reason.as_str())
    }

    /// How many findings of this document are ignored.
    pub fn count_ignored(&self) -> usize {
        self.findings().filter(|(index, _)| self.ignored_for(*index).is_some()).count()
    }

    /// Asks for the reason to ignore a finding, or stops asking.
    pub(super) fn ask_ignore(&mut self, finding: Option<usize>) {
        self.ignoring = finding.filter(|&finding| self.ignored_for(finding).is_none());
        if let Some(finding) = self.ignoring {
            self.select(Selection::Finding(finding));
        }
    }

    /// Leaves a finding as it is.
    pub(super) fn ignore(&mut self, finding: usize, reason: String) {
        let Some(checked) = self.checked.clone() else { return };
        let Some(key) = checked.keys.get(finding) else { return };
        let reason = reason.trim().to_owned();
        let ignored = Rc::make_mut(&mut self.ignored);
        ignored.retain(|ignored| ignored.key != *key);
        ignored.push(Ignored { key: key.clone(), reason });
        self.ignoring = None;
        self.selection = None;
        self.cursor = checked.report.findings[finding].span.start;
        self.notice = Some(Notice::Ignored);
    }

    /// Shows a finding again.
    pub(super) fn restore(&mut self, finding: usize) {
        if let Some(key) = self.checked.as_ref().and_then(|checked| checked.keys.get(finding)) {
            Rc::make_mut(&mut self.ignored).retain(|ignored| ignored.key != *key);
            self.listing_ignored = self.count_ignored() > 0;
            self.selection = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::super::testing::{TEXT, answer, checked};
    use super::*;

    #[test]
    fn an_ignored_finding_stays_ignored_where_it_moves_and_can_be_restored() {
        let mut model = checked(TEXT);
        model.apply(Action::AskIgnore(Some(1)));
        assert_eq!(model.selection, Some(Selection::Finding(1)));
        model.apply(Action::Ignore { finding: 1, reason: " 口径不同 ".into() });
        assert_eq!(model.listed_findings(), [0]);
        model.apply(Action::Typed(format!("前言。\n{TEXT}")));
        answer(&mut model);
        assert_eq!(model.ignored_for(1), Some("口径不同"));
        assert_eq!(model.listed_findings(), [0]);
        model.apply(Action::ListIgnored(true));
        assert_eq!(model.listed_findings(), [1]);
        model.apply(Action::Restore(1));
        assert_eq!(model.listed_findings(), [0, 1]);
        assert!(!model.listing_ignored, "there is nothing left to list");
    }
}
