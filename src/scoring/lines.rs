//! Forms in the lines of a PDF or of a paste without tabs: a row a line with its cells parted by spaces and the blank ones gone, a cell a
//! line, cells torn over lines.
//!
//! What can be relied on is the order: behind the name of an indicator stand its other cells in the order of the head. A form with
//! 指标性质 (≥, ≤, ＝, 定性) is read from sign to sign; any other from the two numbers of weight and score, which no cell of words can be. A
//! sign whose row cannot be read leaves an unread row, and nothing is concluded of the totals.

use super::funds::{self, Part};
use super::head::{self, Column};
use super::reader::{Reader, Row, comparison_sign, is_proportional, is_total, points};
use crate::document::{BlockKind, Document};
use crate::facts::Reading;
use crate::source::{ByteSpan, Source};
use rust_decimal::Decimal;

/// How many lines a form takes at most, and how far above its head the money stands.
const LONGEST: usize = 200;
const MONEY_ABOVE: usize = 60;
/// How many lines behind a form its note may take.
const NOTE: usize = 6;
/// How many words a head takes at most.
const HEAD: usize = 48;
/// How many words a row takes at most behind its sign.
const ROW: usize = 16;

/// A word between blanks.
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    /// The word.
    pub text: &'t str,
    /// Where it stands.
    pub span: ByteSpan,
    /// Its line among those that are not blank.
    pub line: usize,
}

/// A line that is not blank.
struct Line {
    /// Its words, as indices of [`Page::words`].
    words: std::ops::Range<usize>,
    /// Whether its cells stand between tabs: a table's, which is read as such.
    tabbed: bool,
}

/// A text's lines and words.
pub struct Page<'t> {
    /// Its words.
    pub words: Vec<Word<'t>>,
    lines: Vec<Line>,
}

