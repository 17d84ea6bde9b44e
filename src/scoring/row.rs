//! A row of a form: its cells, and what the text of a cell is by itself.

use super::goal::Comparison;
use crate::document::Flow;
use crate::source::ByteSpan;
use rust_decimal::Decimal;

/// A row of a form.
pub struct Row {
    /// Its number.
    pub index: usize,
    /// Its cells. The end of a line may have torn one into several pieces.
    pub cells: Vec<Vec<ByteSpan>>,
    /// The same as they are read.
    pub flows: Vec<Flow>,
    /// Their texts without any space.
    pub texts: Vec<String>,
}

impl Row {
    /// A row of cells.
    pub fn new(text: &str, index: usize, cells: Vec<Vec<ByteSpan>>) -> Row {
        let flows: Vec<Flow> = cells.iter().map(|cell| Flow::read(text, cell)).collect();
        Row { index, texts: flows.iter().map(unspaced).collect(), flows, cells }
    }

    /// How many cells there are up to the last that is not blank.
    pub fn filled(&self) -> usize {
        self.texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1)
    }

    /// Leaves off the blank cells behind the last that is not blank.
    pub fn trim(&mut self) {
        let filled = self.filled();
        self.cells.truncate(filled);
        self.flows.truncate(filled);
        self.texts.truncate(filled);
    }

    /// Where it stands.
    pub fn span(&self) -> ByteSpan {
        let filled = self.cells.iter().flatten().copied().filter(|span| span.end > span.start);
        filled.reduce(ByteSpan::to).unwrap_or_default()
    }

    /// Where a cell stands.
    pub fn cell(&self, cell: usize) -> ByteSpan {
        self.cells[cell].iter().copied().reduce(ByteSpan::to).unwrap_or_default()
    }
}

/// The words of a cell without any space.
fn unspaced(flow: &Flow) -> String {
    let mut text = String::with_capacity(flow.chars().len() * 3);
    text.extend(flow.chars().iter().filter(|c| **c != ' '));
    text
}

/// Whether a text names the row of the last total.
pub fn is_total(text: &str) -> bool {
    matches!(
        text.trim_end_matches('：'),
        "合计"
            | "总计"
            | "总分"
            | "总得分"
            | "自评总分"
            | "综合得分"
            | "得分合计"
            | "合计得分"
            | "自评得分"
            | "总分合计"
            | "总评分"
    )
}

/// A score: points, or points taken off.
pub fn score_points(text: &str) -> Option<Decimal> {
    text.strip_prefix('-').map_or_else(|| points(text), |taken| points(taken).map(|taken| -taken))
}

/// A number of points: 4, 4.00, 4分.
pub fn points(text: &str) -> Option<Decimal> {
    let figure = text.strip_suffix('分').unwrap_or(text);
    let plain = !figure.is_empty() && figure.len() <= 8 && figure.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let value: Decimal = plain.then(|| figure.parse().ok()).flatten()?;
    (value <= Decimal::from(1000)).then_some(value)
}

/// The sign of a column 指标性质, 运算符号 or 指标方向.
pub fn comparison_sign(text: &str) -> Option<Comparison> {
    match text {
        "≥" | "≧" | ">=" | "正向" | "正向指标" => Some(Comparison::AtLeast),
        "≤" | "≦" | "<=" | "反向" | "反向指标" | "逆向" | "逆向指标" => Some(Comparison::AtMost),
        ">" | "＞" => Some(Comparison::Above),
        "<" | "＜" => Some(Comparison::Below),
        "=" | "＝" | "﹦" | "═" => Some(Comparison::Exactly),
        _ => None,
    }
}

/// A name and the place of the weight that is printed behind it: 预算执行（25分）.
pub fn weighted(text: &str) -> (String, Option<(usize, usize)>) {
    let bare = || {
        let inner = text.strip_suffix('）')?;
        let open = inner.rfind('（')?;
        let figure = inner[open + '（'.len_utf8()..].strip_suffix('分')?;
        points(figure)?;
        let start = inner[..open].chars().count() + 1;
        Some((inner[..open].to_owned(), (start, start + figure.chars().count() + 1)))
    };
    bare().map_or((text.to_owned(), None), |(name, range)| (name, Some(range)))
}
