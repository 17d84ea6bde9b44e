//! Any text gives a report: no panic, spans on character boundaries, the text of a span the words that it claims.

use gouji::{Options, Report, check};
use proptest::prelude::*;

/// Every span's text is what stands there.
fn spans_hold(text: &str, report: &Report) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let places = report.checks.iter().flat_map(|c| std::iter::once(&c.result).chain(&c.operands));
    let places = places.chain(report.findings.iter().flat_map(|f| &f.related));
    for place in places {
        let there =
            String::from_utf16(&units[place.span.start..place.span.end]).expect("a span ends within a character");
        assert_eq!(there, place.text);
        assert_eq!(
            text[..].split('\n').take(place.span.line - 1).map(|l| l.encode_utf16().count() + 1).sum::<usize>()
                + text
                    .split('\n')
                    .nth(place.span.line - 1)
                    .unwrap()
                    .chars()
                    .take(place.span.column - 1)
                    .map(char::len_utf16)
                    .sum::<usize>(),
            place.span.start
        );
    }
    for block in &report.document.blocks {
        assert!(String::from_utf16(&units[block.span.start..block.span.end]).is_ok());
    }
}

fn checked(text: &str) -> Report {
    let report = check(text, &Options { blocks: true, ..Options::default() });
    spans_hold(text, &report);
    report
}

#[test]
fn an_empty_text_says_so() {
    for text in ["", " \n\t\n"] {
        assert_eq!(checked(text).document.notes[0].kind, "empty");
    }
}

#[test]
fn another_genre_says_so() {
    let report = checked("春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。");
    assert_eq!(report.document.notes[0].kind, "nothing-to-check");
    assert!(report.findings.is_empty());
}

#[test]
fn a_decoded_binary_gives_a_report() {
    let bytes: Vec<u8> = (0..20_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    checked(&String::from_utf8_lossy(&bytes));
}

#[test]
fn endless_numbers_and_brackets_give_a_report() {
    checked(&"9".repeat(5000));
    checked(&format!("支出{}.{}万亿元，占{}%。", "9".repeat(13), "9".repeat(10), "9".repeat(13)));
    checked(&"（".repeat(3000));
    checked(&"（1万元".repeat(600));
    checked(&"其中：1万元，".repeat(2000));
    checked(&"支出9999999999999万亿元，其中：".repeat(300));
}

/// Texts that repeat one shape far beyond what a report does. Each costs in proportion to its length; with a cost that grew with the square
/// of it, this test would not end.
#[test]
fn a_text_of_one_shape_without_end_gives_a_report() {
    let times = |of: &dyn Fn(usize) -> String| (1..4000).map(of).collect::<String>();
    let row = |i: usize| format!("{}\t科目{i}\t{}.00\t{i}.00\t2.00\n", 2_080_000 + i, i + 3);
    let texts = [
        times(&|i| format!("本年支出合计{i}.37万元。\n")),
        times(&|i| {
            format!(
                "示例县第{i}局本年支出合计{}.00万元，其中：基本支出{i}.00万元，占60%；项目支出40.00万元，占9%。\n",
                i + 40
            )
        }),
        format!("本年支出合计9.00万元，其中：{}", times(&|i| format!("基本支出{}.10万元，占0.{}%，", i % 90, i % 90))),
        times(&|i| {
            format!(
                "本年支出合计{i}.00万元，其中：基本支出{}.10万元，占9%；项目支出7.00万元，比上年增加1.00万元。",
                i % 90
            )
        }),
        format!("本年支出合计9.00万元，其中：{}", times(&|i| format!("第{i}项工作经费{i}.10万元；"))),
        format!("一、支出\n{}", times(&|i| format!("第{i}项支出{i}.00万元，其中：\n人员经费{i}.00万元。\n"))),
        format!(
            "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t9\t4\t5\n{}",
            times(&row)
        ),
        format!("分别为{}", times(&|i| format!("{i}、"))),
        times(&|_| "\t".to_owned()) + "1\n2\t3\n",
    ];
    for text in texts {
        let summary = check(&text, &Options::default()).summary;
        assert_eq!(summary.passed + summary.rounding + summary.failed, summary.checks);
    }
}

/// Words and numbers of the genre in any order: the grammar meets every combination.
fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "本年支出合计",
        "基本支出",
        "项目支出",
        "其中：",
        "占",
        "占总支出的",
        "完成预算",
        "完成年初预算的",
        "与2022年相比，",
        "增加",
        "减少",
        "增长",
        "下降",
        "分别",
        "年初预算",
        "支出决算为",
        "预算数",
        "执行数",
        "，",
        "。",
        "；",
        "、",
        "（",
        "）",
        "：",
        "\n",
        "\n\n",
        "\t",
        "1.",
        "一、",
        "（一）",
        "①",
        "2023年",
        "上年",
        "决算数小于预算数",
        "持平",
        "由",
        "组成",
        "的",
        "每人",
        "😀",
        " ",
        "- 3 -",
        "附件1",
        "教育支出（类）",
        "培训支出（项）",
        "合计",
        "政府采购支出总额",
        "平均",
        "达到",
        "目标",
        "加上",
        "包括",
        "三公",
        "“三公”经费",
        "公开01表",
        "单位：万元",
    ]);
    let number = (
        0_u64..10_000_000,
        0_usize..4,
        prop::sample::select(vec!["万元", "元", "%", "亿元", "人", "辆", "", "万", "分", "倍", "个百分点", "元/人"]),
    )
        .prop_map(|(n, decimals, unit)| format!("{}{unit}", n as f64 / 10_f64.powi(decimals as i32)));
    let piece = prop_oneof![3 => words.prop_map(str::to_owned), 2 => number];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_of_the_genres_words_gives_a_report(text in pieces()) {
        checked(&text);
    }

    #[test]
    fn any_text_gives_a_report(text in "\\PC{0,300}") {
        checked(&text);
    }
}

