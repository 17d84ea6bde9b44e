//! Tables that arrive as the space-separated rows of a PDF, with the blank cells gone and the head broken over many lines.
//!
//! A row is read as it stands: a code, a name, figures, and the same again for the list beside it. Where a row has as many figures as its
//! panel has columns, each has its column; else they stay loose until the arithmetic of the accounts tells (`facts::columns`).

use super::broken;
use super::figure::{Look, look, ordinal};
use super::head::is_item;
use super::wrapped::{self, Segment, Word, is_name, leads_with_code};
use super::{Code, Column, Content, Panel, Row};
use crate::document::line::{Line, LineKind};
use crate::source::ByteSpan;
use crate::taxonomy::tables::HEADS;
use std::borrow::Cow;
use std::ops::Range;

/// A table by its printed rows.
#[derive(Debug)]
pub struct Sheet {
    panels: Vec<Panel>,
    printed: Vec<Vec<ByteSpan>>,
}

impl Sheet {
    /// The rows as they are shown: the head's words; code, name and figures, without the blanks that are lost.
    pub fn rows_as_printed(&self) -> Vec<Vec<ByteSpan>> {
        self.printed.clone()
    }

    /// Whether it has so few rows that it may be no table, but the end of one.
    pub fn is_short(&self) -> bool {
        let alone = self.panels.len() == 1 && self.panels[0].rows.len() == 1 && self.panels[0].rows[0].label.is_empty();
        !alone && self.panels.iter().map(|panel| panel.rows.len()).sum::<usize>() < 3
    }

    /// Whether another has the same columns.
    pub fn has_columns_of(&self, other: &Sheet) -> bool {
        let columns = |sheet: &Sheet| sheet.panels.iter().map(|panel| panel.columns.clone()).collect::<Vec<_>>();
        columns(self) == columns(other)
    }

    /// The table's panels.
    pub fn panels(self) -> Vec<Panel> {
        self.panels
    }
}

/// Reads the lines of a table.
pub fn read(text: &str, lines: &[Line], region: Range<usize>) -> Option<Sheet> {
    let lines: Vec<Vec<Word>> = lines[region]
        .iter()
        .filter(|line| line.kind == LineKind::Text)
        .map(|line| wrapped::words(text, line.span))
        .collect();
    // 10 alone on a line is the number of the page.
    let lines: Vec<Vec<Word>> = lines
        .into_iter()
        .filter(|words| words.len() > 1 || words.first().is_some_and(|word| ordinal(&word.text).is_none()))
        .collect();
    let mut lines = lines;
    let mut body = lines.iter().position(|words| is_body(words))?;
    // The rest of a row that the page before has torn, which has its figures and not its code.
    body -= lines[..body].iter().rev().take_while(|words| is_rest_of_row(words)).count();
    let pieces = head_pieces(&mut lines[body]);
    // The head covers cells of that row then: nothing says which.
    let covered = !pieces.is_empty();
    if covered {
        lines.insert(body, pieces);
        body += 1;
    }
    let first = body;
    let read_head = |body: usize| Head::read(&lines[..body], &lines[first]);
    let mut head = read_head(body);
    // A name of the first row may begin above its figures, and then it goes on below them.
    let below = lines[body + 1..].iter().take_while(|words| is_name(words)).count();
    if leads_with_code(&lines[body]) || head.as_ref().is_none_or(|head| head.unclear) {
        let is_piece = |words: &&Vec<Word>| is_name(words) && words.len() <= 3 && !scan(&words[0].text).1;
        let above = lines[..body].iter().rev().take(below).take_while(is_piece).count();
        let without = read_head(body - above);
        if above > 0 && (leads_with_code(&lines[body]) || without.as_ref().is_some_and(|head| !head.unclear)) {
            body -= above;
            head = without;
        }
    }
    let head = head?;
    let rest: Vec<&[Word]> = lines[body..]
        .iter()
        .filter(|words| !repeats_head(&lines[..body], words))
        .map(|words| behind_head(words))
        .collect();
    let widths: Vec<usize> = head.panels.iter().map(|(_, columns)| columns.len()).collect();
    let mut rows = wrapped::rows(&rest, &widths);
    if covered && let Some(total) = rows.first_mut().and_then(|row| row.first_mut()) {
        total.unread = true;
    }
    let mut panels: Vec<Panel> = head
        .panels
        .iter()
        .map(|(path, columns)| Panel { head: path.clone(), columns: columns.clone(), ..Panel::default() })
        .collect();
    let mut printed: Vec<Vec<ByteSpan>> =
        lines[..body].iter().map(|words| words.iter().map(|word| word.span).collect()).collect();
    let mut numbers = LineNumbers { last: vec![None; panels.len()] };
    for mut segments in rows {
        printed.push(segments.iter().flat_map(|segment| segment.printed(text)).collect());
        if head.has_line_numbers {
            numbers.take_from(&mut segments);
        }
        place(text, segments, printed.len() - 1, &head, &mut panels);
    }
    Some(Sheet { panels, printed })
}

