//! Gouji (勾稽) recomputes the numbers of a Chinese final-accounts report and tells which of them do not agree.
//!
//! [`check`] is the one door: a document's text in, a [`Report`] out. It never panics, reads no clock, touches no file and keeps no state.

#[cfg(any(test, target_arch = "wasm32"))]
pub mod app;
pub mod document;
pub mod facts;
pub mod input;
pub mod numbers;
pub mod relations;
pub mod report;
pub mod rules;
pub mod scoring;
pub mod source;
pub mod taxonomy;
pub mod verdicts;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use report::{Language, Options, Report};

/// Checks one document and reports every relation that was recomputed, held or not.
///
/// `text` is the document as pasted; spans in the report point into it. Any text is accepted: one that holds no figures gives a report
/// with no checks and a note that says so.
pub fn check(text: &str, options: &Options) -> Report {
    let source = source::Source::new(text);
    let document = document::Document::read(&source);
    let mut reading = facts::read(&source, &document);
    let found = rules::find(&document, &reading);
    let verdicts = verdicts::judge(&reading, found.relations);
    let causes = verdicts::causes(&reading, &verdicts);
    // What is told points into the source: the words that were read give their memory back before the report takes its own.
    let described = report::describe(&source, &document, options);
    drop(document);
    reading.forget_words();
    let forms = std::mem::take(&mut reading.forms);
    let findings = report::Findings {
        source: &source,
        reading: &reading,
        verdicts: &verdicts,
        causes: &causes,
        words: &found.words,
    };
    report::compose(described, forms, &findings, options)
}
