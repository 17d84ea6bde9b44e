//! The contracts, field by field: the report `gouji-report/1`, the structured input `gouji-input/1`, the command line.

use gouji::report::{BlockKind, Severity, Status};
use gouji::{Language, Options, check, input};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

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

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn example() -> String {
    std::fs::read_to_string(root("docs/input.example.json")).unwrap()
}

#[test]
fn the_schema_of_the_input_is_that_of_its_types() {
    let path = root("docs/input.schema.json");
    let now = serde_json::to_string_pretty(&input::schema()).unwrap() + "\n";
    if std::env::var_os("GOUJI_UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), now, "GOUJI_UPDATE=1 writes the schema anew");
}

/// The example uses every field of the schema, and nothing else.
#[test]
fn the_example_shows_every_field() {
    fn visit(schema: &Value, value: &Value, path: &str, unseen: &mut Vec<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            let values = value.as_object().unwrap_or_else(|| panic!("{path} is no object"));
            assert!(values.keys().all(|key| properties.contains_key(key)), "{path}: {values:?}");
            for (name, schema) in properties {
                let path = format!("{path}.{name}");
                match values.get(name) {
                    Some(value) => {
                        unseen.retain(|other| *other != path);
                        visit(schema, value, &path, unseen);
                    }
                    None => assert!(!schema.is_null()),
                }
            }
        } else if let Some(items) = value.as_array() {
            items.iter().for_each(|item| visit(&schema["items"], item, path, unseen));
        }
    }
    fn names(schema: &Value, path: &str, all: &mut Vec<String>) {
        for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{name}");
            names(schema, &path, all);
            names(&schema["items"], &path, all);
            all.push(path);
        }
    }
    let schema = input::schema();
    let mut unseen = Vec::new();
    names(&schema, "$", &mut unseen);
    visit(&schema, &serde_json::from_str(&example()).unwrap(), "$", &mut unseen);
    assert!(unseen.is_empty(), "{unseen:?}");
}

#[test]
fn a_structured_report_is_checked_and_its_findings_lead_back_to_the_json() {
    let json = example();
    let reading = input::read(&json).unwrap();
    let report = check(&reading.text, &Options::default());
    assert_eq!(report.document.title, "示例市档案馆2023年度部门决算");
    assert_eq!((report.document.unit.as_str(), report.document.year), ("示例市档案馆", Some(2023)));
    let found: Vec<(&str, &str, &str)> = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| {
            let origin = reading.origin(finding.span.start).expect("a finding stands in words of the input");
            let line = json.lines().nth(origin.line - 1).unwrap();
            let value: String = line.chars().skip(origin.column - 1).collect();
            assert!(value.contains(&finding.text), "{value}");
            (origin.path.as_str(), finding.stated.as_str(), finding.expected.as_str())
        })
        .collect();
    assert_eq!(
        found,
        [("$.tables[1].rows[4][2]", "123.25", "132.25"), ("$.sections[0].paragraphs[0]", "27.59%", "25.79%")]
    );
    let [card] = &report.scorecards[..] else { panic!("{:#?}", report.scorecards) };
    let computed: Vec<Option<&str>> = card.indicators.iter().map(|row| row.score.computed.as_deref()).collect();
    assert_eq!(computed, [Some("39.64"), Some("30"), Some("10")]);
    assert_eq!(card.total.computed.as_deref(), Some("89.09"));
    let reading = serde_json::to_value(&reading).unwrap();
    assert_eq!(keys(&reading), ["origins", "text"]);
    assert_eq!(keys(&reading["origins"][0]), ["column", "end", "line", "path", "start"]);
}

#[test]
fn a_rubric_without_scores_is_scored() {
    let row = |name: &str, target: &str, actual: &str, weight: u32| {
        json!({"levels": ["产出指标", name], "target": target, "actual": actual, "weight": weight,
               "rule": "达到目标得满分，未达到的按完成比例得分"})
    };
    let rows = [row("新增图书", "≥700册", "555册", 60), row("活动场次", "≥40场", "44场", 40)];
    let json = json!({"schema": "gouji-input/1", "scorecards": [{"title": "图书采购", "indicators": rows}]});
    let report = check(&input::read(&json.to_string()).unwrap().text, &Options::default());
    let [card] = &report.scorecards[..] else { panic!("{:#?}", report.scorecards) };
    assert_eq!(card.title, "图书采购自评表");
    let row = serde_json::to_value(&card.indicators[0]).unwrap();
    assert_eq!((&row["status"], &row["method"]), (&json!("derived"), &json!("ratio")));
    assert_eq!((card.total.stated.is_none(), card.total.computed.as_deref()), (true, Some("87.57")));
    assert_eq!(card.band.as_ref().map(|band| band.name.as_str()), Some("良"));
    assert!(report.findings.iter().all(|finding| finding.severity == Severity::Info), "{:#?}", report.findings);
}