/// The columns of amounts of a table with one list, by the order of its head's words.
pub fn amounts(head: &[Vec<Cow<str>>], first: &[Cow<str>]) -> Option<Vec<Vec<String>>> {
    fn words<'t>(row: &'t [Cow<str>]) -> Vec<Word<'t>> {
        let word = |cell: &'t Cow<str>| Word { span: ByteSpan::default(), text: Cow::Borrowed(cell), look: look(cell) };
        row.iter().filter(|cell| !cell.is_empty()).map(word).collect()
    }
    let lines: Vec<Vec<Word>> = head.iter().map(|row| words(row)).collect();
    let head = Head::read(&lines, &words(first)).filter(|head| !head.unclear && !head.has_line_numbers)?;
    match &head.panels[..] {
        [(_, columns)] => Some(columns.iter().map(|column| column.path.clone()).collect()),
        _ => None,
    }
}

/// 类 款 项 合计 12.34: the last row of the head on the line of the first row.
fn behind_head<'w, 't>(words: &'w [Word<'t>]) -> &'w [Word<'t>] {
    let skip = words.iter().take_while(|word| matches!(word.text.as_ref(), "类" | "款" | "项")).count();
    &words[skip..]
}

/// 合计 0 20.00 合计 基本支出 项目支出 0: words of a head whose cell reaches down to the line of the total, taken from it.
fn head_pieces<'t>(words: &mut Vec<Word<'t>>) -> Vec<Word<'t>> {
    let total = words.first().is_some_and(|word| matches!(word.text.as_ref(), "合计" | "总计"));
    let is_piece = |word: &Word| word.look == Look::Words && HEADS.contains(&word.text.as_ref());
    let behind: Vec<&Word> = words.iter().skip(1).filter(|word| word.look == Look::Words).collect();
    if !total || behind.len() < 2 || !behind.iter().all(|word| is_piece(word)) || words.get(1).is_some_and(is_piece) {
        return Vec::new();
    }
    let mut rest = words.split_off(1);
    let pieces: Vec<Word> = rest.iter().filter(|word| word.look == Look::Words).cloned().collect();
    rest.retain(|word| word.look != Look::Words);
    words.append(&mut rest);
    pieces
}

/// A line of the table itself: a code or an item with a name, or a total with figures.
fn is_body(words: &[Word]) -> bool {
    let words = behind_head(words);
    let Some(first) = words.first() else { return false };
    let figures = words.iter().any(|word| word.look == Look::Figure && word.text.contains('.'));
    let only_figures = words.iter().all(|word| word.look == Look::Figure || word.look == Look::Blank);
    wrapped::has_code(words)
        || (only_figures && figures && words.len() >= 6)
        || is_item(&first.text)
        || (matches!(first.text.as_ref(), "合计" | "总计") && figures)
}

