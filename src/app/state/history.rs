//! Every change of the text, kept as steps that can be taken back and made again.

use std::rc::Rc;

use super::{Model, Notice, Tab};
use crate::app::edit::Edit;
use crate::app::offsets::Offsets;

/// How many steps can be taken back.
const HISTORY: usize = 500;

/// One step of the history.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Step {
    edit: Edit,
    /// The names before and after, where the step put another document in place.
    names: Option<(Rc<str>, Rc<str>)>,
    /// Typing in one sitting is one step.
    typing: Option<u32>,
}

impl Model {
    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.history.is_empty()
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Where a stretch that the report speaks of stands in the text as it is now; nothing where an edit since touched it.
    pub fn current(&self, span: (usize, usize)) -> Option<(usize, usize)> {
        self.pending.iter().try_fold(span, |span, edit| edit.map(span))
    }

    /// Takes the last step back.
    pub(super) fn undo(&mut self) {
        if let Some(step) = self.history.pop() {
            self.retrace(&step.edit.inverse(), step.names.as_ref().map(|names| &names.0));
            self.undone.push(step);
            self.notice = Some(Notice::Undone);
        }
    }

    /// Makes the last step that was taken back again.
    pub(super) fn redo(&mut self) {
        if let Some(step) = self.undone.pop() {
            self.retrace(&step.edit, step.names.as_ref().map(|names| &names.1));
            self.history.push(step);
            self.notice = Some(Notice::Redone);
        }
    }

    pub(super) fn replace(&mut self, text: String, name: String) {
        let names = Some((self.name.clone(), Rc::from(name.as_str())));
        if let Some(edit) = Edit::between(&self.text, &text) {
            self.text = text.into();
            self.record(Step { edit, names, typing: None });
        }
        self.begin_document(name.into());
    }

    /// Forgets what was known of the document before.
    pub(super) fn begin_document(&mut self, name: Rc<str>) {
        self.name = name;
        self.version += 1;
        self.generation += 1;
        self.checked = None;
        self.pending.clear();
        self.editing = false;
        self.sitting += 1;
        self.selection = None;
        self.ignoring = None;
        self.changed = None;
        self.cursor = 0;
        self.tab = Tab::Findings;
        self.listing_ignored = false;
        self.rule_filter = None;
        self.outcome_filter = None;
        self.number = None;
        self.open_cards.clear();
        self.what_if = None;
    }

    pub(super) fn record(&mut self, step: Step) {
        self.undone.clear();
        self.history.push(Rc::new(step));
        if self.history.len() > HISTORY {
            self.history.remove(0);
        }
    }

    /// Changes the text within the document. Returns whether it could.
    pub(super) fn change(&mut self, edit: &Edit) -> bool {
        let Some(text) = edit.apply(&self.text) else { return false };
        self.text = text.into();
        self.version += 1;
        self.pending.push(Rc::new(edit.clone()));
        self.changed = None;
        self.ignoring = None;
        self.what_if = None;
        true
    }

    pub(super) fn typed(&mut self, text: &str) {
        let Some(edit) = Edit::between(&self.text, text) else { return };
        let base = match self.history.last() {
            Some(last) if last.typing == Some(self.sitting) => last.edit.inverse().apply(&self.text),
            _ => None,
        };
        if !self.change(&edit) {
            return;
        }
        let merged = match base {
            Some(base) => {
                self.history.pop();
                Edit::between(&base, text)
            }
            None => Some(edit),
        };
        if let Some(edit) = merged {
            self.record(Step { edit, names: None, typing: Some(self.sitting) });
        }
        if self.is_blank() {
            self.checked = None;
            self.selection = None;
            self.pending.clear();
        }
    }

    /// Replaces a stretch that the report speaks of.
    pub(super) fn rewrite(&mut self, span: (usize, usize), inserted: String) {
        let edit = self.current(span).and_then(|(start, end)| {
            let offsets = Offsets::new(&self.text);
            let removed = offsets.slice(&self.text, start, end).to_owned();
            (removed != inserted).then_some(Edit { start, removed, inserted })
        });
        if let Some(edit) = edit
            && self.change(&edit)
        {
            self.changed = Some(edit.written());
            self.record(Step { edit, names: None, typing: None });
        }
    }

    pub(super) fn fix(&mut self, finding: usize) {
        let Some((checked, found)) = self
            .checked
            .clone()
            .and_then(|checked| Some((checked.clone(), checked.report.findings.get(finding)?.clone())))
        else {
            return;
        };
        let Some(fix) = found.fix else { return };
        let from = checked.offsets.slice(&checked.text, fix.span.start, fix.span.end).to_owned();
        let edit = self.current((fix.span.start, fix.span.end)).map(|(start, _)| Edit {
            start,
            removed: from.clone(),
            inserted: fix.replacement.clone(),
        });
        self.sitting += 1;
        match edit {
            Some(edit) if self.change(&edit) => {
                self.cursor = edit.start;
                self.selection = None;
                self.changed = Some(edit.written());
                self.record(Step { edit, names: None, typing: None });
                self.notice = Some(Notice::Fixed { from, to: fix.replacement });
            }
            _ => self.notice = Some(Notice::FixGone),
        }
    }

