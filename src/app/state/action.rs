//! Every way in which the state changes.

use super::{Notice, Outcome, Request, Selection, Tab};
use crate::app::what_if::Field;
use crate::report::{Language, Report, Severity};

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
    /// Look at every check that a number takes part in, from the document.
    PickNumber {
        /// The first code unit.
        start: usize,
        /// One past the last.
        end: usize,
    },
    /// List all checks again, not only those of one number.
    LeaveNumber,
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
    /// Open a scorecard in the list, or close it.
    ToggleCard(usize),
    /// Begin to suppose other actuals or scores of a scorecard, or end it.
    WhatIf(Option<usize>),
    /// Suppose another actual or score of a row.
    Suppose {
        /// The row.
        row: usize,
        /// Which of the two.
        field: Field,
        /// What is supposed; nothing or what is printed takes it back.
        value: String,
    },
    /// Show the checks of one rule, or of all.
    FilterRule(Option<String>),
    /// Show the checks that came out in one way, or all.
    FilterOutcome(Option<Outcome>),
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
