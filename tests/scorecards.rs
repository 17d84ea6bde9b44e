//! Scorecards of whole documents: every form with its indicators, weights and totals.

use gouji::report::{ScoreStatus, Scorecard};
use gouji::{Options, Report, check};
use std::fs;
use std::path::PathBuf;

fn corpus(name: &str) -> Report {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    check(&fs::read_to_string(path).unwrap(), &Options::default())
}

/// A report that lies beside the repository, where it does.
fn seed(start: &str) -> Option<Report> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let found = fs::read_dir(folder).ok().and_then(|entries| {
        entries
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start)))
    });
    if found.is_none() {
        eprintln!("skipped: no report {start} beside the repository");
    }
    found.map(|path| check(&fs::read_to_string(path).unwrap(), &Options::default()))
}

fn stated(place: &Option<gouji::report::Place>) -> &str {
    place.as_ref().map_or("", |place| place.text.as_str())
}

fn statuses(card: &Scorecard, wanted: ScoreStatus) -> usize {
    card.indicators.iter().filter(|row| row.status == wanted).count()
}

#[test]
fn a_form_of_tabs_is_read_and_recomputed() {
    let report = corpus("civil-eval-2023.txt");
    let [card] = &report.scorecards[..] else { panic!("{:#?}", report.scorecards) };
    assert_eq!(card.indicators.len(), 11);
    assert_eq!((stated(&card.weight.stated), stated(&card.total.stated)), ("100", "97.21"));
    assert_eq!(card.band.as_ref().map(|band| band.name.as_str()), Some("优"));
    let beds = card.indicators.iter().find(|row| row.name == "新增养老床位").unwrap();
    assert_eq!((beds.status, beds.score.computed.as_deref(), beds.met), (ScoreStatus::Fail, Some("9.5"), Some(false)));
    assert_eq!(beds.path, ["履职效能"]);
    let weights: Vec<&str> = card.groups.iter().map(|group| stated(&group.weight.stated)).collect();
    assert_eq!(weights, ["30分", "40分", "20分", "10分"]);
    assert!(statuses(card, ScoreStatus::Pass) >= 7, "{:#?}", card.indicators);
}

#[test]
fn the_scores_of_a_printed_rubric_are_derived() {
    let Some(report) = seed("000") else { return };
    let scored: Vec<&Scorecard> = report.scorecards.iter().filter(|card| card.total.stated.is_some()).collect();
    assert_eq!(scored.iter().map(|card| card.indicators.len()).collect::<Vec<_>>(), [23, 17]);
    assert_eq!(scored.iter().map(|card| stated(&card.total.stated)).collect::<Vec<_>>(), ["99.18", "100"]);
    assert_eq!(scored[0].total.computed.as_deref(), Some("99.18"));
    let derived = scored[0].indicators.iter().find(|row| row.status == ScoreStatus::Derived).unwrap();
    assert_eq!((derived.name.as_str(), derived.score.computed.as_deref()), ("预算执行率", Some("3.18")));
    assert!(
        scored
            .iter()
            .all(|card| card.indicators.iter().all(|row| row.weight.is_some() && row.status != ScoreStatus::Unread))
    );
}

#[test]
fn a_rubric_torn_over_pages_makes_its_total() {
    let Some(report) = seed("004") else { return };
    let card = report.scorecards.iter().find(|card| card.groups.len() == 3).unwrap();
    assert_eq!(card.indicators.len(), 9);
    assert_eq!(card.total.computed.as_deref(), Some("95"));
    assert_eq!(card.weight.computed.as_deref(), Some("100"));
    assert_eq!(statuses(card, ScoreStatus::Fail), 0);
}

#[test]
fn the_project_forms_of_a_long_report_have_their_weights() {
    let Some(report) = seed("002") else { return };
    let full = report.scorecards.iter().filter(|card| card.weight.computed.as_deref() == Some("100")).count();
    println!(
        "{} forms, {} indicators, {full} with all weights",
        report.scorecards.len(),
        report.scorecards.iter().map(|card| card.indicators.len()).sum::<usize>()
    );
    assert!(report.scorecards.len() >= 25);
    assert!(full >= 14);
    let failed: usize = report.scorecards.iter().map(|card| statuses(card, ScoreStatus::Fail)).sum();
    assert_eq!(failed, 0, "the usual method proves nothing");
}
