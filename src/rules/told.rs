//! What is told of a text: for the tests of rules.

use crate::{Options, check};

/// The words that one rule finds fault with.
pub fn texts(rule: &str, text: &str) -> Vec<String> {
    let findings = check(text, &Options::default()).findings;
    findings.into_iter().filter(|finding| finding.rule == rule).map(|finding| finding.text).collect()
}

/// Each number that is found fault with, by whatever rule, and what it should be.
pub fn corrections(text: &str) -> Vec<(String, String)> {
    let findings = check(text, &Options::default()).findings;
    findings.into_iter().map(|finding| (finding.text, finding.expected)).collect()
}
