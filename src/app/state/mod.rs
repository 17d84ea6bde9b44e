//! The page's state and every way it can change. Nothing here knows a browser: what touches the world (checking, storing, scrolling) is
//! done by the components, which watch this state for the need and report back with an [`Action`].

mod action;
mod checked;
mod history;
mod ignored;
mod looking;
mod notice;
#[cfg(test)]
mod testing;

use std::collections::BTreeSet;
use std::rc::Rc;

pub use action::Action;
pub use checked::{Checked, Outcome, Request};
pub use ignored::Ignored;
pub use looking::Selection;
pub use notice::Notice;

use super::edit::Edit;
use super::what_if::WhatIf;
use crate::report::{Check, Finding, Language, Report, Severity};
use history::Step;

/// The views of the right pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// The findings.
    #[default]
    Findings,
    /// Every check.
    Checks,
    /// The scoring tables.
    Scorecards,
    /// The pictures.
    Charts,
}

/// Which severities the list and the document show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Errors.
    pub errors: bool,
    /// Warnings.
    pub warnings: bool,
    /// Notes: off at first, for what is proved comes before what is doubtful.
    pub infos: bool,
}

impl Shown {
    /// Whether findings of this severity are shown.
    pub fn includes(self, severity: Severity) -> bool {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Info => self.infos,
        }
    }

    fn toggle(&mut self, severity: Severity) {
        let flag = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Info => &mut self.infos,
        };
        *flag = !*flag;
    }
}

/// The state of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The language of the page and of the messages.
    pub language: Language,
    /// The text as it is now.
    pub text: Rc<str>,
    /// The name of the file or the example, empty for pasted text.
    pub name: Rc<str>,
    /// Counts the changes of the text.
    pub version: u32,
    /// Counts the documents: another document is drawn from its beginning.
    pub generation: u32,
    /// The newest answer. It may be about an older state of the text, which is what the page then draws.
    pub checked: Option<Rc<Checked>>,
    /// Whether the raw text is being edited.
    pub editing: bool,
    /// The view of the right pane.
    pub tab: Tab,
    /// The severities shown.
    pub shown: Shown,
    /// Whether the list holds the ignored findings instead of the others.
    pub listing_ignored: bool,
    /// The checks shown: of this rule only.
    pub rule_filter: Option<String>,
    /// The checks shown: those that came out in this way only.
    pub outcome_filter: Option<Outcome>,
    /// The checks shown: those that the number here takes part in only.
    pub number: Option<(usize, usize)>,
    /// The scorecards that are open in the list.
    pub open_cards: BTreeSet<usize>,
    /// What is supposed of a scorecard.
    pub what_if: Option<WhatIf>,
    /// What is looked at.
    pub selection: Option<Selection>,
    /// Counts the calls to scroll the document.
    pub jump: u32,
    /// Which place of the selection the document scrolls to: 0 for its number, the others as [`Inspection::rows`] has them.
    pub jump_place: usize,
    /// Counts the calls to scroll the list to the selection.
    pub reveal: u32,
    /// What the last step wrote, shown until something else is looked at.
    pub changed: Option<(usize, usize)>,
    /// The ignored findings of this and of other documents.
    pub ignored: Rc<Vec<Ignored>>,
    /// The finding whose ignoring waits for a reason.
    pub ignoring: Option<usize>,
    /// A word to the user.
    pub notice: Option<Notice>,
    /// Whether the help is open.
    pub help: bool,
    in_flight: Option<Request>,
    settled: Option<Request>,
    /// The edits since [`Model::checked`].
    pending: Vec<Rc<Edit>>,
    history: Vec<Rc<Step>>,
    undone: Vec<Rc<Step>>,
    /// Counts the sittings of typing.
    sitting: u32,
    /// Where walking through the findings stands when nothing is selected.
    cursor: usize,
    /// Whether the document scrolls to the change once it is drawn.
    show_change: bool,
}

/// What the page remembers from one visit to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remembered {
    /// The text.
    pub text: String,
    /// Its name.
    pub name: String,
    /// The language.
    pub language: Language,
    /// The ignored findings.
    pub ignored: Vec<Ignored>,
}