/// A structured report in every state of being typed: each cut of it is read or told what is wrong, and never crashes.
#[test]
fn any_json_is_read_or_refused() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/input.example.json");
    let json = std::fs::read_to_string(path).unwrap();
    for (at, _) in json.trim_end().char_indices() {
        assert!(gouji::input::read(&json[..at]).is_err_and(|faults| !faults.is_empty()), "cut at {at}");
    }
    let deep = format!("{{\"schema\": \"gouji-input/1\", \"tables\": {}", "[".repeat(100_000));
    assert!(gouji::input::read(&deep).is_err());
    let deep = format!("{{\"schema\": \"gouji-input/1\", \"tables\": {}{}}}", "[".repeat(90), "]".repeat(90));
    assert!(gouji::input::read(&deep).is_err_and(|faults| faults[0].path == "$.tables[0]"));
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,4}(\\.[0-9]{1,2})?",
        Just("合计".to_owned()),
        Just("2080505".to_owned()),
        Just("".to_owned()),
        any::<String>(),
        "[甲乙丙一、（）|\t\n：。，\"\\\\😀]{0,9}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    /// Whatever the values of a structured report say, it is read, its rows stay rows, and its words lead back to them.
    #[test]
    fn any_values_make_a_text(
        name in word(),
        head in prop::collection::vec(word(), 2..5),
        rows in prop::collection::vec(prop::collection::vec(word(), 1..5), 0..5),
        heading in word(),
        paragraphs in prop::collection::vec(word(), 0..3),
        levels in prop::collection::vec(word(), 1..4),
        score in prop::option::of(word()),
    ) {
        let json = serde_json::json!({
            "schema": "gouji-input/1",
            "tables": [{"name": name, "head": [head], "rows": rows, "unit": "万元"}],
            "sections": [{"heading": heading, "paragraphs": paragraphs}],
            "scorecards": [{"title": name, "indicators": [{"levels": levels, "weight": 10, "score": score}]}],
        });
        let reading = gouji::input::read(&json.to_string()).unwrap();
        checked(&reading.text);
        let units: Vec<u16> = reading.text.encode_utf16().collect();
        let mut end = 0;
        for origin in &reading.origins {
            prop_assert!(end <= origin.start && origin.start <= origin.end && origin.end <= units.len());
            end = origin.end;
            let words = String::from_utf16(&units[origin.start..origin.end]).unwrap();
            prop_assert!(!words.contains(['\t', '\n']));
        }
        let lines = reading.text.lines().filter(|line| line.contains('\t')).count();
        prop_assert!(lines <= rows.len() + 3);
    }
}
