//! What is wrong with a JSON input, and the sentences that say so.

use super::SCHEMA;
use crate::report::Language;

/// Something wrong in a JSON input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: `$.tables[2].rows[5][1]`.
    pub path: String,
    /// The 1-based line.
    pub line: usize,
    /// The 1-based column, in characters.
    pub column: usize,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It is no JSON; what the parser says.
    Syntax(String),
    /// It is JSON of another kind, with this name of a format, where it has one.
    OtherFormat(Option<String>),
    /// A field that the format does not have, and those that it has here.
    UnknownField(&'static [&'static str]),
    /// A field that is there twice.
    Twice,
    /// A field that must be there.
    Missing,
    /// Not an object.
    NoObject,
    /// Not a list.
    NoList,
    /// Neither text nor a number.
    NoText,
    /// Not a year.
    NoYear,
    /// None of these words.
    NoneOf(&'static [&'static str]),
    /// A number with an exponent, whose printed digits are not those of a report.
    Exponent,
}

impl Fault {
    /// The sentence for a person.
    pub fn message(&self, language: Language) -> String {
        let Fault { path, line, column, wrong } = self;
        match language {
            Language::Zh => format!("{path}（第 {line} 行第 {column} 列）：{}", zh(wrong)),
            Language::En => format!("{path} (line {line}, column {column}): {}", en(wrong)),
        }
    }
}

fn zh(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Syntax(says) => format!("JSON 语法有误（{says}）"),
        Wrong::OtherFormat(Some(name)) if name.starts_with("gouji-report/") => {
            "这是勾稽的核对结果，不是待核对的报告".to_owned()
        }
        Wrong::OtherFormat(_) => format!("这是 JSON，但不是勾稽的输入格式：应有 \"schema\": \"{SCHEMA}\""),
        Wrong::UnknownField(known) => format!("没有这个字段；此处可用 {}", known.join("、")),
        Wrong::Twice => "同一字段出现两次".to_owned(),
        Wrong::Missing => "缺少此字段".to_owned(),
        Wrong::NoObject => "应为对象 {…}".to_owned(),
        Wrong::NoList => "应为列表 […]".to_owned(),
        Wrong::NoText => "应为文字或数字".to_owned(),
        Wrong::NoYear => "应为年份，如 2023".to_owned(),
        Wrong::NoneOf(words) => format!("应为 {} 之一", words.join("、")),
        Wrong::Exponent => "数字请写出全部位数，不用指数".to_owned(),
    }
}

fn en(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Syntax(says) => format!("this is not valid JSON ({says})"),
        Wrong::OtherFormat(Some(name)) if name.starts_with("gouji-report/") => {
            "this is a report of Gouji, not a document to check".to_owned()
        }
        Wrong::OtherFormat(_) => format!("this is JSON, but no input of Gouji, which has \"schema\": \"{SCHEMA}\""),
        Wrong::UnknownField(known) => format!("no such field; here are {}", known.join(", ")),
        Wrong::Twice => "this field is here twice".to_owned(),
        Wrong::Missing => "this field is missing".to_owned(),
        Wrong::NoObject => "expected an object".to_owned(),
        Wrong::NoList => "expected a list".to_owned(),
        Wrong::NoText => "expected text or a number".to_owned(),
        Wrong::NoYear => "expected a year such as 2023".to_owned(),
        Wrong::NoneOf(words) => format!("expected one of {}", words.join(", ")),
        Wrong::Exponent => "write the number with all its digits, not with an exponent".to_owned(),
    }
}