/// A name with figures behind it, and nothing else.
fn is_rest_of_row(words: &[Word]) -> bool {
    let figures = words.iter().skip_while(|word| word.look == Look::Words);
    words.first().is_some_and(|word| word.look == Look::Words)
        && figures.clone().all(|word| word.look == Look::Figure)
        && figures.filter(|word| word.text.contains('.')).count() > 1
}

/// A line of the head again, at the top of a page.
fn repeats_head(head: &[Vec<Word>], words: &[Word]) -> bool {
    let is_same = |line: &Vec<Word>| line.iter().map(|word| &word.text).eq(words.iter().map(|word| &word.text));
    column_numbers(words) > 1 || head.iter().any(is_same)
}

/// The 行次 of each panel, which count its rows.
struct LineNumbers {
    last: Vec<Option<u32>>,
}

impl LineNumbers {
    /// Takes the line numbers out of a row's figures: the first behind each name, and the next one of the panel beside, which a row without a
    /// name there still prints.
    fn take_from(&mut self, segments: &mut [Segment]) {
        for (at, segment) in segments.iter_mut().enumerate() {
            let figures = &mut segment.figures;
            let Some(own) = figures.first().and_then(|figure| ordinal(&figure.text)) else { continue };
            figures.remove(0);
            if let Some(last) = self.last.get_mut(at) {
                *last = Some(own);
            }
            let beside = figures.last().and_then(|figure| ordinal(&figure.text));
            if let Some(last) = self.last.get_mut(at + 1)
                && beside.is_some_and(|beside| last.is_some_and(|last| last + 1 == beside))
            {
                figures.pop();
                *last = beside;
            }
        }
    }
}

/// Puts the segments of a row into their panels.
fn place(text: &str, segments: Vec<Segment>, index: usize, head: &Head, panels: &mut [Panel]) {
    let alone = segments.len() == 1;
    // Figures of nobody may be of any list.
    let anywhere = alone && segments[0].unread && segments[0].code.is_none();
    let segments = if anywhere { vec![segments[0].clone(); panels.len()] } else { segments };
    for (at, segment) in segments.into_iter().enumerate() {
        let named = !segment.mixed;
        let label: String = segment.name.iter().filter(|_| named).map(|word| word.text.as_ref()).collect();
        // With its left neighbour blank, a row of the right side stands alone.
        let right =
            alone && panels.len() == 2 && segment.code.is_none() && (label.ends_with("支出") || label.contains("年末"));
        // Behind the last list there is none: what stands there was not understood.
        let beyond = at >= panels.len() && !segment.figures.is_empty();
        let at = if beyond { panels.len() - 1 } else { at };
        let Some(panel) = panels.get_mut(if right { 1 } else { at }) else { continue };
        let width = panel.columns.len();
        let content =
            |figure: &Word| if figure.look == Look::Blank { Content::Blank } else { Content::Figure(figure.span) };
        let printed: Vec<Content> = segment.figures.iter().map(content).collect();
        let figures: Vec<ByteSpan> =
            segment.figures.iter().filter(|figure| figure.look != Look::Blank).map(|figure| figure.span).collect();
        let (cells, loose) = if segment.unread || beyond {
            (vec![Content::Unsure; width], Vec::new())
        } else if head.unclear {
            // Only the first column, the total, is certain; behind it may stand groups of columns that add up.
            let total = figures.first().map_or(Content::Blank, |&span| Content::Figure(span));
            let behind = figures.into_iter().skip(1).filter(|_| head.in_groups);
            (vec![total], behind.collect())
        } else if printed.len() == width {
            (printed, Vec::new())
        } else if figures.is_empty() {
            (vec![Content::Blank; width], Vec::new())
        } else if figures.len() < width {
            (vec![Content::Unsure; width], figures)
        } else {
            (vec![Content::Unsure; width], Vec::new())
        };
        let label_span = if named { segment.name_span(text) } else { ByteSpan::default() };
        let code =
            segment.code.filter(|_| !beyond).map(|code| Code { digits: code.text.into_owned(), span: code.span });
        if code.is_some() || !label.is_empty() || cells.iter().any(|cell| *cell != Content::Blank) {
            panel.rows.push(Row { code, label, label_span, cells, rates: Vec::new(), loose, index });
        }
    }
}

