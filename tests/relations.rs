//! The relations of `docs/relations.md` on one set of accounts: nine tables and their prose hold together, and each relation is broken by
//! one change, which its rule finds.

use gouji::report::{Place, Severity, Status};
use gouji::{Options, check, input};
use serde_json::Value;
use std::path::Path;

fn accounts() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/structured/nine-tables.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A change: where in the JSON, what for what, and the rule that finds it.
type Slip = (&'static str, &'static str, &'static str, &'static str);

const SLIPS: &[Slip] = &[
    // Within a table.
    ("/tables/0/rows/0/1", "1000.00", "1100.00", "table-overview"),
    ("/tables/0/rows/9/3", "8.00", "18.00", "table-overview"),
    ("/tables/0/rows/10/1", "90.00", "99.00", "table-overview"),
    ("/tables/0/rows/11/3", "1300.00", "1330.00", "table-overview"),
    ("/tables/1/rows/3/2", "532.00", "523.00", "table-row"),
    ("/tables/1/rows/2/3", "720.00", "702.00", "table-codes"),
    ("/tables/2/rows/4/4", "255.00", "525.00", "table-row"),
    ("/tables/2/rows/6/2", "160.00", "106.00", "table-codes"),
    ("/tables/2/rows/0/2", "1060.00", "1600.00", "table-codes"),
    ("/tables/3/rows/0/3", "655.00", "565.00", "table-row"),
    ("/tables/3/rows/5/4", "930.00", "903.00", "table-overview"),
    ("/tables/3/rows/7/1", "60.00", "66.00", "table-overview"),
    ("/tables/3/rows/10/5", "60.00", "66.00", "table-overview"),
    ("/tables/4/rows/3/2", "400.00", "440.00", "table-row"),
    ("/tables/5/rows/1/2", "200.00", "220.00", "table-codes"),
    ("/tables/5/rows/8/2", "560.00", "650.00", "table-codes"),
    ("/tables/5/rows/8/5", "115.00", "151.00", "table-codes"),
    ("/tables/6/rows/0/2", "28.00", "82.00", "table-row"),
    ("/tables/6/rows/0/6", "30.00", "33.00", "table-row"),
    ("/tables/7/rows/0/7", "5.00", "15.00", "table-row"),
    ("/tables/8/rows/2/2", "20.00", "22.00", "table-codes"),
    // Between tables.
    ("/tables/0/rows/11/1", "1300.00", "1310.00", "tables-agree"),
    ("/tables/1/rows/0/2", "1207.00", "1270.00", "tables-agree"),
    ("/tables/1/rows/0/3", "1070.00", "1007.00", "tables-agree"),
    ("/tables/2/rows/0/2", "1060.00", "1600.00", "tables-agree"),
    ("/tables/2/rows/13/2", "125.00", "152.00", "tables-agree"),
    ("/tables/4/rows/0/2", "930.00", "390.00", "tables-agree"),
    ("/tables/4/rows/0/3", "675.00", "657.00", "tables-agree"),
    ("/tables/7/rows/0/2", "10.00", "11.00", "tables-agree"),
    ("/tables/7/rows/0/4", "55.00", "65.00", "tables-agree"),
    ("/tables/8/rows/0/2", "20.00", "22.00", "tables-agree"),
    ("/tables/4/rows/7/0", "2080505", "2080550", "code-name"),
    // Between prose and tables.
    ("/sections/0/paragraphs/0", "总计1300.00", "总计1330.00", "prose-table"),
    ("/sections/1/paragraphs/0", "1207.00", "1270.00", "prose-table"),
    ("/sections/1/paragraphs/0", "1070.00", "1007.00", "prose-table"),
    ("/sections/1/paragraphs/0", "其他收入12.00", "其他收入21.00", "prose-table"),
    ("/sections/2/paragraphs/0", "1060.00", "1600.00", "prose-table"),
    ("/sections/2/paragraphs/0", "330.00", "303.00", "prose-table"),
    ("/sections/3/paragraphs/0", "1140.00", "1104.00", "prose-table"),
    ("/sections/4/paragraphs/0", "930.00", "390.00", "prose-table"),
    ("/sections/4/paragraphs/1", "655.00", "565.00", "prose-table"),
    ("/sections/4/paragraphs/2", "决算为400.00", "决算为440.00", "prose-table"),
    ("/sections/4/paragraphs/2", "行政运行", "行政运转", "prose-table"),
    ("/sections/5/paragraphs/0", "675.00", "657.00", "prose-table"),
    ("/sections/5/paragraphs/0", "560.00", "650.00", "prose-table"),
    ("/sections/6/paragraphs/0", "40.00", "44.00", "prose-table"),
    ("/sections/6/paragraphs/1", "25.00", "52.00", "prose-table"),
    ("/sections/7/paragraphs/0", "收入50.00", "收入55.00", "prose-table"),
    ("/sections/7/paragraphs/0", "年末结转和结余5.00", "年末结转和结余15.00", "prose-table"),
    ("/sections/8/paragraphs/0", "20.00", "22.00", "prose-table"),
    // Within the prose.
    ("/sections/0/paragraphs/0", "8.33%", "3.88%", "change-rate"),
    ("/sections/1/paragraphs/0", "88.65%", "86.85%", "share"),
    ("/sections/2/paragraphs/0", "66.04%", "60.64%", "share"),
    ("/sections/2/paragraphs/0", "700.00", "770.00", "accounts-total"),
    ("/sections/4/paragraphs/0", "87.74%", "84.77%", "share"),
    ("/sections/4/paragraphs/1", "70.43%", "74.03%", "share"),
    ("/sections/4/paragraphs/2", "97.56%", "95.76%", "completion-rate"),
    ("/sections/4/paragraphs/2", "小于", "大于", "words-and-numbers"),
    ("/sections/4/paragraphs/1", "930.00", "390.00", "same-fact"),
    ("/sections/5/paragraphs/0", "115.00", "151.00", "accounts-total"),
    ("/sections/6/paragraphs/0", "75.00%", "57.00%", "completion-rate"),
    ("/sections/6/paragraphs/1", "83.33%", "88.33%", "share"),
];

