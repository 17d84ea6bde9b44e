//! Forms in the lines of a PDF, cells parted by spaces and blank ones gone.
//!
//! The form with 指标性质 (≥, ≤, ＝, 定性) can be read all the same: behind the sign stand target, unit, actual, weight and score in this
//! order. Names are torn over lines and are kept as far as they stand in the row. A row torn elsewhere is left out, and then the weights
//! do not add up and nothing is said of the totals.

use super::goal::{Comparison, Goal};
use super::reader::{cell_fact, comparison_sign, points};
use super::{Form, Fund, Indicator, Total};
use crate::document::{BlockKind, Document};
use crate::facts::{Paragraph, Quantity, Reading, Unit};
use crate::source::{ByteSpan, Source};
use rust_decimal::Decimal;

/// How many lines a form takes at most, and how far above its head the money stands.
const LONGEST: usize = 260;
const MONEY_ABOVE: usize = 70;

/// A word between blanks.
struct Word<'t> {
    text: &'t str,
    span: ByteSpan,
}

/// Reads every such form of a document.
pub fn read(source: &Source, document: &Document, reading: &mut Reading) {
    let lines = lines(source.text());
    let mut at = 0;
    while let Some(head) = (at..lines.len()).find(|&i| is_head(&lines[i])) {
        let end =
            (head + 1..lines.len().min(head + LONGEST)).find(|&i| is_head(&lines[i]) || total(&lines[i]).is_some());
        let Some(end) = end.filter(|&end| total(&lines[end]).is_some()) else {
            at = head + 1;
            continue;
        };
        let from = head.saturating_sub(MONEY_ABOVE).max(at);
        form(source, document, reading, &lines[from..=end], head - from);
        at = end + 1;
    }
}

fn lines(text: &str) -> Vec<Vec<Word<'_>>> {
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let word = |word| Word { text: word, span: ByteSpan { start: place(word), end: place(word) + word.len() } };
    // Cells between tabs are a table's, which is read as such.
    text.split('\n')
        .map(|line| if line.contains('\t') { Vec::new() } else { line.split_whitespace().map(word).collect() })
        .collect()
}

fn is_head(line: &[Word]) -> bool {
    line.iter().any(|word| word.text == "二级指标") && line.iter().any(|word| word.text == "三级指标")
}

/// 合计 100 96.
fn total<'l, 't>(line: &'l [Word<'t>]) -> Option<(&'l Word<'t>, &'l Word<'t>)> {
    match line {
        [name, weight, score] if matches!(name.text, "合计" | "总分" | "总计") => {
            (points(weight.text).is_some() && points(score.text).is_some()).then_some((weight, score))
        }
        _ => None,
    }
}