/// The head by its words.
struct Head {
    panels: Vec<(Vec<String>, Vec<Column>)>,
    has_line_numbers: bool,
    /// Whether its words do not tell the columns.
    unclear: bool,
    /// Whether its words name more than one group of columns with a sum of its own.
    in_groups: bool,
}

impl Head {
    fn read(lines: &[Vec<Word>], first: &[Word]) -> Option<Head> {
        let numbered: usize = lines.iter().map(|words| column_numbers(words)).max().unwrap_or(0);
        let chars: String =
            lines.iter().filter(|words| column_numbers(words) == 0).flatten().map(|word| word.text.as_ref()).collect();
        let (heads, known) = scan(&chars);
        let has_line_numbers = heads.contains(&"行次");
        let panels = if known {
            sangong(&heads).map_or_else(|| panels(&heads), |columns| vec![(Vec::new(), columns)])
        } else {
            Vec::new()
        };
        let count: usize = panels.iter().map(|(_, columns)| columns.len()).sum();
        if count > 0 && (numbered == 0 || numbered == count) {
            return Some(Head { panels, has_line_numbers, unclear: false, in_groups: false });
        }
        let first = behind_head(first).first();
        let has_code = first.is_some_and(|word| word.look == Look::Code);
        // 合计 over codes as well.
        let codes = has_code || first.is_some_and(|word| word.text == "合计");
        if let Some(panels) = broken::panels(lines, codes) {
            return Some(Head { panels, has_line_numbers: false, unclear: false, in_groups: false });
        }
        // Where a table lists codes, its first figure is the total whatever else stands behind it.
        let total = Column { path: vec!["合计".to_owned()], index: 0 };
        (codes && chars.contains("合计")).then(|| Head {
            panels: vec![(Vec::new(), vec![total])],
            has_line_numbers,
            unclear: true,
            in_groups: chars.matches("小计").count() > 1,
        })
    }
}

/// How many columns a line numbers: 栏次 1 2 3.
fn column_numbers(words: &[Word]) -> usize {
    let row = words.iter().map(|word| word.text.as_ref());
    if super::head::is_number_row(row) { words.iter().filter(|word| ordinal(&word.text).is_some()).count() } else { 0 }
}

/// Reads the characters of a head as words of the forms; whether they are nothing else.
fn scan(chars: &str) -> (Vec<&'static str>, bool) {
    let mut heads = Vec::new();
    let mut rest = chars;
    let mut unknown = 0;
    while let Some(c) = rest.chars().next() {
        // Few heads begin alike: the last byte of their first characters tells most of them apart.
        let alike = HEADS.iter().filter(|head| head.as_bytes().get(2) == rest.as_bytes().get(2));
        match alike.filter(|head| rest.starts_with(**head)).max_by_key(|head| head.len()) {
            Some(head) => {
                heads.push(*head);
                rest = &rest[head.len()..];
            }
            None => {
                let aside = ["其中", "：", "类", "款", "项"].into_iter().find(|aside| rest.starts_with(aside));
                unknown += usize::from(aside.is_none());
                rest = &rest[aside.map_or(c.len_utf8(), str::len)..];
            }
        }
    }
    (heads, unknown == 0)
}

fn is_code_head(head: &str) -> bool {
    head.ends_with("编码") || head.ends_with("代码") || head == "类款项"
}

fn is_name_head(head: &str) -> bool {
    matches!(head, "科目名称" | "项目" | "项目名称")
}