#[test]
fn the_accounts_hold_together() {
    let reading = input::read(&accounts().to_string()).unwrap();
    let report = check(&reading.text, &Options::default());
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    assert!(report.summary.checks > 380 && report.summary.passed == report.summary.checks, "{:?}", report.summary);
}

#[test]
fn each_relation_is_broken_by_one_change() {
    let mut silent = Vec::new();
    for slip @ (pointer, from, to, rule) in SLIPS {
        let mut json = accounts();
        let value = json.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is not there"));
        let words = value.as_str().unwrap();
        assert!(words.contains(from), "{pointer}: {words}");
        *value = words.replacen(from, to, 1).into();
        let reading = input::read(&json.to_string()).unwrap();
        let report = check(&reading.text, &Options::default());
        let path = pointer.split('/').skip(1).fold("$".to_owned(), |path, step| match step.parse::<usize>() {
            Ok(index) => format!("{path}[{index}]"),
            Err(_) => format!("{path}.{step}"),
        });
        let is_there = |place: &Place| reading.origin(place.span.start).is_some_and(|origin| origin.path == path);
        let broken = report.checks.iter().any(|check| {
            check.rule == *rule
                && check.status == Status::Fail
                && (is_there(&check.result) || check.operands.iter().any(is_there))
        });
        let told = report.findings.iter().any(|finding| {
            let own = Place { text: finding.text.clone(), span: finding.span };
            // A name may well be another form of the same; that is left to a person.
            let loud = finding.severity != Severity::Info || !from.contains(|c: char| c.is_ascii_digit());
            loud && (is_there(&own) || finding.related.iter().any(is_there))
        });
        if !broken || !told {
            silent.push((slip, broken, told));
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

/// One digit of any amount is changed: something is always told that names the place.
#[test]
fn no_amount_changes_unseen() {
    let json = accounts();
    let mut unseen = Vec::new();
    let mut changed = 0;
    for (t, table) in json["tables"].as_array().unwrap().iter().enumerate() {
        for (r, row) in table["rows"].as_array().unwrap().iter().enumerate() {
            for (c, cell) in row.as_array().unwrap().iter().enumerate() {
                let cell = cell.as_str().unwrap();
                let Some(point) = cell.find('.').filter(|_| cell.ends_with(|c: char| c.is_ascii_digit())) else {
                    continue;
                };
                let digit = cell[point - 1..point].parse::<u8>().unwrap();
                let mut slipped = json.clone();
                slipped["tables"][t]["rows"][r][c] =
                    format!("{}{}{}", &cell[..point - 1], (digit + 3) % 10, &cell[point..]).into();
                changed += 1;
                let reading = input::read(&slipped.to_string()).unwrap();
                let report = check(&reading.text, &Options::default());
                let path = format!("$.tables[{t}].rows[{r}][{c}]");
                let is_there =
                    |place: &Place| reading.origin(place.span.start).is_some_and(|origin| origin.path == path);
                let told = report.findings.iter().any(|finding| {
                    let own = Place { text: finding.text.clone(), span: finding.span };
                    finding.severity != Severity::Info && (is_there(&own) || finding.related.iter().any(is_there))
                });
                if !told {
                    unseen.push((path, cell.to_owned()));
                }
            }
        }
    }
    assert!(changed > 200 && unseen.is_empty(), "{} of {changed}: {unseen:#?}", unseen.len());
}
