//! The report contract, `gouji-report/1`, field by field.

use gouji::report::{BlockKind, Severity, Status};
use gouji::{Language, Options, check};
use serde_json::{Value, json};

const TEXT: &str = "示例市水务局2023年度部门决算\n一、支出决算情况说明\n😀2023年本年支出合计500.00万元，其中：基本支出300.00万元，占60.00%；项目支出200.00万元，占42.00%。\n科目\t金额\n合计\t500.00\n";

fn report() -> Value {
    serde_json::to_value(check(TEXT, &Options { language: Language::Zh, blocks: true })).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_report_has_its_fields() {
    let report = report();
    assert_eq!(report["schema"], "gouji-report/1");
    assert_eq!(keys(&report), ["charts", "checks", "document", "findings", "schema", "scorecards", "summary"]);
    assert_eq!(keys(&report["summary"]), ["checks", "errors", "failed", "passed", "rounding", "warnings"]);
    let document = &report["document"];
    assert_eq!(document["year"], 2023);
    assert_eq!(document["title"], "示例市水务局2023年度部门决算");
    assert_eq!(document["unit"], "示例市水务局");
    assert_eq!(document["tables"], 1);
    assert_eq!(document["notes"], json!([]));
}

#[test]
fn a_check_tells_its_numbers_and_places() {
    let report = report();
    let check =
        report["checks"].as_array().unwrap().iter().find(|c| c["stated"] == "42.00%" && c["rule"] == "share").unwrap();
    assert_eq!(keys(check), ["expected", "formula", "id", "operands", "result", "rule", "stated", "status"]);
    assert_eq!(check["status"], "fail");
    assert_eq!(check["formula"], "200.00万元 ÷ 500.00万元 = 40.00%");
    assert_eq!(check["expected"], "40.00%");
    assert_eq!(check["operands"][0]["text"], "200.00万元");
    let span = &check["result"]["span"];
    assert_eq!(keys(span), ["column", "end", "line", "start"]);
    assert_eq!(span["line"], 3);
    // The astral character before it counts two UTF-16 units and one column.
    let line_start = TEXT.split('\n').take(2).map(|l| l.encode_utf16().count() + 1).sum::<usize>();
    let line = TEXT.split('\n').nth(2).unwrap();
    let before = &line[..line.find("42.00%").unwrap()];
    assert_eq!(span["start"], line_start + before.encode_utf16().count());
    assert_eq!(span["end"], line_start + before.encode_utf16().count() + 6);
    assert_eq!(span["column"], before.chars().count() + 1);
}

#[test]
fn charts_tell_what_can_be_drawn() {
    let report = report();
    let charts = &report["charts"];
    assert_eq!(keys(charts), ["changes", "structures"]);
    let structure = &charts["structures"][0];
    assert_eq!(keys(structure), ["name", "parts", "whole"]);
    assert!(structure["name"].as_str().unwrap().ends_with("本年支出合计"));
    assert_eq!(structure["whole"]["text"], "500.00万元");
    let part = &structure["parts"][1];
    assert_eq!(keys(part), ["amount", "name", "share"]);
    assert_eq!((&part["name"], &part["share"]), (&json!("项目支出"), &json!("40.00")));
    assert_eq!(part["amount"]["text"], "200.00万元");
    let text = "2023年度收、支总计1320.00万元。与2022年相比，收、支总计各增加120.00万元，增长10.00%。";
    let report = serde_json::to_value(check(text, &Options::default())).unwrap();
    let change = &report["charts"]["changes"][0];
    assert_eq!(keys(change), ["before", "name", "now", "rate"]);
    assert_eq!((&change["before"], &change["rate"]), (&json!("1200.00万元"), &json!("10.00")));
}

#[test]
fn a_finding_tells_what_to_do() {
    let report = report();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "one cause, one finding: {findings:#?}");
    let finding = &findings[0];
    assert_eq!(
        keys(finding),
        ["check", "expected", "fix", "message", "related", "rule", "severity", "span", "stated", "text"]
    );
    assert_eq!((&finding["severity"], &finding["text"]), (&json!("error"), &json!("42.00%")));
    assert_eq!(finding["fix"]["replacement"], "40.00%");
    assert_eq!(finding["fix"]["span"], finding["span"]);
    let id = finding["check"].as_u64().unwrap() as usize;
    assert_eq!(report["checks"][id - 1]["id"], id);
    assert!(finding["message"].as_str().unwrap().contains("应为 40.00%"));
}

#[test]
fn counts_are_of_the_lists() {
    let report = check(TEXT, &Options::default());
    let of = |status| report.checks.iter().filter(|c| c.status == status).count();
    assert_eq!(report.summary.checks, report.checks.len());
    assert_eq!(report.summary.passed, of(Status::Pass));
    assert_eq!(report.summary.rounding, of(Status::Rounding));
    assert_eq!(report.summary.failed, of(Status::Fail));
    assert_eq!(report.summary.errors, report.findings.iter().filter(|f| f.severity == Severity::Error).count());
}

#[test]
fn blocks_hold_every_line_that_is_not_empty() {
    let report = check(TEXT, &Options { language: Language::Zh, blocks: true });
    let kinds: Vec<BlockKind> = report.document.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [BlockKind::Heading, BlockKind::Heading, BlockKind::Paragraph, BlockKind::Table]);
    assert_eq!(report.document.blocks[3].rows.len(), 2);
    assert!(check(TEXT, &Options::default()).document.blocks.is_empty());
}

#[test]
fn messages_come_in_the_chosen_language() {
    let report = check(TEXT, &Options { language: Language::En, blocks: false });
    assert!(report.findings[0].message.contains("expected 40.00%"), "{}", report.findings[0].message);
}

#[test]
fn the_same_text_gives_the_same_report() {
    assert_eq!(check(TEXT, &Options::default()), check(TEXT, &Options::default()));
}

#[test]
fn a_report_survives_the_way_through_json() {
    let report = check(TEXT, &Options { language: Language::Zh, blocks: true });
    let back: gouji::Report = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    assert_eq!(report, back);
}