/// The input holds any words; what they say is kept in one line each, and numbers in their digits.
#[test]
fn cells_stay_cells() {
    let json = json!({"schema": "gouji-input/1", "tables": [{
        "name": "项目支出决算表", "unit": "元",
        "head": [["项目\n名称", "金额"]],
        "rows": [["甲\t乙|丙｜丁", "1,200.50"], ["一个名称很长而没有金额的项目，一个名称很长而没有金额的项目", ""], ["合计", "1,200.50"]],
    }]});
    let text = input::read(&json.to_string()).unwrap().text;
    let report = check(&text, &Options { language: Language::Zh, blocks: true });
    let tables = report.document.blocks.iter().filter(|block| block.kind == BlockKind::Table);
    let widths: Vec<Vec<usize>> = tables.map(|block| block.rows.iter().map(Vec::len).collect()).collect();
    assert_eq!(widths, [[2, 2, 2, 2]], "{text}");
}

fn gouji(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gouji")).args(arguments).current_dir(root("")).output().unwrap()
}

#[test]
fn the_command_line_takes_structured_reports() {
    let output = gouji(&["check", "docs/input.example.json"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("docs/input.example.json:33:28: $.tables[1].rows[4][2] error[table-row]"), "{told}");
    let output = gouji(&["check", "--format", "json", "docs/input.example.json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["schema"], "gouji-report/1");
    assert!(report["input"]["text"].as_str().unwrap().contains("支出决算表"));
    let output = gouji(&["check", "--lang", "en", "docs/input.schema.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("no input of Gouji"));
}

/// What is no text is told in a sentence that says what to do, in either language; what can be read of a damaged text is checked.
#[test]
fn the_command_line_refuses_what_it_cannot_read_in_a_sentence() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let check = |name: &str, bytes: &[u8], language: &str| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("the folder for such files can be written");
        gouji(&["check", "--lang", language, path.to_str().expect("the folder has a plain name")])
    };
    let refused = |name: &str, bytes: &[u8], zh: &str, en: &str| {
        for (language, words) in [("zh", zh), ("en", en)] {
            let output = check(name, bytes, language);
            let told = String::from_utf8(output.stderr).unwrap();
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{told}");
            assert!(told.contains(words), "{told}");
        }
    };
    refused("report.docx", b"PK\x03\x04\x14\x00\x06\x00", "另存为纯文本", "save it as plain text");
    refused("report.rtf", b"{\\rtf1\\ansi}", "RTF", "RTF");
    refused("report.html", b"<!DOCTYPE html><html><body>", "网页", "web page");
    refused("report.pdf", b"%PDF-1.4\n", "PDF", "PDF");
    refused("program", b"\x7fELF\x02\x01\x01\x00", "不是文本", "no text");
    // 部門決算 in Big5, which is as good as any in GB 18030.
    refused("old.txt", b"\xb3\xa1\xaa\xf9\xa8\x4d\xba\xe2\xb3\xf8\xa7\x69", "Big5", "Big5");
    let output = check("damaged.txt", b"\xe6\x94\xaf\xe5\x87\xba\xff\xe5\x90\x88\xe8\xae\xa1", "en");
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success() && told.contains("could not be read (�): 1, the first on line 1, column 3"),
        "{told}"
    );

    // A byte more than is opened; the file has no content on the disk, only a length.
    let huge = folder.join("huge.txt");
    let file = std::fs::File::create(&huge).expect("the folder for such files can be written");
    file.set_len(input::MAX_BYTES as u64 + 1).expect("a file can be long");
    let output = gouji(&["check", huge.to_str().expect("the folder has a plain name")]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && told.contains("51 MB，超过 50 MB"), "{told}");
}

/// Standard input is a document like any other, the summary is in the language that was asked for, and a report that could not be written is
/// no report without findings.
#[test]
fn the_command_line_reads_standard_input_and_tells_what_it_could_not_write() {
    let check = |out: Stdio, text: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.args(["check", "-"]).args(arguments).stdin(Stdio::piped()).stdout(out).stderr(Stdio::piped());
        let mut running = command.spawn().unwrap();
        running.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        running.wait_with_output().unwrap()
    };
    let text = "本年支出合计100.00万元，其中：基本支出60.00万元，项目支出50.00万元。";
    let output = check(Stdio::piped(), text, &["--lang", "en"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.starts_with("-:1:") && told.contains("2 fail; 1 errors"), "{told}");
    let output = check(Stdio::piped(), "[1, 2, 3]", &[]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    if let Ok(full) = std::fs::File::options().write(true).open("/dev/full") {
        let output = check(full.into(), text, &[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains("无法写出"));
    }
}

/// The sentence, the check behind it and the correction name one value.
#[test]
fn what_is_computed_is_printed_as_exactly_as_what_should_stand_there() {
    let text = "2023年本年支出合计800.00万元，其中：基本支出300.00万元，占47%；项目支出500.00万元，占62.50%。";
    let report = check(text, &Options::default());
    let finding = report.findings.iter().find(|finding| finding.text == "47%").expect("the share is wrong");
    assert_eq!(finding.expected, "37.5%");
    assert!(finding.message.contains("= 37.5%"), "{}", finding.message);
    let behind = report.checks.iter().find(|check| Some(check.id) == finding.check).expect("a check stands behind it");
    assert_eq!(behind.expected, "37.5%");
}
