//! What the user is told about what just happened. The page words it.

use crate::input::{Fault, Refusal};

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
    /// A file of a kind that is not opened.
    Refused(Refusal),
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
