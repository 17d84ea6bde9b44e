//! What comes in before it is checked: a file's bytes that become a text, and structured reports, JSON (`gouji-input/1`) that becomes the
//! text which the core reads.
//!
//! A table becomes rows of tabs under its caption, a scorecard the rows of its form, so that a report given as data is read, checked and
//! shown as one that was pasted. Findings point into that text; [`Reading::origin`] leads from there to the value in the JSON.
//!
//! The format is described in `docs/input.md`; [`schema`] makes its JSON Schema from the types below.

mod bytes;
mod fault;
mod render;
mod shape;

pub use bytes::{MAX_BYTES, Refusal, text};
pub use fault::{Fault, Wrong};
pub use render::{Origin, Reading};
pub use shape::{Text, Unit, Version, Year};

use shape::{Node, Shape, shape};

/// The version of the format, which every input names.
pub const SCHEMA: &str = "gouji-input/1";

shape! {
    /// A structured report for Gouji, gouji-input/1.
    Input {
        /// The version of the format.
        schema: Version,
        /// The report's title; made of unit and year where it is left out.
        title: Option<Text>,
        /// The department or unit that reports.
        unit: Option<Text>,
        /// The year of the accounts.
        year: Option<Year>,
        /// The tables, in order.
        tables: Vec<Table>,
        /// The prose, in order.
        sections: Vec<Section>,
        /// The scoring forms, in order.
        scorecards: Vec<Scorecard>,
    }

    /// A table: what stands above it, its head and its rows. Cells are strings or numbers; a number is taken by its printed digits, null is a blank cell.
    Table {
        /// The name: 收入决算表.
        name: Text,
        /// The number: 公开02表.
        number: Option<Text>,
        /// What the amounts are in.
        unit: Option<Unit>,
        /// The rows of the head. A cell that spans columns stands in the first of them, with blank cells behind it.
        head: Vec<Vec<Text>>,
        /// The rows below the head.
        rows: Vec<Vec<Text>>,
        /// The note below the table: 本表无数据.
        note: Option<Text>,
    }

    /// A stretch of prose under a heading.
    Section {
        /// The heading, with its number (一、, （一）, 附件1) or without.
        heading: Text,
        /// The paragraphs.
        paragraphs: Vec<Text>,
    }

    /// A scoring form.
    Scorecard {
        /// The title: 项目支出绩效自评表.
        title: Text,
        /// The project that it scores.
        project: Option<Text>,
        /// What the money is in.
        unit: Option<Unit>,
        /// The rows of money.
        funds: Vec<Fund>,
        /// The indicators, in order.
        indicators: Vec<Indicator>,
        /// The totals, as stated.
        total: Option<Total>,
        /// A note that holds for the whole form, such as how a missed target scores.
        note: Option<Text>,
    }

    /// A row of money in a scoring form.
    Fund {
        /// What it is: 年度资金总额, 其中：财政拨款.
        name: Text,
        /// 年初预算数.
        initial: Option<Text>,
        /// 全年预算数.
        budget: Text,
        /// 全年执行数.
        executed: Text,
        /// 执行率, in per cent: 98.65%.
        rate: Text,
        /// 分值.
        weight: Option<Text>,
        /// 得分.
        score: Option<Text>,
    }

    /// An indicator of a scoring form.
    Indicator {
        /// Its groups and its own name, outermost first: 产出指标, 数量指标, 新增图书. A group may print its weight: 产出指标（50分）.
        levels: Vec<Text>,
        /// What was to be reached: ≥700册.
        target: Option<Text>,
        /// What was reached: 555册.
        actual: Option<Text>,
        /// The most that it can score.
        weight: Option<Text>,
        /// The score, as stated; left out where it is to be computed.
        score: Option<Text>,
        /// How the score follows, in words: 达到目标得满分，未达到的按完成比例得分.
        rule: Option<Text>,
    }

    /// The stated totals of a scoring form.
    Total {
        /// The sum of the weights.
        weight: Option<Text>,
        /// The sum of the scores.
        score: Option<Text>,
    }
}

