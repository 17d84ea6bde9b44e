//! Gouji (勾稽) recomputes the numbers of a Chinese final-accounts report and tells which of them do not agree.
//!
//! [`check`] is the one door: a document's text in, a [`Report`] out. It never panics, reads no clock, touches no file and keeps no state.

#[cfg(any(test, target_arch = "wasm32"))]
pub mod app;
pub mod report;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use report::{Language, Options, Report};

/// Checks one document and reports every relation that was recomputed, held or not.
///
/// `text` is the document as pasted; spans in the report point into it. Any text is accepted: one that holds no figures gives a report
/// with no checks and a note that says so.
pub fn check(text: &str, options: &Options) -> Report {
    let _ = (text, options);
    Report::default()
}
