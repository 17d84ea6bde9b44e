//! The goals of a form in words: 年度总体目标, what was to be done, and 实际完成情况, what was done.

use crate::document::Flow;
use crate::facts::{FactId, Quantity, TokenKind, Unit, tokens};
use crate::source::ByteSpan;

/// What the words of a form say of its goals.
#[derive(Debug, Clone, Default)]
pub struct Narrative {
    /// What was to be done.
    pub target: Vec<Statement>,
    /// What was done.
    pub actual: Vec<Statement>,
    /// What was to be done or was, where the layout has run the two texts together.
    pub either: Vec<Statement>,
}

/// A figure in words.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The words around the figure, up to the next mark or figure on either side.
    pub words: String,
    /// The figure.
    pub fact: FactId,
}

/// The words above the one text and above the other.
const TARGETS: [&str; 9] = [
    "预期目标",
    "年初设定目标",
    "设定目标",
    "年初目标",
    "项目年度目标",
    "年度目标",
    "年度预期目标",
    "绩效目标",
    "总体目标",
];
const ACTUALS: [&str; 9] = [
    "实际完成情况",
    "全年实际完成情况",
    "实际完成目标",
    "完成情况",
    "目标完成情况",
    "年度目标完成情况",
    "年度总体目标完成情况",
    "年度总体目标完成情况综述",
    "具体完成情况",
];
/// The words that may stand beside them.
const BESIDE: [&str; 6] =
    ["年度总体目标", "总体目标", "年度目标完成情况", "年度总体目标完成情况", "总体目标完成情况", "年度目标"];

/// Whether a row stands above the two texts.
pub fn is_head(row: &[String]) -> bool {
    let filled: Vec<&str> = row.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    matches!(filled[..], [.., target, actual] if filled.len() <= 3 && TARGETS.contains(&target) && ACTUALS.contains(&actual))
}

/// Whether a word stands above one of the two texts.
pub fn heads(word: &str) -> bool {
    TARGETS.contains(&word) || ACTUALS.contains(&word) || BESIDE.contains(&word)
}

/// The cells of the two texts in the row below.
pub fn texts(row: &[String]) -> Option<[usize; 2]> {
    let said = |&cell: &usize| !row[cell].is_empty() && !BESIDE.contains(&row[cell].as_str());
    let filled: Vec<usize> = (0..row.len()).filter(said).collect();
    filled.try_into().ok()
}

/// The figures of a text, each with the words around it; those that are only limits are left out.
pub fn statements(
    text: &str,
    pieces: &[ByteSpan],
    register: &mut dyn FnMut(Quantity, ByteSpan) -> FactId,
) -> Vec<Statement> {
    let flow = Flow::read(text, pieces);
    let chars = flow.chars();
    let tokens = tokens(chars);
    let is_mark = |c: &char| matches!(c, '，' | '。' | '；' | '、' | '：' | ',' | ';' | '（' | '）' | '(' | ')');
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let TokenKind::Quantity(quantity) = token.kind else { continue };
        let from = index.checked_sub(1).map_or(0, |before| tokens[before].end);
        let to = tokens.get(index + 1).map_or(chars.len(), |next| next.start);
        let start = chars[from..token.start].iter().rposition(is_mark).map_or(from, |mark| from + mark + 1);
        let end = chars[token.end..to].iter().position(is_mark).map_or(to, |mark| token.end + mark);
        let limit = super::goal::comparison(chars, token.start, token.end).is_some();
        if quantity.loose || limit || matches!(quantity.unit, Unit::Duration | Unit::Score) {
            continue;
        }
        let words = chars[start..token.start].iter().chain(&chars[token.end..end]).filter(|c| **c != ' ').collect();
        found.push(Statement { words, fact: register(quantity, flow.span(token.start, token.end)) });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_has_its_words() {
        let text = "目标1：清淤灌渠36公里，改造泵站4座（投入126万元）；农户满意度95%以上。";
        let mut facts = 0;
        let mut register = |_, _| {
            facts += 1;
            facts
        };
        let found = statements(text, &[ByteSpan { start: 0, end: text.len() }], &mut register);
        let words: Vec<&str> = found.iter().map(|statement| statement.words.as_str()).collect();
        assert_eq!(words[words.len() - 3..], ["清淤灌渠", "改造泵站", "投入"]);
    }

    #[test]
    fn the_two_texts_stand_below_their_heads() {
        let row = |row: &str| row.split('|').map(str::to_owned).collect::<Vec<_>>();
        assert!(is_head(&row("年度总体目标|年初设定目标|||全年实际完成情况||")));
        assert!(!is_head(&row("一级指标|二级指标|年度指标值|完成情况")));
        assert_eq!(texts(&row("|清淤灌渠36公里。|||已清淤。|")), Some([1, 4]));
        assert_eq!(texts(&row("|只有一段。|||")), None);
    }
}