    /// Goes one step through the history, in either direction.
    pub(super) fn retrace(&mut self, edit: &Edit, name: Option<&Rc<str>>) {
        self.sitting += 1;
        match name {
            Some(name) => {
                if let Some(text) = edit.apply(&self.text) {
                    self.text = text.into();
                    self.begin_document(name.clone());
                }
            }
            None => {
                self.change(edit);
                self.selection = None;
                self.changed = Some(edit.written());
                self.show_change = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TEXT, answer, checked};
    use super::super::{Action, Checked, Request};
    use super::*;
    use crate::report::{Language, Severity};

    #[test]
    fn a_fix_changes_the_text_and_can_be_taken_back_and_made_again() {
        let mut model = checked(TEXT);
        assert_eq!(model.count(Severity::Error), 2);
        model.apply(Action::Fix(0));
        let fixed = TEXT.replace("2.00", "1.00");
        assert_eq!(&*model.text, fixed);
        assert!(model.is_checking());
        assert_eq!(model.notice, Some(Notice::Fixed { from: "2.00%".into(), to: "1.00%".into() }));
        answer(&mut model);
        assert_eq!(model.count(Severity::Error), 1);
        assert_eq!(model.changed, Some((2, 7)));
        model.apply(Action::Undo);
        assert_eq!(&*model.text, TEXT);
        let jump = model.jump;
        answer(&mut model);
        assert_eq!(model.jump, jump + 1, "the document shows what was taken back");
        model.apply(Action::Redo);
        assert_eq!(&*model.text, fixed);
        assert!(!model.can_redo());
    }

    #[test]
    fn a_second_fix_finds_its_place_before_the_first_is_checked() {
        let mut model = checked("甲占12.00%，乙占3.00%。");
        let mut report = model.checked.as_ref().unwrap().report.clone();
        report.findings[0].fix.as_mut().unwrap().replacement = "一百".into();
        let request = Request { version: 0, language: Language::Zh };
        model.checked = Some(Rc::new(Checked::new(request, model.text.clone(), report)));
        model.apply(Action::Fix(0));
        model.apply(Action::Fix(1));
        assert_eq!(&*model.text, "甲占1一百，乙占1.00%。");
        model.apply(Action::Fix(0));
        assert_eq!(model.notice, Some(Notice::FixGone), "a fix is applied once");
        model.apply(Action::Undo);
        model.apply(Action::Undo);
        assert_eq!(&*model.text, "甲占12.00%，乙占3.00%。");
    }

    #[test]
    fn typing_is_one_step_a_sitting() {
        let mut model = checked(TEXT);
        model.apply(Action::Edit(true));
        model.apply(Action::Typed(TEXT.replace("甲", "甲方")));
        model.apply(Action::Typed(TEXT.replace("甲", "甲方的")));
        model.apply(Action::Edit(false));
        model.apply(Action::Undo);
        assert_eq!(&*model.text, TEXT);
        assert!(!model.can_undo());
        model.apply(Action::Redo);
        assert_eq!(&*model.text, TEXT.replace("甲", "甲方的"));
    }

    #[test]
    fn clearing_and_opening_can_be_taken_back_with_the_name() {
        let mut model = checked(TEXT);
        model.apply(Action::Open { text: "另一份".into(), name: "b.txt".into() });
        assert_eq!((model.notice.clone(), model.report()), (Some(Notice::Replaced), None));
        model.apply(Action::Clear);
        assert!(model.is_blank() && model.wanted().is_none() && !model.is_checking());
        model.apply(Action::Undo);
        assert_eq!((&*model.text, &*model.name), ("另一份", "b.txt"));
        model.apply(Action::Undo);
        assert_eq!((&*model.text, &*model.name), (TEXT, ""));
    }

    #[test]
    fn a_passage_is_rewritten_in_place() {
        let mut model = checked(TEXT);
        model.apply(Action::Rewrite { start: 2, end: 7, text: "1.00%".into() });
        assert_eq!(&*model.text, TEXT.replace("2.00", "1.00"));
        model.apply(Action::Rewrite { start: 2, end: 7, text: "5.00%".into() });
        assert_eq!(&*model.text, TEXT.replace("2.00", "1.00"), "its place is gone until it is checked again");
        answer(&mut model);
        model.apply(Action::Rewrite { start: 2, end: 7, text: "1.00%".into() });
        assert!(!model.is_checking(), "the same words are no change");
    }
}