/// The columns of the table of the 三公, which names no rows: 合计, 出国, 公务用车 (小计, 购置, 运行) and 接待, of the budget and of the
/// accounts, and of the accounts by budgets (其中：一般公共预算财政拨款).
fn sangong(heads: &[&'static str]) -> Option<Vec<Column>> {
    if heads.iter().any(|head| is_name_head(head) || is_code_head(head)) {
        return None;
    }
    let named = |is: &dyn Fn(&str) -> bool| heads.iter().copied().filter(|head| is(head)).collect::<Vec<&str>>();
    let bases = named(&|head| head.ends_with("预算数") || head.ends_with("决算数"));
    let budgets = named(&|head| head.contains("一般公共预算") || head.contains("政府性基金"));
    let groups: Vec<Vec<&str>> = match bases.last() {
        None => vec![budgets.clone()],
        Some(last) => {
            bases.iter().map(|base| vec![*base]).chain(budgets.iter().map(|budget| vec![*last, *budget])).collect()
        }
    };
    if heads.len() != bases.len() + budgets.len() + groups.len() * 7 {
        return None;
    }
    let abroad = named(&|head| head.contains("出国"));
    let vehicles = named(&|head| head.contains("购置及运行"));
    let purchase = named(&|head| head.ends_with("购置费"));
    let running = named(&|head| head.contains("运行") && !head.contains("购置"));
    let reception = named(&|head| head.contains("接待"));
    let mut paths: Vec<Vec<String>> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let vehicles = *vehicles.get(at)?;
        let columns: [&[&str]; 6] = [
            &["合计"],
            &[abroad.get(at)?],
            &[vehicles, "小计"],
            &[vehicles, purchase.get(at)?],
            &[vehicles, running.get(at)?],
            &[reception.get(at)?],
        ];
        paths.extend(columns.map(|path| group.iter().chain(path).map(|head| (*head).to_owned()).collect()));
    }
    Some(columns(paths))
}

