//! Forms in the lines of a PDF or of a paste without tabs: a row a line with its cells parted by spaces and the blank ones gone, a cell a
//! line, cells torn over lines.
//!
//! What can be relied on is the order: behind the name of an indicator stand its other cells in the order of the head. A form with
//! 指标性质 (≥, ≤, ＝, 定性) is read from sign to sign; any other from the two numbers of weight and score, which no cell of words can be. A
//! sign whose row cannot be read leaves an unread row, and nothing is concluded of the totals.

mod cells;
mod layout;
mod money;
mod names;
mod page;
mod row;
mod rows;

pub use page::{Page, Word, joined};

use self::row::{Found, is_sign, plain, signed};
use super::Own;
use super::head::Column;
use super::narrative;
use super::reader::{Reader, names_conclusion};
use super::row::{Row, is_total};
use crate::document::{BlockKind, Document};
use crate::facts::Reading;
use crate::source::Source;
use layout::Layout;
use money::money;
use names::{names, weighted_names};
use page::pieces;

/// How far above the head of a form its money stands.
const MONEY_ABOVE: usize = 60;
/// How many lines behind a form its note may take.
const NOTE: usize = 6;
/// How many words behind a form its conclusion may take.
const CONCLUSION: usize = 40;

/// Reads every such form of a document.
pub fn read(source: &Source, document: &Document, page: &Page, reading: &mut Reading) {
    let mut from = 0;
    let mut at = 0;
    while at < page.len() {
        if let Some(end) = rows::read(source, document, page, reading, at, from) {
            (from, at) = (end, end.max(at + 1));
            continue;
        }
        let Some(layout) = Layout::read(page, at) else {
            at += 1;
            continue;
        };
        // Where all stands in one line, the end of the form is not behind its head.
        let end = layout.end(page).max(layout.head.end);
        if form(source, document, page, reading, &layout, from, end) {
            from = page.line_of(end);
            at = from.max(at + 1);
        } else {
            at += 1;
        }
    }
}

/// The block that a form's head stands in, unless it is a table, which is read as such.
fn block(document: &Document, start: usize) -> Option<usize> {
    document.block_at(start).filter(|&block| !matches!(document.blocks[block].kind, BlockKind::Table { .. }))
}

/// Reads a form between `head` and `end`, whose money may stand from the line `above` on. False where there is none.
fn form(
    source: &Source,
    document: &Document,
    page: &Page,
    reading: &mut Reading,
    layout: &Layout,
    above: usize,
    end: usize,
) -> bool {
    let start = page.words[layout.head.start].span().start;
    let Some(block) = block(document, start) else { return false };
    let text = source.text();
    let body = layout.body(text, &page.words[layout.head.end..end]);
    let mut rows: Vec<(usize, Result<Found, usize>)> = Vec::new();
    let mut totals = Vec::new();
    let mut at = 0;
    let mut behind = at;
    while at < body.len() {
        if is_total(body[at].text) {
            let numbers = layout.numbers(&body[at + 1..]);
            totals.push(at..at + 1 + numbers);
            at += 1 + numbers;
            behind = at;
            continue;
        }
        if body[at].text.ends_with("级指标")
            && let Some(again) = Layout::read(page, body[at].line as usize)
        {
            let end = page.words.get(again.head.end).map_or(usize::MAX, |word| word.span().start);
            at += body[at..].iter().take_while(|word| word.span().start < end).count().max(1);
            behind = at;
            continue;
        }
        let found = if layout.is_signed() {
            match is_sign(body[at].text) {
                true => Some(signed(&body, at, &layout.columns).ok_or(at)),
                false => None,
            }
        } else {
            plain(&body, at, behind, layout).map(Ok)
        };
        let Some(found) = found else {
            at += 1;
            continue;
        };
        let next = found.as_ref().map_or(at + 1, |found| found.end);
        // What stands behind the last cell on its line is a reason and no name.
        let beside =
            body[next..].iter().take_while(|word| !layout.a_cell_a_line && word.line == body[next - 1].line).count();
        let beside = if found.is_ok() { beside } else { 0 };
        rows.push((behind, found));
        behind = next + beside;
        at = next;
    }
    if rows.iter().filter(|(_, found)| found.is_ok()).count() < 2 {
        return false;
    }
    let mut columns = layout.levels.clone();
    let levels = columns.len();
    columns.extend(layout.columns.iter().filter(|column| **column != Column::Other));
    let mut reader = Reader::new(source, document, block, reading);
    let first = page.line_of(layout.head.start);
    let lines = above.max(first.saturating_sub(MONEY_ABOVE))..first;
    money(text, page, &mut reader, lines.clone());
    narrative(page, &mut reader, lines);
    for (index, (from, found)) in rows.iter().enumerate() {
        let name_end = match found {
            Ok(found) => found.cells.iter().map(|(_, cell)| cell[0].span().start).min().unwrap_or_default(),
            Err(sign) => body[*sign].span().start,
        };
        let mut before: Vec<Word> =
            body[*from..].iter().copied().take_while(|word| word.span().start < name_end).collect();
        let unit = before.pop_if(|_| layout.leads_with_unit() && found.is_ok());
        let names = if layout.weighs_levels() {
            weighted_names(&before, &layout.levels, layout.a_cell_a_line)
        } else {
            names(&before, layout.a_cell_a_line).into()
        };
        match found {
            Err(sign) => reader.unread(body[*sign].span()),
            Ok(found) => {
                let mut cells: Vec<_> = names.iter().map(|name| pieces(name)).collect();
                for column in &columns[levels..] {
                    let cell = found.cells.iter().find(|(c, _)| c == column).map(|(_, cell)| *cell);
                    cells.push(match (column, unit) {
                        (Column::Unit, Some(unit)) => vec![unit.span()],
                        _ => cell.map_or(Vec::new(), pieces),
                    });
                }
                let places: Vec<Option<usize>> =
                    (0..cells.len()).map(|i| (!cells[i].is_empty()).then_some(i)).collect();
                reader.indicator(&Row::new(text, index, cells), &columns, &places);
            }
        }
    }
    for (index, total) in totals.iter().enumerate() {
        let cells = body[total.clone()].iter().map(|word| vec![word.span()]).collect();
        reader.total(&Row::new(text, rows.len() + index, cells), &columns, true);
    }
    conclusion(page, &mut reader, end);
    finish(page, reader, above.max(first.saturating_sub(MONEY_ABOVE))..first, end);
    true
}