impl Model {
    /// The page as it was left.
    pub fn new(remembered: Remembered) -> Model {
        Model {
            language: remembered.language,
            text: remembered.text.into(),
            name: remembered.name.into(),
            version: 0,
            generation: 0,
            checked: None,
            editing: false,
            tab: Tab::default(),
            shown: Shown { errors: true, warnings: true, infos: false },
            listing_ignored: false,
            rule_filter: None,
            outcome_filter: None,
            number: None,
            open_cards: BTreeSet::new(),
            what_if: None,
            selection: None,
            jump: 0,
            jump_place: 0,
            reveal: 0,
            changed: None,
            ignored: Rc::new(remembered.ignored),
            ignoring: None,
            notice: None,
            help: false,
            in_flight: None,
            settled: None,
            pending: Vec::new(),
            history: Vec::new(),
            undone: Vec::new(),
            sitting: 0,
            cursor: 0,
            show_change: false,
        }
    }

    /// The report of the newest answer.
    pub fn report(&self) -> Option<&Report> {
        self.checked.as_deref().map(|checked| &checked.report)
    }

    /// Whether there is nothing to check.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The check that should begin now: one at a time, and none for what was already answered.
    pub fn wanted(&self) -> Option<Request> {
        let request = Request { version: self.version, language: self.language };
        (self.in_flight.is_none() && !self.is_blank() && self.settled != Some(request)).then_some(request)
    }

    /// Whether the report is not yet that of the text.
    pub fn is_checking(&self) -> bool {
        !self.is_blank() && self.settled.is_none_or(|settled| settled.version != self.version)
    }