/// The columns of each panel, by the order of the head's words.
fn panels(heads: &[&'static str]) -> Vec<(Vec<String>, Vec<Column>)> {
    let heads: Vec<&str> = heads.iter().copied().filter(|head| !matches!(*head, "行次" | "栏次" | "备注")).collect();
    let named = heads.iter().filter(|head| **head == "科目名称").count();
    let name = if named > 0 { "科目名称" } else { "项目" };
    let starts: Vec<usize> = (0..heads.len()).filter(|&at| heads[at] == name).collect();
    let amounts = |from: usize, to: usize| {
        heads[from..to].iter().copied().filter(|head| !is_code_head(head) && !is_name_head(head)).collect::<Vec<&str>>()
    };
    let Some(&first) = starts.first() else { return Vec::new() };
    if starts.len() == 1 {
        // One list: what stands before its name in the head's order belongs to it as well.
        let paths = grouped(&amounts(0, heads.len()));
        return vec![(Vec::new(), columns(paths))];
    }
    let above = amounts(0, first);
    starts
        .iter()
        .enumerate()
        .map(|(at, &start)| {
            let end = starts.get(at + 1).copied().unwrap_or(heads.len());
            let group = if above.len() == starts.len() { vec![above[at].to_owned()] } else { Vec::new() };
            (group, columns(grouped(&amounts(start, end))))
        })
        .collect()
}

/// Columns in the order of their heads.
pub fn columns(paths: Vec<Vec<String>>) -> Vec<Column> {
    paths.into_iter().enumerate().map(|(index, path)| Column { path, index }).collect()
}

/// Heads in reading order, upper row first: groups before the blocks of columns under them (小计 基本支出 项目支出, once for each group).
fn grouped(heads: &[&str]) -> Vec<Vec<String>> {
    let own = |head: &str| vec![head.to_owned()];
    let is_sum = |head: &str| matches!(head, "小计" | "合计");
    // The last 小计 or 合计 that is not the first head begins the last block.
    let Some(last) = (1..heads.len()).rev().find(|&at| is_sum(heads[at])) else {
        return heads.iter().map(|head| own(head)).collect();
    };
    let block = &heads[last..];
    let mut start = last;
    while start >= block.len() && heads[start - block.len()..start] == *block {
        start -= block.len();
    }
    let repeats = (heads.len() - start) / block.len();
    let before = &heads[..start];
    let groups: Vec<usize> = if repeats == 1 {
        let parent = |name: &str| before.iter().position(|head| *head == name);
        let kinds = block.contains(&"人员经费") || block.contains(&"公用经费");
        (if kinds { parent("基本支出") } else { parent("本年支出") }).into_iter().collect()
    } else {
        (before.len().saturating_sub(repeats)..before.len()).collect()
    };
    if groups.len() != repeats {
        return heads.iter().map(|head| own(head)).collect();
    }
    let mut paths = Vec::new();
    for (at, head) in before.iter().enumerate() {
        if groups.contains(&at) {
            paths.extend(block.iter().map(|below| vec![(*head).to_owned(), (*below).to_owned()]));
        } else {
            paths.push(own(head));
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::line::lines;

    fn heads(text: &str) -> Vec<String> {
        let (heads, known) = scan(text);
        assert!(known, "{text}");
        panels(&heads)
            .iter()
            .flat_map(|(group, columns)| columns.iter().map(move |c| format!("{}{}", group.join(""), c.path.join(">"))))
            .collect()
    }

    #[test]
    fn reads_heads_that_a_page_has_broken() {
        assert_eq!(
            heads("收入支出项目行次金额项目行次合计一般公共预算财政拨款政府性基金预算财政拨款"),
            ["收入金额", "支出合计", "支出一般公共预算财政拨款", "支出政府性基金预算财政拨款"]
        );
        assert_eq!(
            heads("科目编码科目名称年初结转和结余本年收入本年支出年末结转和结余合计基本支出项目支出"),
            ["年初结转和结余", "本年收入", "本年支出>合计", "本年支出>基本支出", "本年支出>项目支出", "年末结转和结余"]
        );
        assert_eq!(
            heads(
                "项目行次合计一般公共预算政府性基金预算经济分类科目编码科目名称小计基本支出项目支出小计基本支出项目支出"
            ),
            [
                "合计",
                "一般公共预算>小计",
                "一般公共预算>基本支出",
                "一般公共预算>项目支出",
                "政府性基金预算>小计",
                "政府性基金预算>基本支出",
                "政府性基金预算>项目支出"
            ]
        );
    }

    #[test]
    fn the_three_public_expenses_name_no_rows() {
        let text = "预算数 决算数\n合计 因公出国（境）费 公务用车购置及运行费 公务接待费 合计 因公出国（境）费 公务用车购置及运行费 公务接待费\n小计 公务用车购置费 公务用车运行费 小计 公务用车购置费 公务用车运行费\n1 2 3 4 5 6 7 8 9 10 11 12\n9.00 - 6.00 - 6.00 3.00 7.00 - 5.00 - 5.00 2.00";
        let lines = lines(text);
        let sheet = read(text, &lines, 0..lines.len()).unwrap();
        let panel = &sheet.panels[0];
        assert_eq!(panel.columns[10].path, ["决算数", "公务用车购置及运行费", "公务用车运行费"]);
        assert!(matches!(panel.rows[0].cells[..3], [Content::Figure(_), Content::Blank, Content::Figure(_)]));
    }

    #[test]
    fn reads_lists_side_by_side_and_wrapped_names() {
        let text = "人员经费 公用经费\n科目编码 科目名称 决算数 科目编码 科目名称 决算数\n301 工资福利支出 12.00 302 商品和服务支出 7.00\n30108 机关事业单位基本养\n老保险缴费 12.00 30201 办公费 7.00\n5\n人员经费合计 12.00 公用经费合计 7.00";
        let lines = lines(text);
        let sheet = read(text, &lines, 0..lines.len()).unwrap();
        let names: Vec<Vec<&str>> =
            sheet.panels.iter().map(|panel| panel.rows.iter().map(|row| row.label.as_str()).collect()).collect();
        assert_eq!(
            names,
            [
                ["工资福利支出", "机关事业单位基本养老保险缴费", "人员经费合计"],
                ["商品和服务支出", "办公费", "公用经费合计"]
            ]
        );
    }
}