impl<'t> Page<'t> {
    /// Parts a text.
    pub fn read(text: &'t str) -> Page<'t> {
        let mut page = Page { words: Vec::new(), lines: Vec::new() };
        for line in text.split('\n').filter(|line| !is_furniture(line)) {
            let start = page.words.len();
            let tabbed = line.contains('\t') && line.trim().contains('\t');
            for word in line.split_whitespace().filter(|_| !tabbed) {
                let at = word.as_ptr() as usize - text.as_ptr() as usize;
                let span = ByteSpan { start: at, end: at + word.len() };
                page.words.push(Word { text: word, span, line: page.lines.len() });
            }
            if tabbed || page.words.len() > start {
                page.lines.push(Line { words: start..page.words.len(), tabbed });
            }
        }
        page.words.shrink_to_fit();
        page.lines.shrink_to_fit();
        page
    }

    /// The words of a line.
    pub fn line(&self, line: usize) -> &[Word<'t>] {
        self.lines.get(line).map_or(&[], |line| &self.words[line.words.clone()])
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The last line before a tab or `most` lines further.
    pub fn last_line(&self, from: usize, most: usize) -> usize {
        let end = self.lines.len().min(from + most);
        (from..end).find(|&line| self.lines[line].tabbed).unwrap_or(end)
    }
}

/// A page number between dashes.
fn is_furniture(line: &str) -> bool {
    let dash = ['-', '—', '－'];
    let inner = line.trim();
    let framed = inner.strip_prefix(dash).and_then(|rest| rest.strip_suffix(dash));
    framed
        .map(str::trim)
        .is_some_and(|page| !page.is_empty() && page.len() <= 3 && page.bytes().all(|b| b.is_ascii_digit()))
}

/// Reads every such form of a document.
pub fn read(source: &Source, document: &Document, page: &Page, reading: &mut Reading) {
    let mut from = 0;
    let mut at = 0;
    while at < page.lines.len() {
        let Some(layout) = Layout::read(page, at) else {
            at += 1;
            continue;
        };
        let end = layout.end(page);
        if form(source, document, page, reading, &layout, from, end) {
            from = page.words.get(end).map_or(page.lines.len(), |word| word.line);
            at = from.max(at + 1);
        } else {
            at += 1;
        }
    }
}

/// How a form's cells stand in its lines.
struct Layout {
    /// The first word of the head, and the first behind it.
    head: std::ops::Range<usize>,
    /// The columns behind the innermost name.
    columns: Vec<Column>,
    /// Whether a line is a cell.
    a_cell_a_line: bool,
}

impl Layout {
    /// The head that begins with a line.
    fn read(page: &Page, line: usize) -> Option<Layout> {
        let names_level = |word: &Word| word.text.ends_with("级指标");
        let start = page.lines[line].words.start;
        let words = &page.words[start..page.words.len().min(start + HEAD)];
        if !page.line(line).iter().any(names_level) {
            return None;
        }
        let innermost = words.iter().take(6).rposition(names_level)?;
        if !words[..=innermost].iter().any(|word| word.text.ends_with("三级指标") || word.text.ends_with("二级指标"))
        {
            return None;
        }
        // Names of groups, signs and figures belong to the rows.
        let is_body = |word: &Word| group(word.text).is_some() || is_sign(word.text) || is_figure(word.text);
        let behind = &words[innermost + 1..];
        let stop = behind.iter().position(is_body).unwrap_or(behind.len());
        let (columns, used) = order(&behind[..stop]);
        let has = |column| columns.contains(&column);
        let signed = has(Column::Nature);
        let measured = has(Column::Target) && has(Column::Actual);
        let columns = if has(Column::Weight) && has(Column::Score)
            || measured && (signed || !has(Column::Weight) && !has(Column::Score))
        {
            columns
        } else if behind.get(stop..).is_some_and(|rest| rest.iter().take(24).any(|word| is_sign(word.text))) {
            // The lines of the head were torn across the columns; the form of the sign has an order of its own.
            use Column::*;
            vec![Nature, Target, Unit, Actual, Weight, Score, Other]
        } else {
            return None;
        };
        let end = start + innermost + 1 + used;
        let a_cell_a_line = !columns.contains(&Column::Nature)
            && words[..innermost + 1 + used].windows(2).all(|pair| pair[0].line != pair[1].line);
        Some(Layout { head: start..end, columns, a_cell_a_line })
    }

    /// The words of the rows. Where no sign parts target and unit, a figure and the unit behind it are one: 144 个.
    fn body<'t>(&self, text: &'t str, words: &[Word<'t>]) -> Vec<Word<'t>> {
        if self.is_signed() || self.a_cell_a_line {
            return words.to_vec();
        }
        let mut body: Vec<Word> = Vec::new();
        for (index, &word) in words.iter().enumerate() {
            let unit = word.text.chars().count() <= 3
                && !word.text.contains(|c: char| c.is_ascii_digit() || "≥≤=＝<>/-—".contains(c));
            let next = match words.get(index + 1).filter(|next| next.line == word.line) {
                Some(next) => is_figure(next.text),
                // Only scores end with a bare number.
                None => !self.is_scored(),
            };
            match body.last_mut() {
                Some(last)
                    if unit
                        && next
                        && last.line == word.line
                        && last.text.ends_with(|c: char| c.is_ascii_digit())
                        && is_figure(last.text) =>
                {
                    last.span.end = word.span.end;
                    last.text = &text[last.span.start..last.span.end];
                }
                _ => body.push(word),
            }
        }
        body
    }

    /// Whether the head stands at a line once more.
    fn comes_again(&self, page: &Page, line: usize) -> bool {
        Layout::read(page, line).is_some_and(|other| other.columns == self.columns)
    }

    fn is_scored(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Weight | Column::Score))
    }

    fn is_signed(&self) -> bool {
        self.columns.contains(&Column::Nature)
    }

    /// The word behind the form: behind its totals, where it has some.
    fn end(&self, page: &Page) -> usize {
        let first = page.words.get(self.head.end).map_or(page.lines.len(), |word| word.line);
        let last = page.last_line(first, LONGEST);
        let mut end = None;
        for line in first..last {
            let words = page.line(line);
            // The same head again is the next page's.
            let opens = |word: &Word| {
                word.text.ends_with("级指标")
                    && self.head.end <= page.lines[line].words.start
                    && !self.comes_again(page, line)
            };
            let closes = |word: &Word| {
                [
                    "注：",
                    "备注",
                    "说明",
                    "评价结论",
                    "存在问题",
                    "项目名称",
                    "填表人",
                    "项目负责人",
                    "附表",
                    "附件",
                    "第五部分",
                ]
                .iter()
                .any(|lead| word.text.starts_with(lead))
                    || word.text.ends_with("自评表")
                    || word.text.ends_with("自评报告")
            };
            if words.first().is_some_and(|word| {
                is_total(word.text) || is_total(word.text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.'))
            }) {
                let numbers = page.words[page.lines[line].words.start + 1..].iter().take(2);
                end = Some(
                    page.lines[line].words.start + 1 + numbers.take_while(|word| points(word.text).is_some()).count(),
                );
            } else if end.is_some_and(|end| page.lines[line].words.start >= end)
                || words.iter().any(|word| opens(word) || closes(word))
            {
                return end.unwrap_or(page.lines[line].words.start);
            }
        }
        end.unwrap_or_else(|| page.lines.get(last).map_or(page.words.len(), |line| line.words.start))
    }
}

/// The columns that a head's words name in this order, though each may be torn over lines, and how many of the words they take.
fn order(words: &[Word]) -> (Vec<Column>, usize) {
    let text: String = words.iter().map(|word| word.text).collect();
    let (columns, end) = head::order(&text);
    let mut length = 0;
    let used = words
        .iter()
        .take_while(|word| {
            length += word.text.len();
            length <= end
        })
        .count();
    let torn = words[..used].iter().map(|word| word.text.len()).sum::<usize>() < end;
    (columns, used + usize::from(torn))
}

/// A cell, as the words that hold it.
type Cell<'p, 't> = &'p [Word<'t>];

/// A row behind the name: each column's cell, and the first word behind.
struct Found<'p, 't> {
    cells: Vec<(Column, Cell<'p, 't>)>,
    end: usize,
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
    let start = page.words[layout.head.start].span.start;
    let Some(block) = document
        .blocks
        .iter()
        .position(|b| b.span.start <= start && start < b.span.end && !matches!(b.kind, BlockKind::Table { .. }))
    else {
        return false;
    };
    let text = source.text();
    let body = layout.body(text, &page.words[layout.head.end..end]);
    let mut rows: Vec<(usize, Result<Found, usize>)> = Vec::new();
    let mut totals = Vec::new();
    let mut at = 0;
    let mut behind = at;
    while at < body.len() {
        if is_total(body[at].text) {
            let numbers = body[at + 1..].iter().take(2).take_while(|word| points(word.text).is_some()).count();
            totals.push(at..at + 1 + numbers);
            at += 1 + numbers;
            behind = at;
            continue;
        }
        if body[at].text.ends_with("级指标")
            && let Some(again) = Layout::read(page, body[at].line)
        {
            let end = page.words.get(again.head.end).map_or(usize::MAX, |word| word.span.start);
            at += body[at..].iter().take_while(|word| word.span.start < end).count().max(1);
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
    let mut columns = vec![Column::Level; 3];
    columns.extend(layout.columns.iter().filter(|column| **column != Column::Other));
    let mut reader = Reader::new(source, document, block, reading);
    let first = page.words[layout.head.start].line;
    money(text, page, &mut reader, above.max(first.saturating_sub(MONEY_ABOVE))..first);
    for (index, (from, found)) in rows.iter().enumerate() {
        let name_end = match found {
            Ok(found) => found.cells.iter().map(|(_, cell)| cell[0].span.start).min().unwrap_or_default(),
            Err(sign) => body[*sign].span.start,
        };
        let before: Vec<Word> = body[*from..].iter().copied().take_while(|word| word.span.start < name_end).collect();
        let [outer, inner, name] = names(&before, layout.a_cell_a_line);
        match found {
            Err(sign) => reader.unread(body[*sign].span),
            Ok(found) => {
                let mut cells = vec![pieces(&outer), pieces(&inner), pieces(&name)];
                for column in &columns[3..] {
                    cells.push(
                        found.cells.iter().find(|(c, _)| c == column).map_or(Vec::new(), |(_, cell)| pieces(cell)),
                    );
                }
                let places: Vec<Option<usize>> =
                    (0..cells.len()).map(|i| (!cells[i].is_empty()).then_some(i)).collect();
                reader.indicator(&Row::new(text, index, cells), &columns, &places);
            }
        }
    }
    for (index, total) in totals.iter().enumerate() {
        let cells = body[total.clone()].iter().map(|word| vec![word.span]).collect();
        reader.total(&Row::new(text, rows.len() + index, cells), &columns, true);
    }
    let title = title(page, first);
    let project = project(page, above.max(first.saturating_sub(MONEY_ABOVE))..first);
    let below = page.words.get(end).map_or(page.lines.len(), |word| word.line);
    let proportional = is_proportional(&(below..below + NOTE).map(|line| joined(page.line(line))).collect::<String>());
    let (forms, facts) = reader.finish();
    for form in forms {
        form.proportional = proportional;
        form.title.clone_from(&title);
        form.project.clone_from(&project);
        // Weights that make a whole prove that the cells were told apart.
        let proved = form.weights_make(&|id| facts[id].quantity.value());
        form.indicators.iter_mut().for_each(|row| row.straight &= proved);
    }
    true
}

fn pieces(words: &[Word]) -> Vec<ByteSpan> {
    words.iter().map(|word| word.span).collect()
}

fn is_sign(text: &str) -> bool {
    text == "定性" || comparison_sign(text).is_some()
}

/// A number, alone or with its sign of per cent.
fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.replace([',', '，'], "").trim_end_matches(['%', '％']).parse::<Decimal>().is_ok()
}

/// A number with or without unit and comparison: what a head never holds.
fn is_figure(text: &str) -> bool {
    let bare = text.trim_start_matches(['≥', '≤', '＝', '=', '>', '<', '》', '《']);
    bare.starts_with(|c: char| c.is_ascii_digit())
}

/// The cells behind the sign at `at`.
fn signed<'p, 't>(words: &'p [Word<'t>], at: usize, columns: &[Column]) -> Option<Found<'p, 't>> {
    let end = words.len().min(at + 1 + ROW);
    let stop = (at + 1..end).find(|&i| is_sign(words[i].text) || is_total(words[i].text)).unwrap_or(end);
    let run = |from: usize, number: bool| (from..stop).find(|&i| is_number(words[i].text) != number).unwrap_or(stop);
    let behind: Vec<Column> = columns
        .iter()
        .copied()
        .skip_while(|column| *column != Column::Nature)
        .skip(1)
        .filter(|column| matches!(column, Column::Actual | Column::Weight | Column::Score))
        .collect();
    let mut cells: Vec<(Column, &[Word])> = vec![(Column::Nature, &words[at..=at])];
    let first = run(at + 1, true);
    if first == at + 1 {
        // 定性 优良中差 优 20 18: the last word is what was reached; 定性 优 10 优 where the weight stands first.
        let text_end = run(at + 1, false);
        let numbers = run(text_end, true);
        let few = text_end <= at + 6;
        if behind == [Column::Actual, Column::Weight, Column::Score]
            && few
            && text_end >= at + 3
            && numbers - text_end == 2
        {
            cells.push((Column::Target, &words[at + 1..text_end - 1]));
            cells.push((Column::Actual, &words[text_end - 1..text_end]));
            cells.push((Column::Weight, &words[text_end..=text_end]));
            cells.push((Column::Score, &words[text_end + 1..numbers]));
            return sound(Found { cells, end: numbers });
        }
        if behind == [Column::Weight, Column::Actual] && few && numbers == text_end + 1 && numbers < words.len() {
            cells.push((Column::Target, &words[at + 1..text_end]));
            cells.push((Column::Weight, &words[text_end..numbers]));
            cells.push((Column::Actual, &words[numbers..=numbers]));
            return sound(Found { cells, end: numbers + 1 });
        }
        return None;
    }
    // A number that a line's end has torn goes on alone on the next line.
    let torn = |from: usize, to: usize| words[from..to].windows(2).all(|pair| pair[0].line != pair[1].line);
    if first - at - 1 == behind.len() + 1 {
        cells.push((Column::Target, &words[at + 1..at + 2]));
        cells.extend(behind.iter().enumerate().map(|(i, &column)| (column, &words[at + 2 + i..at + 3 + i])));
        return sound(Found { cells, end: first });
    }
    let unit = run(first, false);
    let rest = run(unit, true);
    let short = |word: &Word| word.text.chars().count() <= 6;
    if !torn(at + 1, first) || unit - first > 2 || !words[first..unit].iter().all(short) {
        return None;
    }
    cells.push((Column::Target, &words[at + 1..first]));
    cells.push((Column::Unit, &words[first..unit]));
    // What stands on the line of the last cell belongs to the row; a number on the next line may be the page's.
    let line_end = (unit..rest).find(|&i| words[i].line != words[unit].line).unwrap_or(rest);
    let rest = if line_end - unit == behind.len() { line_end } else { rest };
    let extra = (rest - unit).checked_sub(behind.len())?;
    if extra > 0 && (behind.first() != Some(&Column::Actual) || !torn(unit, unit + extra + 1)) {
        return None;
    }
    let mut from = unit;
    for (i, &column) in behind.iter().enumerate() {
        let to = from + 1 + if i == 0 { extra } else { 0 };
        cells.push((column, &words[from..to]));
        from = to;
    }
    sound(Found { cells, end: rest })
}

/// A row whose weight and score are points.
fn sound<'p, 't>(found: Found<'p, 't>) -> Option<Found<'p, 't>> {
    let is_points = |cell: Cell| cell.len() == 1 && points(cell[0].text).is_some();
    found
        .cells
        .iter()
        .all(|(column, cell)| !matches!(column, Column::Weight | Column::Score) || is_points(cell))
        .then_some(found)
}

/// The cells that begin with the word at `at`, where no sign leads them: each word one cell, weight and score points, a name before.
fn plain<'p, 't>(words: &'p [Word<'t>], at: usize, behind: usize, layout: &Layout) -> Option<Found<'p, 't>> {
    let columns: Vec<Column> = layout
        .columns
        .iter()
        .copied()
        .take(layout.columns.iter().rposition(|column| *column != Column::Other)? + 1)
        .collect();
    let cells: Vec<(Column, &[Word])> = columns
        .iter()
        .enumerate()
        .map(|(i, &column)| Some((column, words.get(at + i..at + i + 1)?)))
        .collect::<Option<_>>()?;
    let end = at + columns.len();
    let is_points = |word: &Word| points(word.text).is_some_and(|points| points <= Decimal::ONE_HUNDRED);
    let scores = cells.iter().all(|(column, cell)| match column {
        Column::Weight | Column::Score => is_points(&cell[0]),
        // Without scores a row is known by two figures with their units.
        Column::Target | Column::Actual => {
            group(cell[0].text).is_none() && (layout.is_scored() || is_figure(cell[0].text))
        }
        _ => true,
    });
    let ends = *columns.last()? != Column::Score
        || words
            .get(end)
            .is_none_or(|word| !is_points(word) || word.line != words[end - 1].line && !layout.a_cell_a_line);
    let named = at > behind && !is_number(words[at - 1].text);
    let ends = ends && (layout.is_scored() || words.get(end).is_none_or(|word| !is_figure(word.text)));
    if !scores || !ends || !named {
        return None;
    }
    // Of a row that is torn over lines only the numbers at its end are certain, and so where the words of a cell are apart.
    let together = layout.a_cell_a_line || words[at..end].iter().all(|word| word.line == words[end - 1].line);
    let figure = |wanted: Column| {
        cells
            .iter()
            .find(|(column, _)| *column == wanted)
            .map(|(_, cell)| cell[0].text.contains(|c: char| c.is_ascii_digit()))
    };
    let alike = figure(Column::Target) == figure(Column::Actual);
    let kept = cells
        .into_iter()
        .filter(|(column, _)| matches!(column, Column::Weight | Column::Score) || together && alike)
        .collect();
    Some(Found { cells: kept, end })
}

