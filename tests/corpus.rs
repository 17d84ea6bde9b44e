//! Whole reports that we wrote: the clean ones stay silent, the planted slips are found.

use gouji::report::{Finding, Place, Severity};
use gouji::{Options, Report, check};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

fn corpus() -> Vec<(String, String, Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut texts: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    texts.sort();
    let read = |path: &PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let key = serde_json::from_str(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
        (name, fs::read_to_string(path).unwrap(), key)
    };
    texts.iter().map(read).collect()
}

fn loud(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|f| f.severity != Severity::Info).collect()
}

/// Whether a finding stands at the planted words, or names a number of theirs.
fn meets(finding: &Finding, text: &str, planted: &Value) -> bool {
    let line = planted["line"].as_u64().unwrap() as usize;
    let quote = planted["quote"].as_str().unwrap();
    let before: usize = text.split('\n').take(line - 1).map(|l| l.encode_utf16().count() + 1).sum();
    let words = text.split('\n').nth(line - 1).unwrap();
    let start = before + words[..words.find(quote).unwrap()].encode_utf16().count();
    let end = start + quote.encode_utf16().count();
    let own = Place { text: finding.text.clone(), span: finding.span };
    std::iter::once(&own).chain(&finding.related).any(|place| place.span.start < end && start < place.span.end)
}

#[test]
fn clean_reports_give_no_error_and_no_warning() {
    for (name, text, key) in corpus().iter().filter(|(_, _, key)| key["clean"] == true) {
        let report = check(text, &Options::default());
        let messages: Vec<&str> = loud(&report).iter().map(|f| f.message.as_str()).collect();
        assert!(messages.is_empty(), "{name}: {messages:#?}");
        assert!(report.summary.checks > 5, "{name}: hardly anything was checked");
        assert!(key["planted"].is_null());
    }
}

#[test]
fn planted_slips_are_found_and_nothing_else() {
    let mut lines = Vec::new();
    for (name, text, key) in corpus().iter().filter(|(_, _, key)| key["clean"] == false) {
        let report = check(text, &Options::default());
        let planted = key["planted"].as_array().unwrap();
        let found = planted.iter().filter(|p| loud(&report).iter().any(|f| meets(f, text, p))).count();
        let unknown = loud(&report).iter().filter(|f| !planted.iter().any(|p| meets(f, text, p))).count();
        assert_eq!(
            unknown,
            0,
            "{name}: {:#?}",
            loud(&report)
                .iter()
                .filter(|f| !planted.iter().any(|p| meets(f, text, p)))
                .map(|f| &f.message)
                .collect::<Vec<_>>()
        );
        lines.push(format!("{name} {found}/{}", planted.len()));
    }
    // What is still missed stands in the snapshot; a change that finds more or less owns up to it there.
    let snapshot = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/found.snapshot");
    let now = lines.join("\n") + "\n";
    if std::env::var_os("GOUJI_UPDATE").is_some() {
        fs::write(&snapshot, &now).unwrap();
    }
    assert_eq!(fs::read_to_string(&snapshot).unwrap_or_default(), now, "GOUJI_UPDATE=1 writes the snapshot anew");
}
