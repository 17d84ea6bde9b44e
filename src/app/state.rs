//! The page's state and every way it can change. Nothing here knows a browser: what touches the world (checking, storing, scrolling) is
//! done by the components, which watch this state for the need and report back with an [`Action`].

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::decode::Container;
use super::edit::Edit;
use super::inspection::Inspection;
use super::offsets::Offsets;
use crate::input::Fault;
use crate::report::{Check, Finding, Language, Report, Scorecard, Severity, Status};

/// How many steps can be taken back.
const HISTORY: usize = 500;

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

/// What a finding says, wherever it stands: its rule, the blamed text, the expected value and the words of its sentence around it. White
/// space does not count, nor do the figures around it, which are corrected one after another.
fn key(finding: &Finding, text: &str, offsets: &Offsets) -> String {
    let start = offsets.byte(text, finding.span.start);
    let end = offsets.byte(text, finding.span.end).max(start);
    let written = |ch: &char| ch.is_alphabetic();
    let same_sentence = |ch: &char| !"。；;\t".contains(*ch);
    let mut before: Vec<char> =
        text[..start].chars().rev().take_while(same_sentence).filter(written).take(10).collect();
    before.reverse();
    let after: String = text[end..].chars().take_while(same_sentence).filter(written).take(6).collect();
    let before: String = before.into_iter().collect();
    [&finding.rule, &finding.text, &finding.expected, &before, &after].map(String::as_str).join("\u{1f}")
}

/// A finding that a person decided to leave as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignored {
    /// What the finding says.
    pub key: String,
    /// Why it is left, in the person's own words; may be empty.
    pub reason: String,
}

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
}

/// What is looked at, by its place in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// A finding.
    Finding(usize),
    /// A check.
    Check(usize),
    /// A row of a scorecard: the card, and the row in it.
    Indicator(usize, usize),
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

/// A word to the user about what just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A fix was applied.
    Fixed {
        /// What stood there.
        from: String,
        /// What stands there now.
        to: String,
    },
    /// A change was taken back.
    Undone,
    /// A change was made again.
    Redone,
    /// The text was removed.
    Cleared,
    /// A document was opened over another one.
    Replaced,
    /// A finding was ignored.
    Ignored,
    /// The text has changed where the fix belongs.
    FixGone,
    /// So many findings are in the clipboard.
    Copied(usize),
    /// The browser would not copy.
    CopyFailed,
    /// A paste that would have replaced the document.
    PasteRefused,
    /// A file of a kind that is not read.
    Container(Container),
    /// A file that is no text.
    Binary,
    /// A file in an encoding that is not known.
    Undecodable,
    /// A file with so many MB.
    TooLarge(usize),
    /// A file that could not be read.
    Unreadable,
    /// A file without text.
    EmptyFile,
    /// JSON that is no structured report.
    Faults(Vec<Fault>),
    /// The clipboard held no text.
    NothingPasted,
    /// The browser would not make a file.
    NotSaved,
    /// The browser would not keep the text.
    NotStored,
    /// The check came to no end.
    CheckFailed(String),
}

impl Notice {
    /// Whether something went wrong, which stays until it is read.
    pub fn is_alarm(&self) -> bool {
        use Notice::*;
        !matches!(self, Fixed { .. } | Undone | Redone | Cleared | Replaced | Ignored | Copied(_) | PasteRefused)
    }

    /// Whether the step that it tells of can be taken back from the notice itself.
    pub fn offers_undo(&self) -> bool {
        matches!(self, Notice::Fixed { .. } | Notice::Cleared | Notice::Replaced)
    }
}

/// One step of the history.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    edit: Edit,
    /// The names before and after, where the step put another document in place.
    names: Option<(Rc<str>, Rc<str>)>,
    /// Typing in one sitting is one step.
    typing: Option<u32>,
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
    /// The checks shown: with this verdict only.
    pub status_filter: Option<Status>,
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