/// Ends a form whose head stands behind some lines, with what is said around it; whether its weights make the whole.
fn finish(page: &Page, reader: Reader, above: std::ops::Range<usize>, end: usize) -> bool {
    let title = title(page, above.end);
    let project = project(page, above);
    let below = page.line_of(end);
    let note: String = (below..below + NOTE).map(|line| joined(page.line(line))).collect();
    let own = Own::read(std::iter::once(note.as_str()));
    let (forms, facts) = reader.finish();
    let mut sound = true;
    for form in forms {
        form.own = own;
        form.torn = true;
        form.title.clone_from(&title);
        form.project.clone_from(&project);
        // Weights that make a whole prove that the cells were told apart.
        let proved = form.weights_make(&|id| facts[id].quantity.value());
        form.indicators.iter_mut().for_each(|row| row.straight &= proved);
        sound &= proved;
    }
    sound
}

/// The goals in words above a form's head: the two texts are a word between blanks each, or the ends of lines have torn them; then nothing
/// says where the one ends and the other begins.
fn narrative(page: &Page, reader: &mut Reader, lines: std::ops::Range<usize>) {
    let words: Vec<Word> = lines.flat_map(|line| page.line(line).iter().copied()).collect();
    let is_pair = |last: &usize| *last > 0 && narrative::heads(words[last - 1].text);
    let last = words.iter().rposition(|word| narrative::heads(word.text)).filter(is_pair);
    let Some(behind) = last.map(|last| &words[last + 1..]) else { return };
    let beside = |word: &&Word| !word.text.starts_with("绩效指标");
    let texts: Vec<&Word> = behind.iter().filter(beside).collect();
    if let [target, actual] = texts[..] {
        return reader.narrative([&[target.span()], &[actual.span()]]);
    }
    let money = ["年初预算", "年度预算", "预算数", "执行数"];
    let is_money = |word: &Word| money.iter().any(|name| word.text.starts_with(name));
    let end = behind.iter().position(is_money).unwrap_or(behind.len());
    reader.joint_narrative(&pieces(&behind[..end]));
}

/// The words behind a form that follow 评价结论, which may be torn over lines, up to what the form says next.
fn conclusion(page: &Page, reader: &mut Reader, end: usize) {
    let words = &page.words[end..page.words.len().min(end + CONCLUSION)];
    let name = (1..=words.len().min(4)).find(|&length| names_conclusion(&joined(&words[..length])));
    let Some(name) = name else { return };
    let next = |word: &Word| ["存在", "改进", "项目负责人"].iter().any(|lead| word.text.starts_with(lead));
    let length = words[name..].iter().position(next).map_or(words.len(), |next| name + next);
    reader.conclusion(&pieces(&words[name..length]));
}

/// The project that the lines above a form name, without the code before its name.
fn project(page: &Page, lines: std::ops::Range<usize>) -> String {
    let named = lines.rev().find(|&line| page.line(line).first().is_some_and(|word| word.text.starts_with("项目名称")));
    let Some(line) = named else { return String::new() };
    let beside = &page.line(line)[1..];
    let other =
        |word: &Word| ["项目负责人", "主管", "实施", "单位", "联系"].iter().any(|lead| word.text.starts_with(lead));
    let end = beside.iter().position(other).unwrap_or(beside.len());
    let name = joined(if beside.is_empty() { page.line(line + 1) } else { &beside[..end] });
    let coded = name.starts_with(|c: char| c.is_ascii_digit());
    if coded { name.rsplit('-').next().unwrap_or_default().to_owned() } else { name }
}

/// The line above that names the form.
fn title(page: &Page, head: usize) -> String {
    let named = |line: &String| {
        line.contains("自评表") || line.contains("评分表") || line.contains("打分表") || line.contains("完成情况表")
    };
    (head.saturating_sub(MONEY_ABOVE * 2)..head)
        .rev()
        .filter(|&line| page.line(line).iter().any(|word| word.text.contains('表')))
        .map(|line| joined(page.line(line)))
        .find(named)
        .unwrap_or_default()
}
