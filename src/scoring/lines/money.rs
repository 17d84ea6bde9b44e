//! The rows of money above the head of a form that stands in lines.

use super::page::{Page, Word, joined, pieces};
use super::row::is_number;
use crate::scoring::funds::{self, Part};
use crate::scoring::reader::Reader;
use crate::scoring::row::Row;
use crate::source::ByteSpan;

/// The most characters that the head of a column of money has: 全年执行数（B）（万元）.
const LONGEST_HEAD: usize = 16;

/// The rows of money above a form's head.
pub fn money(text: &str, page: &Page, reader: &mut Reader, lines: std::ops::Range<usize>) {
    let words: Vec<Word> = lines.flat_map(|line| page.line(line).iter().copied()).collect();
    // The nearest head above; a sentence on how the rate is computed is none.
    let heads = |word: &Word| {
        (word.text.contains("执行数") || word.text.contains("全年执行")) && word.text.chars().count() <= LONGEST_HEAD
    };
    let Some(rate) = words.iter().rposition(heads) else { return };
    let is_cell = |word: &Word| is_number(word.text) || matches!(word.text, "/" | "-" | "—" | "——" | "－");
    let first = rate + words[rate..].iter().position(is_cell).unwrap_or(words.len() - rate);
    let from = rate.saturating_sub(8);
    words[from.saturating_sub(12)..first].iter().for_each(|word| reader.unit(word.text));
    let names: String = words[from..first].iter().map(head).collect();
    let parts = funds::order(&names);
    let earned = words[from..first].iter().map(|word| vec![word.span()]).collect();
    reader.earned(&Row::new(text, 0, earned));
    let has = |part| parts.iter().filter(|p| **p == part).count() == 1;
    if !(has(Part::Budget) && has(Part::Executed) && has(Part::Rate)) {
        return named(text, reader, &words);
    }
    let mut behind = first.saturating_sub(3);
    let mut at = first;
    let mut index = 0;
    while at < words.len() {
        if !is_cell(&words[at]) {
            at += 1;
            continue;
        }
        let end = (at..words.len()).find(|&i| !is_cell(&words[i])).unwrap_or(words.len());
        // The name: on the same line, or the words torn above it.
        let mut name = at;
        while name > behind && at - name < 4 && !(funds::names_money(&joined(&words[name..at]))) {
            name -= 1;
        }
        // Right below the head a full row needs no name.
        let full = at == first && end - at == parts.len();
        if full && !funds::names_money(&joined(&words[name..at])) {
            name = at;
        }
        if (name < at || full) && end - at >= 3 {
            let mut cells: Vec<Vec<ByteSpan>> = vec![pieces(&words[name..at])];
            cells.extend(words[at..end].iter().map(|word| vec![word.span()]));
            reader.fund(&Row::new(text, index, cells), &parts);
            index += 1;
        }
        behind = end;
        at = end;
    }
}

/// A word of the head of the money. 执行率得分 in one word is what the rate earns.
fn head<'t>(word: &Word<'t>) -> &'t str {
    match word.text.strip_prefix("执行率") {
        Some(earned @ ("权重" | "得分")) => earned,
        _ => word.text,
    }
}

/// The most words of a row that names each of its figures: 预算数 | 182 | 到位数 | 182 | 执行数 | 173 | 执行率 | 95%.
const NAMED: usize = 8;

/// The rows that name each of their figures: 预算数：96.00 执行数：91.20, and for each source 其中：财政拨款 96.00 其中：财政拨款 91.20.
fn named(text: &str, reader: &mut Reader, words: &[Word]) {
    let mut at = 0;
    while at < words.len() {
        let row = |length: usize| {
            let words = words.get(at..at + length)?;
            // Each figure stands behind its name, but for the rate at the end.
            let paired = words.chunks(2).all(|pair| {
                pair.len() < 2 || !is_number(pair[0].text) && is_number(pair[1].text.trim_end_matches(['万', '元']))
            });
            paired.then(|| Row::new(text, at, words.iter().map(|word| vec![word.span()]).collect()))
        };
        let length = (4..=NAMED).rev().find(|&length| row(length).is_some_and(|row| reader.named_fund(&row)));
        at += length.unwrap_or(1);
    }
}