    /// How many findings there are to look at, of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings()
            .filter(|(index, finding)| finding.severity == severity && self.ignored_for(*index).is_none())
            .count()
    }

    fn findings(&self) -> impl Iterator<Item = (usize, &Finding)> {
        self.report().into_iter().flat_map(|report| report.findings.iter().enumerate())
    }

    /// The findings in the list, by their place in the report.
    pub fn listed_findings(&self) -> Vec<usize> {
        self.findings()
            .filter(|(index, finding)| {
                let ignored = self.ignored_for(*index).is_some();
                if self.listing_ignored { ignored } else { !ignored && self.shown.includes(finding.severity) }
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// The checks in the list, by their place in the report.
    pub fn listed_checks(&self) -> Vec<usize> {
        let Some(checked) = &self.checked else { return Vec::new() };
        let wanted = |check: &Check, outcome: Outcome| {
            self.number.is_none_or(|number| looking::takes_part(check, number))
                && self.rule_filter.as_ref().is_none_or(|rule| check.rule == *rule)
                && self.outcome_filter.is_none_or(|wanted| outcome == wanted)
        };
        let checks = checked.report.checks.iter().zip(&checked.outcomes).enumerate();
        checks.filter(|(_, (check, outcome))| wanted(check, **outcome)).map(|(index, _)| index).collect()
    }

    /// Makes the change.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Open { text, name } => {
                let was_blank = self.is_blank();
                self.replace(text, name);
                self.notice = (!was_blank).then_some(Notice::Replaced);
            }
            Action::Clear => {
                self.replace(String::new(), String::new());
                self.notice = Some(Notice::Cleared);
            }
            Action::Typed(text) => self.typed(&text),
            Action::Rewrite { start, end, text } => self.rewrite((start, end), text),
            Action::Edit(editing) => {
                self.editing = editing;
                self.sitting += 1;
            }
            Action::Fix(finding) => self.fix(finding),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::AskIgnore(finding) => self.ask_ignore(finding),
            Action::Ignore { finding, reason } => self.ignore(finding, reason),
            Action::Restore(finding) => self.restore(finding),
            Action::Select(selection) => {
                self.select(selection);
                self.jump_to(0);
            }
            Action::Pick(selection) => {
                self.select(selection);
                self.reveal += 1;
            }
            Action::PickNumber { start, end } => self.pick_number((start, end)),
            Action::LeaveNumber => self.number = None,
            Action::Walk { onward } => self.walk(onward),
            Action::Jump(place) => self.jump_to(place),
            Action::Toggle(severity) => {
                self.shown.toggle(severity);
                self.listing_ignored = false;
                self.tab = Tab::Findings;
                self.drop_hidden_selection();
            }
            Action::ListIgnored(listing) => {
                self.listing_ignored = listing;
                self.tab = Tab::Findings;
                self.selection = None;
            }
            Action::Tab(tab) => {
                self.tab = tab;
                self.number = None;
                self.reveal += 1;
            }
            Action::ToggleCard(card) => {
                if !self.open_cards.remove(&card) {
                    self.open_cards.insert(card);
                }
            }
            Action::WhatIf(card) => self.what_if = card.map(WhatIf::new),
            Action::Suppose { row, field, value } => self.suppose(row, field, &value),
            Action::FilterRule(rule) => {
                self.rule_filter = rule;
                self.number = None;
                self.drop_hidden_selection();
            }
            Action::FilterOutcome(outcome) => {
                self.outcome_filter = outcome;
                self.number = None;
                self.tab = Tab::Checks;
                self.drop_hidden_selection();
            }
            Action::Language(language) => self.language = language,
            Action::Asked(request) => self.in_flight = Some(request),
            Action::Answered(request, answer) => self.answered(request, answer),
            Action::Tell(notice) => self.notice = Some(notice),
            Action::Dismiss => self.notice = None,
            Action::Help(help) => self.help = help,
            Action::Escape => self.escape(),
        }
    }

    fn answered(&mut self, request: Request, answer: Result<Box<Report>, String>) {
        if self.in_flight == Some(request) {
            self.in_flight = None;
        }
        if (Request { version: self.version, language: self.language }) != request {
            return;
        }
        self.settled = Some(request);
        match answer {
            Err(reason) => self.notice = Some(Notice::CheckFailed(reason)),
            Ok(report) => {
                let was_one = self.report().is_some_and(|report| report.scorecards.len() == 1);
                if report.scorecards.len() == 1 && !was_one {
                    self.open_cards = BTreeSet::from([0]);
                }
                let before = self.checked.take();
                let checked = Checked::new(request, self.text.clone(), *report);
                self.selection =
                    self.selection.and_then(|selection| self.reselect(selection, before.as_deref()?, &checked));
                self.ignoring = None;
                self.number = self.number.and_then(|number| self.current(number));
                if let Some(rule) = &self.rule_filter
                    && !checked.report.checks.iter().any(|check| check.rule == *rule)
                {
                    self.rule_filter = None;
                }
                let gone = match self.tab {
                    Tab::Scorecards => checked.report.scorecards.is_empty(),
                    Tab::Charts => checked.report.charts.is_empty(),
                    Tab::Findings | Tab::Checks => false,
                };
                if gone {
                    self.tab = Tab::Findings;
                }
                self.pending.clear();
                self.checked = Some(Rc::new(checked));
                if std::mem::take(&mut self.show_change) && self.changed.is_some() {
                    self.jump_to(0);
                }
            }
        }
    }

    fn escape(&mut self) {
        if self.help {
            self.help = false;
        } else if self.ignoring.is_some() {
            self.ignoring = None;
        } else if self.notice.is_some() {
            self.notice = None;
        } else if self.editing {
            self.editing = false;
            self.sitting += 1;
        } else {
            self.selection = None;
            self.changed = None;
            self.number = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{TEXT, checked};
    use super::*;

    #[test]
    fn stale_answers_change_nothing() {
        let mut model = checked(TEXT);
        model.apply(Action::Typed(TEXT.replace("乙", "戊")));
        let old = model.wanted().unwrap();
        model.apply(Action::Asked(old));
        model.apply(Action::Typed(TEXT.replace("乙", "己")));
        assert_eq!(model.wanted(), None);
        model.apply(Action::Answered(old, Ok(Box::default())));
        assert_eq!(model.report().unwrap().findings.len(), 3, "the report is still that of the first text");
        assert!(model.wanted().is_some_and(|wanted| wanted != old), "and the newest text is checked next");
    }

    #[test]
    fn a_failed_check_is_told_and_not_repeated() {
        let mut model = Model::new(Remembered { text: TEXT.into(), ..Remembered::default() });
        let request = model.wanted().unwrap();
        model.apply(Action::Asked(request));
        model.apply(Action::Answered(request, Err("crash".into())));
        assert_eq!(model.notice, Some(Notice::CheckFailed("crash".into())));
        assert_eq!(model.wanted(), None);
        assert_eq!(&*model.text, TEXT);
    }

    #[test]
    fn escape_closes_the_topmost() {
        let mut model = checked(TEXT);
        model.apply(Action::AskIgnore(Some(0)));
        model.apply(Action::Tell(Notice::Unreadable));
        model.apply(Action::Help(true));
        let open =
            |model: &Model| (model.help, model.ignoring.is_some(), model.notice.is_some(), model.selection.is_some());
        let mut seen = Vec::new();
        for _ in 0..4 {
            model.apply(Action::Escape);
            seen.push(open(&model));
        }
        assert_eq!(
            seen,
            [
                (false, true, true, true),
                (false, false, true, true),
                (false, false, false, true),
                (false, false, false, false)
            ]
        );
    }

    #[test]
    fn another_language_is_another_check_of_the_same_text() {
        let mut model = checked(TEXT);
        model.apply(Action::Language(Language::En));
        assert!(!model.is_checking(), "the figures do not change");
        assert_eq!(model.wanted(), Some(Request { version: 0, language: Language::En }));
    }
}