/// 产出指标, 效益指标 and the like: the level of a group's name.
fn group(text: &str) -> Option<usize> {
    const OUTER: [&str; 9] = ["产出", "效益", "满意度", "完成", "项目完成", "效果", "项目产出", "项目效益", "产品"];
    const INNER: [&str; 14] = [
        "数量",
        "质量",
        "时效",
        "成本",
        "经济成本",
        "社会成本",
        "生态环境成本",
        "经济效益",
        "社会效益",
        "生态效益",
        "可持续影响",
        "可持续发展",
        "服务对象满意度",
        "满意度",
    ];
    if matches!(text, "经济效益" | "社会效益" | "生态效益" | "可持续影响" | "服务对象满意度") {
        return Some(1);
    }
    let stem = text.strip_suffix("指标")?;
    if OUTER.contains(&stem) { Some(0) } else { INNER.contains(&stem).then_some(1) }
}

/// （50分） behind the name of a group.
fn is_weight(word: &Word) -> bool {
    let inner = word.text.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    inner.and_then(|inner| inner.strip_suffix('分')).is_some_and(|figure| points(figure).is_some())
}

/// The names before a row's cells: the outer and the inner group where it opens them, and its own.
fn names<'t>(words: &[Word<'t>], a_cell_a_line: bool) -> [Vec<Word<'t>>; 3] {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut joined = String::new();
        let end = (at + 1..=words.len().min(at + 6)).find(|&end| {
            joined.push_str(words[end - 1].text);
            group(&joined).is_some()
        });
        match end {
            Some(mut end) => {
                // 社会效益 指标: a short form may go on; and a weight may stand behind the name.
                end += usize::from(words.get(end).is_some_and(|word| word.text == "指标" && !joined.ends_with("指标")));
                end += usize::from(words.get(end).is_some_and(is_weight));
                groups.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    let chain: Vec<std::ops::Range<usize>> = match groups.last() {
        Some(last) => {
            match groups.len().checked_sub(2).map(|i| groups[i].clone()).filter(|before| before.end == last.start) {
                Some(before) => vec![before, last.clone()],
                None => vec![last.clone()],
            }
        }
        None => Vec::new(),
    };
    let start = chain.last().map_or(0, |last| last.end);
    // What is left of the reasons beside the row before ends with a full stop.
    let own = &words[start..];
    let own = &own[own.iter().rposition(|word| word.text.ends_with(['。', '；'])).map_or(0, |last| last + 1)..];
    // Groups of other names print their weight: 投入 | 预算执行（25分） | 预算完成率.
    let weighted = |word: &Word| word.text.ends_with("分）") || word.text.ends_with("分)");
    if a_cell_a_line
        && chain.is_empty()
        && let [before @ .., inner, name] = own
        && weighted(inner)
    {
        let outer = before.last().filter(|word| word.text.chars().count() <= 8);
        return [outer.into_iter().copied().collect(), vec![*inner], vec![*name]];
    }
    let own = if a_cell_a_line { &own[own.len().saturating_sub(1)..] } else { own };
    let text = |range: &std::ops::Range<usize>| words[range.clone()].iter().map(|word| word.text).collect::<String>();
    let (outer, inner) = match &chain[..] {
        [outer, inner] => (words[outer.clone()].to_vec(), words[inner.clone()].to_vec()),
        [one] if group(text(one).split(['（', '(']).next().unwrap_or_default()) == Some(0) => {
            (words[one.clone()].to_vec(), Vec::new())
        }
        [one] => (Vec::new(), words[one.clone()].to_vec()),
        _ => (Vec::new(), Vec::new()),
    };
    [outer, inner, own.to_vec()]
}

/// The rows of money above a form's head.
fn money(text: &str, page: &Page, reader: &mut Reader, lines: std::ops::Range<usize>) {
    let words: Vec<Word> = lines.flat_map(|line| page.line(line).iter().copied()).collect();
    // The nearest head above.
    let Some(rate) = words.iter().rposition(|word| word.text.contains("执行数") || word.text.contains("全年执行"))
    else {
        return;
    };
    let is_cell = |word: &Word| is_number(word.text) || matches!(word.text, "/" | "-" | "—" | "——" | "－");
    let first = rate + words[rate..].iter().position(is_cell).unwrap_or(words.len() - rate);
    let from = rate.saturating_sub(8);
    words[from.saturating_sub(12)..first].iter().for_each(|word| reader.unit(&word.text.replace('(', "（")));
    let parts = funds::order(&joined(&words[from..first]));
    let has = |part| parts.iter().filter(|p| **p == part).count() == 1;
    if !(has(Part::Budget) && has(Part::Executed) && has(Part::Rate)) {
        return;
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
        if name < at && end - at >= 3 {
            let mut cells: Vec<Vec<ByteSpan>> = vec![pieces(&words[name..at])];
            cells.extend(words[at..end].iter().map(|word| vec![word.span]));
            reader.fund(&Row::new(text, index, cells), &parts);
            index += 1;
        }
        behind = end;
        at = end;
    }
}

/// The text of some words without what parts them.
pub fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text).collect()
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
        .map(|line| joined(page.line(line)))
        .find(named)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED: [Column; 6] =
        [Column::Nature, Column::Target, Column::Unit, Column::Actual, Column::Weight, Column::Score];

    fn cells(text: &str) -> Option<Vec<String>> {
        let page = Page::read(text);
        let sign = page.words.iter().position(|word| is_sign(word.text))?;
        let found = signed(&page.words, sign, &SIGNED)?;
        let wanted = [Column::Target, Column::Actual, Column::Weight, Column::Score];
        Some(
            wanted
                .iter()
                .map(|column| {
                    found.cells.iter().find(|(c, _)| c == column).map_or(String::new(), |(_, cell)| joined(cell))
                })
                .collect(),
        )
    }

    #[test]
    fn the_sign_leads_target_actual_weight_and_score() {
        assert_eq!(cells("走访户数 ≥ 5 户 7 5 5").unwrap(), ["5", "7", "5", "5"]);
        assert_eq!(cells("≤ 30000 元 30000 10 10").unwrap(), ["30000", "30000", "10", "10"]);
        assert_eq!(cells("≥ 30 30 10 10").unwrap(), ["30", "30", "10", "10"]);
        assert_eq!(cells("健全性 定性 100 % 100 20 18.5 材料不全").unwrap(), ["100", "100", "20", "18.5"]);
        assert_eq!(cells("≥ 5 户 7 5 5 3"), None);
        assert_eq!(cells("年初预算 3.00 3.00"), None);
    }

    #[test]
    fn a_row_torn_over_lines_is_put_together() {
        assert_eq!(
            cells("≤\n152\n000\n0\n元\n1066135.0\n4\n10 6\n流程未完").unwrap(),
            ["1520000", "1066135.04", "10", "6"]
        );
        assert_eq!(cells("定性\n高中\n低\n中 10 8\n满意度").unwrap(), ["高中低", "中", "10", "8"]);
        assert_eq!(cells("≥ 5 户 7 5 5\n\n34\n\n质量指标").unwrap(), ["5", "7", "5", "5"]);
    }

    #[test]
    fn names_stand_behind_their_groups() {
        let page = Page::read("率\n效益指标\n可持续影\n响指标\n定价机制\n健全性");
        let [outer, inner, name] = names(&page.words, false);
        assert_eq!([joined(&outer), joined(&inner), joined(&name)], ["效益指标", "可持续影响指标", "定价机制健全性"]);
    }
}