fn form(source: &Source, document: &Document, reading: &mut Reading, lines: &[Vec<Word>], head: usize) {
    let Some(start) = lines[head].first().map(|word| word.span.start) else { return };
    let Some(block) = document
        .blocks
        .iter()
        .position(|b| b.span.start <= start && start < b.span.end && !matches!(b.kind, BlockKind::Table { .. }))
    else {
        return;
    };
    let section = document.blocks[block].section;
    let scope = document.sections[section].scope;
    let first_fact = reading.facts.len();
    let paragraph = reading.paragraphs.len();
    let mut form = Form { block, scope, ..Form::default() };
    let mut fact = |quantity: Quantity, span: ByteSpan, row: usize, column: usize| {
        reading.facts.push(cell_fact(quantity, span, paragraph, (block, row, column), ""));
        reading.facts.len() - 1
    };
    let score = |word: &Word| quantity(word.text, Unit::Score);
    for (index, line) in lines.iter().enumerate().skip(head + 1) {
        let Some((sign, [target, actual, weight, score_word])) = row(line) else { continue };
        let name = line[..sign].iter().map(|word| word.text).collect::<String>();
        let comparison = comparison_sign(line[sign].text);
        let mut goal = |word: &Word, column: usize, comparison: Option<Comparison>| {
            let fact = quantity(word.text, Unit::Bare).map(|quantity| fact(quantity, word.span, index, column));
            Goal { text: word.text.to_owned(), span: word.span, fact, comparison, day: None }
        };
        let (target, actual) = (goal(target, 0, comparison), goal(actual, 1, None));
        let (Some(weight), Some(stated)) = (score(weight).map(|q| fact(q, weight.span, index, 2)), score(score_word))
        else {
            continue;
        };
        form.indicators.push(Indicator {
            name,
            span: line[0].span.to(score_word.span),
            weight: Some(weight),
            score: Some(fact(stated, score_word.span, index, 3)),
            straight: true,
            target: comparison.is_some().then_some(target),
            actual: comparison.is_some().then_some(actual),
            ..Indicator::default()
        });
    }
    let above = &lines[..head];
    let in_ten_thousands = above.iter().flatten().any(|word| word.text.contains("万元"));
    if let Some((index, money)) =
        above.iter().enumerate().rev().find(|(_, line)| line.first().is_some_and(|word| word.text == "总额"))
        && let [_, initial, budget, executed, rate, weight, stated, ..] = &money[..]
        && let Some(rate_figure) = rate.text.strip_suffix('%').and_then(|text| quantity(text, Unit::Percent))
        && in_ten_thousands
    {
        let amount = |word: &Word| {
            quantity(word.text, Unit::Money).map(|quantity| Quantity { scale: Decimal::from(10_000), ..quantity })
        };
        if let (Some(a), Some(b), Some(c), Some(w), Some(s)) =
            (amount(initial), amount(budget), amount(executed), score(weight), score(stated))
        {
            form.funds.push(Fund {
                label: "年度资金总额".to_owned(),
                initial: Some(fact(a, initial.span, index, 0)),
                budget: Some(fact(b, budget.span, index, 1)),
                executed: Some(fact(c, executed.span, index, 2)),
                rate: Some(fact(rate_figure, rate.span, index, 3)),
                weight: Some(fact(w, weight.span, index, 4)),
                score: Some(fact(s, stated.span, index, 5)),
            });
        }
    }
    if let Some((weight, stated)) = lines.last().and_then(|line| total(line)) {
        let last = lines.len() - 1;
        let weight_fact = score(weight).map(|quantity| fact(quantity, weight.span, last, 2));
        let score_fact = score(stated).map(|quantity| fact(quantity, stated.span, last, 3));
        form.totals.push(Total { rows: 0..form.indicators.len(), grand: true, weight: weight_fact, score: score_fact });
    }
    if form.indicators.is_empty() {
        reading.facts.truncate(first_fact);
        return;
    }
    form.title =
        title(source.text(), above.first().and_then(|line| line.first()).map_or(start, |word| word.span.start), start);
    let facts = first_fact..reading.facts.len();
    reading.paragraphs.push(Paragraph::of_figures(section, scope, facts));
    reading.forms.push(form);
}

/// The sign of a row, and target, actual, weight and score behind it.
fn row<'l, 't>(line: &'l [Word<'t>]) -> Option<(usize, [&'l Word<'t>; 4])> {
    let sign = line.iter().position(|word| word.text == "定性" || comparison_sign(word.text).is_some())?;
    let number = |word: &Word| points(word.text).is_some() || word.text.parse::<Decimal>().is_ok();
    let behind = &line[sign + 1..];
    let unit = usize::from(behind.get(1).is_some_and(|word| !number(word)));
    let (target, rest) = (behind.first()?, behind.get(1 + unit..)?);
    let [actual, weight, score, reason @ ..] = rest else { return None };
    let plain = number(target) && number(actual) && points(weight.text).is_some() && points(score.text).is_some();
    // A number behind the score: one cell more than there are columns.
    (plain && reason.first().is_none_or(|word| !number(word))).then_some((sign, [target, actual, weight, score]))
}

fn quantity(text: &str, unit: Unit) -> Option<Quantity> {
    let figure: Decimal = text.replace(',', "").parse().ok()?;
    Some(Quantity { figure, scale: Decimal::ONE, decimals: figure.scale(), unit, loose: false })
}

/// The line above that names the form.
fn title(text: &str, from: usize, to: usize) -> String {
    let named = |line: &&str| line.contains("自评表") || line.contains("评分表");
    text[from..to]
        .lines()
        .rev()
        .map(str::trim)
        .find(named)
        .map(|line| line.split_whitespace().collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Option<Vec<String>> {
        let lines = lines(line);
        row(&lines[0]).map(|(_, cells)| cells.iter().map(|word| word.text.to_owned()).collect())
    }

    #[test]
    fn the_sign_leads_target_actual_weight_and_score() {
        assert_eq!(cells("走访户数 ≥ 5 户 7 5 5").unwrap(), ["5", "7", "5", "5"]);
        assert_eq!(cells("≤ 30000 元 30000 10 10").unwrap(), ["30000", "30000", "10", "10"]);
        assert_eq!(cells("健全性 定性 100 % 100 20 18.5 材料不全").unwrap(), ["100", "100", "20", "18.5"]);
        assert_eq!(cells("健全性 定性 高中低 中 10 8"), None);
        assert_eq!(cells("≥ 5 户 7 5 5 3"), None);
        assert_eq!(cells("年初预算 3.00 3.00"), None);
    }
}