/// Whether a text is JSON, or means to be: no report begins with a brace, and one that begins with a bracket is no list to its end.
pub fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with('{') || text.starts_with('[') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Reads a structured report.
///
/// # Errors
///
/// Everything that is wrong with the JSON, in its order: its syntax, or each value that the format does not know or does not allow.
pub fn read(json: &str) -> Result<Reading, Vec<Fault>> {
    let source = crate::source::Source::new(json);
    let root = Node::root(&source).map_err(|fault| vec![fault])?;
    let mut faults = Vec::new();
    match Input::read(&root, &mut faults) {
        Some(input) if faults.is_empty() => Ok(render::render(&input)),
        _ => Err(faults),
    }
}

/// The JSON Schema of the format.
#[cfg(not(target_arch = "wasm32"))]
pub fn schema() -> serde_json::Value {
    let mut schema = Input::schema();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = SCHEMA.into();
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    fn faults(json: &str) -> Vec<String> {
        read(json).unwrap_err().iter().map(|fault| fault.message(Language::En)).collect()
    }

    #[test]
    fn every_fault_is_told_with_its_path_and_place() {
        let told = faults(
            "{\"schema\": \"gouji-input/1\",\n \"yaer\": 2023, \"year\": \"2023\",\n \"tables\": [{\"unit\": \"美元\",\n  \"rows\": [[\"甲\", 1e3], \"乙\"]}]}",
        );
        assert_eq!(
            told,
            [
                "$.yaer (line 2, column 10): no such field; here are schema, title, unit, year, tables, sections, scorecards",
                "$.year (line 2, column 24): expected a year such as 2023",
                "$.tables[0].name (line 3, column 13): this field is missing",
                "$.tables[0].unit (line 3, column 22): expected one of 元, 万元, 千元, 亿元",
                "$.tables[0].rows[0][1] (line 4, column 18): write the number with all its digits, not with an exponent",
                "$.tables[0].rows[1] (line 4, column 24): expected a list",
            ]
        );
    }

    #[test]
    fn json_that_is_none_or_of_another_tool_is_told_as_such() {
        assert!(faults("{\"title\": \"甲\"")[0].starts_with("$ (line 1, column 13): this is not valid JSON"));
        assert!(faults("{\"name\": \"x\", \"version\": \"1\"}")[0].contains("no input of Gouji"));
        assert!(faults("{\"schema\": \"gouji-report/1\"}")[0].contains("a report of Gouji"));
        assert!(faults("[1]")[0].contains("no input of Gouji"));
        assert!(faults("{\"schema\": \"gouji-input/1\", \"schema\": \"gouji-input/1\"}")[0].contains("twice"));
    }

    #[test]
    fn numbers_keep_their_digits() {
        let reading = read(
            "{\"schema\":\"gouji-input/1\",\"tables\":[{\"name\":\"收入决算表\",\"head\":[[\"项目\",\"金额\"]],\"rows\":[[\"合计\",12345678901234567890.1200],[\"其他\",null]]}]}",
        )
        .unwrap();
        assert!(reading.text.contains("合计\t12345678901234567890.1200"), "{}", reading.text);
    }

    #[test]
    fn a_place_in_the_text_leads_to_the_value() {
        let json = "{\"schema\":\"gouji-input/1\",\"title\":\"😀示例市水务局2023年度部门决算\",\n\"tables\":[{\"name\":\"收入决算表\",\"head\":[[\"项目\",\"金额\"]],\"rows\":[[\"合计\",12.00]]}]}";
        let reading = read(json).unwrap();
        let start = reading.text[..reading.text.find("12.00").unwrap()].encode_utf16().count();
        let origin = reading.origin(start).unwrap();
        assert_eq!((origin.path.as_str(), origin.line), ("$.tables[0].rows[0][1]", 2));
        assert_eq!(json.lines().nth(1).unwrap().chars().skip(origin.column - 1).take(5).collect::<String>(), "12.00");
        assert!(reading.origin(reading.text.len()).is_none());
    }
}