/// A way in which the state changes.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Put another document in place of this one.
    Open {
        /// Its text.
        text: String,
        /// Its name.
        name: String,
    },
    /// The text area holds this now.
    Typed(String),
    /// A stretch of the text was rewritten in place.
    Rewrite {
        /// The first code unit.
        start: usize,
        /// One past the last.
        end: usize,
        /// What it says now.
        text: String,
    },
    /// Remove the text.
    Clear,
    /// Show the raw text to edit, or the document.
    Edit(bool),
    /// Apply the fix of a finding.
    Fix(usize),
    /// Take the last step back.
    Undo,
    /// Make the last step that was taken back again.
    Redo,
    /// Ask for the reason to ignore a finding, or stop asking.
    AskIgnore(Option<usize>),
    /// Ignore a finding.
    Ignore {
        /// Which.
        finding: usize,
        /// Why.
        reason: String,
    },
    /// Show a finding again.
    Restore(usize),
    /// Look at something from the list: the document follows.
    Select(Selection),
    /// Look at something from the document: the list follows.
    Pick(Selection),
    /// Look at nothing.
    Deselect,
    /// Go to the next (or the one before) in the list.
    Walk {
        /// Onward or back.
        onward: bool,
    },
    /// Scroll the document to a place of the selection.
    Jump(usize),
    /// Show or hide a severity.
    Toggle(Severity),
    /// List the ignored findings, or the others.
    ListIgnored(bool),
    /// Change the view of the right pane.
    Tab(Tab),
    /// Show the checks of one rule, or of all.
    FilterRule(Option<String>),
    /// Show the checks with one verdict, or with any.
    FilterStatus(Option<Status>),
    /// Change the language.
    Language(Language),
    /// A check has begun.
    Asked(Request),
    /// A check has ended.
    Answered(Request, Result<Box<Report>, String>),
    /// Tell the user something.
    Tell(Notice),
    /// The notice was read.
    Dismiss,
    /// Open or close the help.
    Help(bool),
    /// Close the topmost thing that is open.
    Escape,
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
            status_filter: None,
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

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.history.is_empty()
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Why a finding is ignored, where it is.
    pub fn ignored_for(&self, finding: usize) -> Option<&str> {
        let key = self.checked.as_ref()?.keys.get(finding)?;
        self.ignored.iter().find(|ignored| ignored.key == *key).map(|ignored| ignored.reason.as_str())
    }

    /// How many findings there are to look at, of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings()
            .filter(|(index, finding)| finding.severity == severity && self.ignored_for(*index).is_none())
            .count()
    }

    /// How many findings of this document are ignored.
    pub fn count_ignored(&self) -> usize {
        self.findings().filter(|(index, _)| self.ignored_for(*index).is_some()).count()
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
        let wanted = |check: &Check| {
            self.rule_filter.as_ref().is_none_or(|rule| check.rule == *rule)
                && self.status_filter.is_none_or(|status| check.status == status)
        };
        let checks = self.report().map_or(&[][..], |report| &report.checks);
        checks.iter().enumerate().filter(|(_, check)| wanted(check)).map(|(index, _)| index).collect()
    }

    /// What is looked at, taken apart.
    pub fn inspection(&self) -> Option<Inspection> {
        Inspection::new(self.checked.as_ref()?, self.selection?)
    }

    /// Where a stretch that the report speaks of stands in the text as it is now; nothing where an edit since touched it.
    pub fn current(&self, span: (usize, usize)) -> Option<(usize, usize)> {
        self.pending.iter().try_fold(span, |span, edit| edit.map(span))
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
            Action::Undo => {
                if let Some(step) = self.history.pop() {
                    self.retrace(&step.edit.inverse(), step.names.as_ref().map(|names| &names.0));
                    self.undone.push(step);
                    self.notice = Some(Notice::Undone);
                }
            }
            Action::Redo => {
                if let Some(step) = self.undone.pop() {
                    self.retrace(&step.edit, step.names.as_ref().map(|names| &names.1));
                    self.history.push(step);
                    self.notice = Some(Notice::Redone);
                }
            }
            Action::AskIgnore(finding) => {
                self.ignoring = finding.filter(|&finding| self.ignored_for(finding).is_none());
                if let Some(finding) = self.ignoring {
                    self.select(Selection::Finding(finding));
                }
            }
            Action::Ignore { finding, reason } => self.ignore(finding, reason),
            Action::Restore(finding) => {
                if let Some(key) = self.checked.as_ref().and_then(|checked| checked.keys.get(finding)) {
                    Rc::make_mut(&mut self.ignored).retain(|ignored| ignored.key != *key);
                    self.listing_ignored = self.count_ignored() > 0;
                    self.selection = None;
                }
            }
            Action::Select(selection) => {
                self.select(selection);
                self.jump_to(0);
            }
            Action::Pick(selection) => {
                self.select(selection);
                self.reveal += 1;
            }
            Action::Deselect => self.selection = None,
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
                self.reveal += 1;
            }
            Action::FilterRule(rule) => {
                self.rule_filter = rule;
                self.drop_hidden_selection();
            }
            Action::FilterStatus(status) => {
                self.status_filter = status;
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

    fn replace(&mut self, text: String, name: String) {
        let names = Some((self.name.clone(), Rc::from(name.as_str())));
        if let Some(edit) = Edit::between(&self.text, &text) {
            self.text = text.into();
            self.record(Step { edit, names, typing: None });
        }
        self.begin_document(name.into());
    }

    /// Forgets what was known of the document before.
    fn begin_document(&mut self, name: Rc<str>) {
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
        self.status_filter = None;
    }

    fn record(&mut self, step: Step) {
        self.undone.clear();
        self.history.push(Rc::new(step));
        if self.history.len() > HISTORY {
            self.history.remove(0);
        }
    }

    /// Changes the text within the document. Returns whether it could.
    fn change(&mut self, edit: &Edit) -> bool {
        let Some(text) = edit.apply(&self.text) else { return false };
        self.text = text.into();
        self.version += 1;
        self.pending.push(Rc::new(edit.clone()));
        self.changed = None;
        self.ignoring = None;
        true
    }

    fn typed(&mut self, text: &str) {
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
    fn rewrite(&mut self, span: (usize, usize), inserted: String) {
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

    fn fix(&mut self, finding: usize) {
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
    fn retrace(&mut self, edit: &Edit, name: Option<&Rc<str>>) {
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

    fn ignore(&mut self, finding: usize, reason: String) {
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

    /// Looks at something, and makes sure that the list shows it.
    fn select(&mut self, selection: Selection) {
        let Some(checked) = self.checked.clone() else { return };
        self.changed = None;
        match selection {
            Selection::Finding(index) => {
                let Some(finding) = checked.report.findings.get(index) else { return };
                self.tab = Tab::Findings;
                self.cursor = finding.span.start;
                if self.ignoring != Some(index) {
                    self.ignoring = None;
                }
            }
            Selection::Check(index) => {
                let Some(check) = checked.report.checks.get(index) else { return };
                self.tab = Tab::Checks;
                if self.rule_filter.as_ref().is_some_and(|rule| *rule != check.rule) {
                    self.rule_filter = None;
                }
                if self.status_filter.is_some_and(|status| status != check.status) {
                    self.status_filter = None;
                }
                self.ignoring = None;
            }
            Selection::Indicator(card, row) => {
                let Some(scorecard) = checked.report.scorecards.get(card) else { return };
                if row >= scorecard.indicators.len() {
                    return;
                }
                self.tab = Tab::Scorecards;
                self.ignoring = None;
            }
        }
        self.selection = Some(selection);
    }

    fn jump_to(&mut self, place: usize) {
        self.jump_place = place;
        self.jump += 1;
    }

    /// What the right pane lists, with where each stands in the text.
    fn listed(&self) -> Vec<(Selection, usize)> {
        let Some(report) = self.report() else { return Vec::new() };
        match self.tab {
            Tab::Findings => self
                .listed_findings()
                .into_iter()
                .map(|index| (Selection::Finding(index), report.findings[index].span.start))
                .collect(),
            Tab::Checks => self
                .listed_checks()
                .into_iter()
                .map(|index| (Selection::Check(index), report.checks[index].result.span.start))
                .collect(),
            Tab::Scorecards => {
                let rows = |(card, scorecard): (usize, &Scorecard)| {
                    let starts = scorecard.indicators.iter().map(|indicator| indicator.span.start);
                    starts.enumerate().map(|(row, start)| (Selection::Indicator(card, row), start)).collect::<Vec<_>>()
                };
                report.scorecards.iter().enumerate().flat_map(rows).collect()
            }
        }
    }

    fn walk(&mut self, onward: bool) {
        let listed = self.listed();
        let selected = listed.iter().position(|&(selection, _)| self.selection == Some(selection));
        let next = match (selected, onward) {
            (Some(selected), true) => listed.get(selected + 1),
            (Some(selected), false) => selected.checked_sub(1).and_then(|before| listed.get(before)),
            // Nothing is selected: a fix or an ignored finding left the cursor where it stood.
            (None, true) => listed.iter().find(|&&(_, start)| start >= self.cursor).or(listed.first()),
            (None, false) => listed.iter().rev().find(|&&(_, start)| start < self.cursor).or(listed.last()),
        };
        if let Some(&(next, _)) = next {
            self.select(next);
            self.jump_to(0);
            self.reveal += 1;
        }
    }

    fn drop_hidden_selection(&mut self) {
        let visible = match self.selection {
            Some(Selection::Finding(index)) => self.listed_findings().contains(&index),
            Some(Selection::Check(index)) => self.listed_checks().contains(&index),
            Some(Selection::Indicator(..)) | None => true,
        };
        if !visible {
            self.selection = None;
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
                let before = self.checked.take();
                let checked = Checked::new(request, self.text.clone(), *report);
                self.selection =
                    self.selection.and_then(|selection| self.reselect(selection, before.as_deref()?, &checked));
                self.ignoring = None;
                if let Some(rule) = &self.rule_filter
                    && !checked.report.checks.iter().any(|check| check.rule == *rule)
                {
                    self.rule_filter = None;
                }
                if self.tab == Tab::Scorecards && checked.report.scorecards.is_empty() {
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

    /// The same finding (or check) in a new report: the nearest that says the same.
    fn reselect(&self, selection: Selection, before: &Checked, after: &Checked) -> Option<Selection> {
        let nearest = |old: usize, candidates: &mut dyn Iterator<Item = (usize, usize)>| {
            candidates.min_by_key(|&(_, start)| start.abs_diff(old)).map(|(index, _)| index)
        };
        match selection {
            Selection::Finding(index) => {
                let span = before.report.findings.get(index)?.span;
                let old = self.current((span.start, span.end)).map_or(span.start, |span| span.0);
                let key = before.keys.get(index)?;
                let mut same = (0..after.keys.len())
                    .filter(|&candidate| after.keys[candidate] == *key)
                    .map(|candidate| (candidate, after.report.findings[candidate].span.start));
                nearest(old, &mut same).map(Selection::Finding)
            }
            Selection::Check(index) => {
                let check = before.report.checks.get(index)?;
                let span = check.result.span;
                let old = self.current((span.start, span.end)).map_or(span.start, |span| span.0);
                let mut same = after
                    .report
                    .checks
                    .iter()
                    .enumerate()
                    .filter(|(_, candidate)| candidate.rule == check.rule && candidate.formula == check.formula)
                    .map(|(candidate, check)| (candidate, check.result.span.start));
                nearest(old, &mut same).map(Selection::Check)
            }
            Selection::Indicator(card, row) => {
                let named =
                    |checked: &Checked| Some(checked.report.scorecards.get(card)?.indicators.get(row)?.name.clone());
                (named(before)? == named(after)?).then_some(selection)
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Fix, Place, Span};

    /// A report on the page's own example of a text: every number of the form `d.dd%` is checked against 1.00%, and a fix says so.
    fn report(text: &str) -> Report {
        let mut report = Report::default();
        let mut from = 0;
        while let Some(at) = text[from..].find('%') {
            let (start, end) = (from + at - 4, from + at + 1);
            let printed = &text[start..end];
            let unit = |byte: usize| super::super::offsets::units(&text[..byte]);
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
                operands: vec![Place {
                    text: text[..3].to_owned(),
                    span: Span { start: 0, end: 1, line: 1, column: 1 },
                }],
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
    fn checked(text: &str) -> Model {
        let mut model = Model::new(Remembered { text: text.to_owned(), ..Remembered::default() });
        answer(&mut model);
        model
    }

    /// Plays the checker.
    fn answer(model: &mut Model) {
        let request = model.wanted().expect("a check is wanted");
        model.apply(Action::Asked(request));
        assert_eq!(model.wanted(), None, "one check at a time");
        let report = report(&model.text);
        model.apply(Action::Answered(request, Ok(Box::new(report))));
    }

    const TEXT: &str = "甲占2.00%，乙占3.00%；\n丙占1.00%，丁占9.00%。";

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

    #[test]
    fn walking_visits_what_is_listed_and_goes_on_from_a_fix() {
        let mut model = checked(TEXT);
        let mut visited = Vec::new();
        for _ in 0..3 {
            model.apply(Action::Walk { onward: true });
            visited.push(model.selection);
        }
        let finding = |index| Some(Selection::Finding(index));
        assert_eq!(visited, [finding(0), finding(1), finding(1)], "notes are not shown at first");
        model.apply(Action::Toggle(Severity::Info));
        model.apply(Action::Walk { onward: true });
        assert_eq!(model.selection, finding(2));
        model.apply(Action::Fix(0));
        answer(&mut model);
        assert_eq!(model.selection, None);
        model.apply(Action::Walk { onward: true });
        assert_eq!(model.selection, finding(0), "the finding after the one that was fixed");
        model.apply(Action::Tab(Tab::Checks));
        model.apply(Action::Walk { onward: true });
        assert!(matches!(model.selection, Some(Selection::Check(_))));
    }

    #[test]
    fn the_selection_follows_its_finding_through_an_edit() {
        let mut model = checked(TEXT);
        model.apply(Action::Select(Selection::Finding(1)));
        model.apply(Action::Typed(TEXT.replace("2.00", "1.00")));
        answer(&mut model);
        assert_eq!(model.selection, Some(Selection::Finding(0)));
        model.apply(Action::Typed("全部删去".into()));
        answer(&mut model);
        assert_eq!(model.selection, None);
    }

    #[test]
    fn picking_a_check_shows_it_whatever_the_filters_hid() {
        let mut model = checked(TEXT);
        model.apply(Action::FilterStatus(Some(Status::Fail)));
        assert_eq!(model.listed_checks(), [0, 1, 3]);
        let reveal = model.reveal;
        model.apply(Action::Pick(Selection::Check(2)));
        assert_eq!((model.tab, model.status_filter), (Tab::Checks, None));
        assert_eq!(model.reveal, reveal + 1);
        assert!(model.listed_checks().contains(&2));
        model.apply(Action::FilterRule(Some("share".into())));
        assert_eq!(model.selection, Some(Selection::Check(2)));
        model.apply(Action::FilterStatus(Some(Status::Fail)));
        assert_eq!(model.selection, None, "what is hidden is not looked at");
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

    #[test]
    fn escape_closes_the_topmost() {
        let mut model = checked(TEXT);
        model.apply(Action::AskIgnore(Some(0)));
        model.apply(Action::Tell(Notice::Binary));
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

    #[test]
    fn an_inspection_names_the_number_then_what_it_was_held_against() {
        let mut model = checked(TEXT);
        model.apply(Action::Select(Selection::Finding(0)));
        let inspection = model.inspection().unwrap();
        assert_eq!((inspection.formula.as_str(), inspection.expected.as_str()), ("1 ÷ 100", "1.00%"));
        let rows: Vec<_> = inspection.rows.iter().map(|row| (row.role, row.text.as_str(), row.lead.as_str())).collect();
        use super::super::inspection::Role;
        assert_eq!(rows, [(Role::Stated, "2.00%", "甲占"), (Role::Operand, "甲", "")], "each place once");
    }
}
