//! The document: what the text is made of. Headings, paragraphs and tables, in the order of the source, whatever layout it was pasted in.
//!
//! Reading never fails: what is not recognised is a paragraph.

mod contents;
mod flow;
pub mod garbled;
mod line;
mod marker;
mod table;

pub use flow::{COMPARING, Flow, end, ends, is_compared, start, starts, string};
pub use line::parts_cells;
pub use table::{Caption, Code, Column, Content, Panel, Row, Table, scale};

use crate::source::{ByteSpan, Source};
use contents::Contents;
pub use contents::Listed;
use line::{Line, LineKind};
pub use marker::is_numeral;
use marker::{Marker, marker};
use std::rc::Rc;

/// A document's structure.
#[derive(Debug)]
pub struct Document {
    /// The blocks in source order.
    pub blocks: Vec<Block>,
    /// The sections in source order; the first is the text before any heading.
    pub sections: Vec<Section>,
    /// The tables of figures that were understood, in source order.
    pub tables: Vec<Table>,
    /// The tables that the table of contents and lists of tables name, in source order.
    pub listed: Vec<Listed>,
    /// The title, where one was recognised.
    pub title: Option<ByteSpan>,
    /// The year of the accounts: the one that the document names most often.
    pub year: Option<u16>,
}

/// One block of the layout.
#[derive(Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: ByteSpan,
    /// The section that it belongs to; a heading belongs to the section that it opens.
    pub section: usize,
}

/// What a block is.
#[derive(Debug)]
pub enum BlockKind {
    /// A heading, of a level from 1 (第一部分) to 6 (①).
    Heading {
        /// The depth.
        level: u8,
        /// Its text.
        flow: Rc<Flow>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        flow: Rc<Flow>,
        /// How many characters its item number (`1.`, `（2）`) takes.
        marker: usize,
    },
    /// Rows of cells.
    Table {
        /// Each cell's span, empty cells included.
        rows: Vec<Vec<ByteSpan>>,
    },
    /// A page number, a caption, a line of the table of contents.
    Furniture,
}

/// A heading and what stands under it.
#[derive(Debug, Clone)]
pub struct Section {
    /// The heading without its number.
    pub title: String,
    /// Its depth; 0 for the text before any heading.
    pub level: u8,
    /// The section around it.
    pub parent: Option<usize>,
    /// Which report of the document it belongs to: 0 for the main one, more for each annex, whose figures are about its own subject.
    pub scope: usize,
}

impl Document {
    /// Reads a source's structure.
    pub fn read(source: &Source) -> Document {
        let lines = line::lines(source.text());
        let mut builder = Builder::new(source, Wrap::of(&lines, source));
        let found = table::find(source.text(), &lines);
        let mut next = 0;
        for table in &found {
            lines[next..table.lines.start].iter().for_each(|line| builder.push(line));
            builder.table(&table.rows, lines[table.lines.start].span.to(lines[table.lines.end - 1].span));
            next = table.lines.end;
        }
        lines[next..].iter().for_each(|line| builder.push(line));
        drop(lines);
        builder.finish(found)
    }

    /// The block that a place stands in, by its index. A page number between two lines of a paragraph lies within the paragraph.
    pub fn block_at(&self, place: usize) -> Option<usize> {
        let behind = self.blocks.partition_point(|block| block.span.start <= place);
        (0..behind).rev().find(|&block| place < self.blocks[block].span.end)
    }

    /// The titles from the outermost heading to this section's own.
    pub fn path(&self, section: usize) -> Vec<&str> {
        let mut path = Vec::new();
        let mut at = Some(section);
        while let Some(index) = at {
            path.push(self.sections[index].title.as_str());
            at = self.sections[index].parent;
        }
        path.reverse();
        path
    }
}

/// How the text was wrapped.
#[derive(Debug, Clone, Copy)]
struct Wrap {
    /// The width at which lines end anywhere, in columns; none where a line is a paragraph.
    width: Option<u32>,
}

/// Lines narrower than this (in columns) are headings and cells, and say nothing about the page's width.
const SHORTEST: u32 = 44;
/// How much narrower than the widest a full line may be: Chinese punctuation does not begin a line.
const RAGGED: u32 = 6;
/// No page is wider than this; what is longer is a paragraph a line.
const WIDEST: u32 = 130;

impl Wrap {
    /// Text is hard-wrapped where most of its long lines end in the middle of a sentence, at much the same width.
    fn of(lines: &[Line], source: &Source) -> Wrap {
        let long: Vec<&Line> = lines.iter().filter(|l| l.kind == LineKind::Text && l.width >= SHORTEST).collect();
        let mut widths: Vec<u32> = long
            .iter()
            .filter(|l| !line::ends_paragraph(source.slice(l.span)))
            .map(|l| l.width)
            .filter(|&w| w <= WIDEST)
            .collect();
        widths.sort_unstable();
        let near = |full: u32| widths.partition_point(|&w| w <= full) - widths.partition_point(|&w| w + RAGGED < full);
        let Some(full) = widths.iter().copied().max_by_key(|&full| near(full)) else { return Wrap { width: None } };
        let wrapped = widths.len() * 2 >= long.len() && near(full) * 5 >= widths.len() * 2;
        Wrap { width: wrapped.then_some(full) }
    }

    /// Whether the line `next` with its `words` goes on with the paragraph that `line` is in, which ends with `text`.
    fn joins(self, line: &Line, text: &str, next: &Line, words: &str) -> bool {
        if next.opens || line::is_caption(text) {
            return false;
        }
        let full = |slack: u32| self.width.is_some_and(|w| line.width + slack >= w);
        if line::ends_paragraph(text) {
            // A sentence that ends where the page ends says nothing about the paragraph, nor one near it before words that go on.
            // A colon at the page's edge leads on to the next line.
            return match text.chars().next_back() {
                Some('。') => full(1) || full(RAGGED) && line::goes_on(words),
                Some('：' | ':') => full(RAGGED),
                _ => false,
            };
        }
        let mid_sentence = line.has_clauses || text.ends_with('、');
        // A numbered line that nearly fills the page is still a heading, unless it states an amount or names a 类 and 款, as the items of a
        // list do.
        let of_item = || text.contains("类）") || text.contains("万元");
        let slack = || if line.opens && !of_item() { 4 } else { 14 };
        // Where a line is a paragraph, one that ends with a figure has but lost its full stop.
        let ends_with_figure = self.width.is_none() && text.ends_with(['%', '％', '元']);
        (mid_sentence && !ends_with_figure) || (self.width.is_some() && full(slack()))
    }
}

/// Puts lines together.
struct Builder<'s, 't> {
    source: &'s Source<'t>,
    wrap: Wrap,
    document: Document,
    /// The lines of the paragraph that is being read, and the last of them.
    paragraph: Vec<ByteSpan>,
    last: Option<Line>,
    rows: Vec<Line>,
    /// The open sections, outermost first.
    path: Vec<usize>,
    /// The scope that is being read, and how many there are beside the main report's.
    scope: usize,
    scopes: usize,
    /// The last part (第二部分) with the scope that it stands in.
    part: Option<(usize, usize)>,
    years: Vec<(u16, usize)>,
    /// The table of contents, while its entries are read.
    contents: Option<Contents>,
}

impl<'s, 't> Builder<'s, 't> {
    fn new(source: &'s Source<'t>, wrap: Wrap) -> Self {
        let root = Section { title: String::new(), level: 0, parent: None, scope: 0 };
        let document = Document {
            blocks: Vec::new(),
            sections: vec![root],
            tables: Vec::new(),
            listed: Vec::new(),
            title: None,
            year: None,
        };
        Builder {
            source,
            wrap,
            document,
            paragraph: Vec::new(),
            last: None,
            rows: Vec::new(),
            path: vec![0],
            scope: 0,
            scopes: 0,
            part: None,
            years: Vec::new(),
            contents: None,
        }
    }

    fn push(&mut self, line: &Line) {
        match line.kind {
            // A blank line or a page number may stand in the middle of a paragraph or a table; the next line tells.
            LineKind::Blank => {}
            LineKind::Furniture => {
                if let Some(contents) = &mut self.contents {
                    let entry = Flow::read(self.source.text(), &[line.span]);
                    let marker = marker(entry.chars());
                    contents.takes(&entry, marker);
                    self.document.listed.extend(contents::entry(&entry, marker));
                }
                self.add(BlockKind::Furniture, line.span);
            }
            LineKind::Row => {
                self.end_paragraph();
                self.rows.push(*line);
            }
            LineKind::Text => {
                self.end_table();
                let text = self.source.slice(line.span);
                if let Some(last) = &self.last
                    && !self.wrap.joins(last, self.source.slice(last.span), line, text)
                {
                    self.end_paragraph();
                }
                if line::is_caption(text) || line.may_be_caption && table::is_caption(text) {
                    self.end_paragraph();
                    self.add(BlockKind::Furniture, line.span);
                } else {
                    self.paragraph.push(line.span);
                    self.last = Some(*line);
                }
            }
        }
    }

    /// A table that was found in some lines without tabs, whose rows may not have been told apart.
    fn table(&mut self, rows: &[Vec<ByteSpan>], lines: ByteSpan) {
        self.end_paragraph();
        self.end_table();
        let span = rows.iter().flatten().copied().reduce(ByteSpan::to);
        match span {
            Some(span) => self.add(BlockKind::Table { rows: rows.to_vec() }, span),
            None => self.add(BlockKind::Furniture, lines),
        }
    }

    fn finish(mut self, found: Vec<table::Found>) -> Document {
        self.end_paragraph();
        self.end_table();
        self.document.blocks.sort_by_key(|b| b.span.start);
        self.document.blocks.shrink_to_fit();
        self.document.tables = table::read(self.source.text(), &mut self.document.blocks, found);
        self.document
            .tables
            .iter_mut()
            .flat_map(|table| &mut table.panels)
            .for_each(|panel| panel.rows.shrink_to_fit());
        self.document.listed.extend(contents::declared(self.source.text(), &self.document.blocks));
        contents::mention(self.source.text(), &mut self.document.listed);
        self.document.year = self.years.iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| *year);
        self.document
    }

    fn add(&mut self, kind: BlockKind, span: ByteSpan) {
        let section = *self.path.last().unwrap_or(&0);
        self.document.blocks.push(Block { kind, span, section });
    }

    fn end_table(&mut self) {
        let Some((first, last)) = self.rows.first().zip(self.rows.last()) else { return };
        let span = first.span.to(last.span);
        let rows = self.rows.iter().map(|row| cells(self.source.text(), row.span)).collect();
        self.rows.clear();
        self.add(BlockKind::Table { rows }, span);
    }

    fn end_paragraph(&mut self) {
        let Some((first, last)) = self.paragraph.first().zip(self.last.take()) else { return };
        let span = first.to(last.span);
        let flow = Flow::read(self.source.text(), &self.paragraph);
        self.paragraph.clear();
        self.count_years(&flow);
        let marker = marker(flow.chars());
        if self.is_contents(&flow, marker) {
            self.document.listed.extend(contents::entry(&flow, marker));
            return self.add(BlockKind::Furniture, span);
        }
        match marker {
            Some(marker) if is_heading(&flow, marker) => self.heading(flow, marker, span),
            _ if is_title(&flow) => {
                if let Some(start) = self.opening() {
                    self.document.title.get_or_insert(ByteSpan { start: start.unwrap_or(span.start), end: span.end });
                }
                let title = flow.text(0, flow.chars().len());
                // A self-evaluation's own title in the middle of a document opens an annex; the accounts' title may come again.
                let annex = ["自评", "评价", "打分", "完成情况"].iter().any(|word| title.contains(word));
                if annex && self.document.sections.len() > 3 {
                    self.open_annex();
                }
                self.open(Section { title, level: 1, parent: None, scope: self.scope });
                self.add(BlockKind::Heading { level: 1, flow: Rc::new(flow) }, span);
            }
            _ => {
                let marker = marker.map_or(0, |m| m.len);
                self.add(BlockKind::Paragraph { flow: Rc::new(flow), marker }, span);
            }
        }
    }

    /// Whether nothing but the lines of a title (the office, the year) has come so far, and where they begin.
    fn opening(&self) -> Option<Option<usize>> {
        let is_title_line = |block: &Block| match &block.kind {
            BlockKind::Paragraph { flow, marker: 0 } => {
                flow.chars().len() <= 30 && !flow.chars().iter().any(|c| matches!(c, '，' | '。' | '：'))
            }
            BlockKind::Furniture => true,
            _ => false,
        };
        let blocks = &self.document.blocks;
        (blocks.len() <= 6 && blocks.iter().all(is_title_line)).then(|| blocks.first().map(|block| block.span.start))
    }

    /// Follows the table of contents.
    fn is_contents(&mut self, flow: &Flow, marker: Option<Marker>) -> bool {
        if Contents::opens(flow) {
            self.contents = Some(Contents::default());
            return true;
        }
        let taken = self.contents.as_mut().is_some_and(|contents| contents.takes(flow, marker));
        if !taken {
            self.contents = None;
        }
        taken
    }

    fn heading(&mut self, flow: Flow, marker: Marker, span: ByteSpan) {
        let title = flow.text(marker.len, flow.chars().len());
        let title = title.trim_matches(['。', '：', ' ', '.']).to_owned();
        // The part behind the last one goes on with its report, whatever tables (附表1) stood between them.
        if let Some(number) = marker.part {
            if let Some((_, scope)) = self.part.filter(|(last, _)| number == last + 1) {
                self.scope = scope;
            }
            self.part = Some((number, self.scope));
        }
        if marker.annex || (marker.level == 1 && title.contains("附件")) {
            self.open_annex();
        }
        self.open(Section { title, level: marker.level, parent: None, scope: self.scope });
        self.add(BlockKind::Heading { level: marker.level, flow: Rc::new(flow) }, span);
    }

    fn open_annex(&mut self) {
        self.scopes += 1;
        self.scope = self.scopes;
    }

    fn open(&mut self, mut section: Section) {
        while self.path.len() > 1 && self.document.sections[self.path[self.path.len() - 1]].level >= section.level {
            self.path.pop();
        }
        section.parent = self.path.last().copied();
        self.path.push(self.document.sections.len());
        self.document.sections.push(section);
    }

    fn count_years(&mut self, flow: &Flow) {
        for (at, words) in flow.chars().windows(5).enumerate() {
            let ['2', '0', decade, digit, '年'] = words else { continue };
            // 与2022年相比 tells that the accounts are of another year.
            if is_compared(flow.chars(), at) {
                continue;
            }
            if let Some((decade, digit)) = decade.to_digit(10).zip(digit.to_digit(10)) {
                let year = 2000 + (decade * 10 + digit) as u16;
                match self.years.iter_mut().find(|(known, _)| *known == year) {
                    Some((_, count)) => *count += 1,
                    None => self.years.push((year, 1)),
                }
            }
        }
    }
}

/// Whether words begin with the number of a heading: 一、, （一）, 附件1.
pub fn is_numbered(words: &[char]) -> bool {
    marker(words).is_some()
}

/// The cells of a row: what stands between its marks, without the blanks around it. A drawn row begins and ends with a bar.
fn cells(text: &str, row: ByteSpan) -> Vec<ByteSpan> {
    if !text[row.start..row.end].contains(line::parts_cells) {
        let start = |cell: &str| cell.as_ptr() as usize - text.as_ptr() as usize;
        let span = |cell: &str| ByteSpan { start: start(cell), end: start(cell) + cell.len() };
        let row = &text[row.start..row.end];
        let (blanks, commas) = (line::parted_by_blanks(row), line::parted_by_commas(row));
        let cells = if commas.len() > blanks.len() { commas } else { blanks };
        return cells.into_iter().map(span).collect();
    }
    let line = text[row.start..row.end].trim_end_matches(['\r', ' ']);
    let drawn = |c: char| c != '\t' && line::parts_cells(c);
    let line = line.strip_suffix(drawn).unwrap_or(line);
    let inner = line.trim_start_matches(' ');
    let inner = inner.strip_prefix(drawn).unwrap_or(line);
    let from = row.start + (inner.as_ptr() as usize - text[row.start..].as_ptr() as usize);
    let marks = inner.match_indices(line::parts_cells).map(|(at, mark)| (at, at + mark.len()));
    let mut cells = Vec::with_capacity(inner.matches(line::parts_cells).count() + 1);
    let mut start = 0;
    for (end, next) in marks.chain([(inner.len(), inner.len())]) {
        let raw = &inner[start..end];
        let lead = raw.len() - raw.trim_start().len();
        cells.push(ByteSpan { start: from + start + lead, end: from + start + lead + raw.trim().len() });
        start = next;
    }
    cells
}

/// A numbered line is a heading where it is short and states no figure.
fn is_heading(flow: &Flow, marker: Marker) -> bool {
    let rest = &flow.chars()[marker.len..];
    let body = match rest.last() {
        Some('。' | '：' | '.') => &rest[..rest.len() - 1],
        _ => rest,
    };
    let sentence = body.iter().any(|c| matches!(c, '，' | '。' | '；' | '：' | ',' | '!' | '%'));
    !sentence && body.len() <= 45 && !states_figure(body)
}

/// Digits that are no year.
fn states_figure(chars: &[char]) -> bool {
    let mut i = 0;
    while i < chars.len() {
        let digits = chars[i..].iter().take_while(|c| c.is_ascii_digit()).count();
        if digits > 0 && chars.get(i + digits) != Some(&'年') {
            return true;
        }
        i += digits.max(1);
    }
    false
}

/// An unnumbered line that names a report or a scoring form.
fn is_title(flow: &Flow) -> bool {
    const KINDS: [&str; 13] = [
        "自评报告",
        "评价报告",
        "自评表",
        "评价表",
        "打分表",
        "完成情况表",
        "决算公开说明",
        "决算情况说明",
        "决算说明",
        "决算公开",
        "决算报告",
        "部门决算",
        "单位决算",
    ];
    let chars = flow.chars();
    if chars.len() > 60 || chars.iter().any(|c| matches!(c, '，' | '。' | '；' | '：' | '、' | '《')) {
        return false;
    }
    let bare = chars.split(|c| *c == '（').next().unwrap_or(chars);
    let is_kind = |words: &[char]| end(words, KINDS).is_some();
    is_kind(bare) || bare.len() < chars.len() && is_kind(chars)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Vec<String> {
        let source = Source::new(text);
        let document = Document::read(&source);
        document
            .blocks
            .iter()
            .map(|block| match &block.kind {
                BlockKind::Heading { level, flow } => format!("{level} {}", flow.text(0, flow.chars().len())),
                BlockKind::Paragraph { flow, .. } => flow.text(0, flow.chars().len()),
                BlockKind::Table { rows } => format!("{}x{}", rows.len(), rows.iter().map(Vec::len).max().unwrap_or(0)),
                BlockKind::Furniture => "-".to_owned(),
            })
            .collect()
    }

    #[test]
    fn joins_wrapped_lines_across_blank_lines_and_page_numbers() {
        let text = "一、支出决算情况说明\n\n2023 年本年支出合计 1198.42 万元，其中：基本支出881.10万\n\n- 8 -\n\n元，占 73.52%；项目支出 317.32 万元，占 26.48%；上缴上级支\n\n出 0 万元，占 0%。\n\n二、其他";
        assert_eq!(
            outline(text),
            [
                "2 一、支出决算情况说明",
                "2023年本年支出合计1198.42万元，其中：基本支出881.10万元，占73.52%；项目支出317.32万元，占26.48%；上缴上级支出0万元，占0%。",
                "-",
                "2 二、其他"
            ]
        );
    }

    #[test]
    fn keeps_paragraphs_apart() {
        let text = "基本支出12万元，其中：\n\n人员经费7万元。\n\n公用经费5万元。\n（一）“三公”经费\n甲\t乙\n1\t2\n丙";
        assert_eq!(
            outline(text),
            ["基本支出12万元，其中：", "人员经费7万元。", "公用经费5万元。", "3 （一）“三公”经费", "2x2", "丙"]
        );
    }

    #[test]
    fn a_drawn_table_is_rows_of_cells() {
        let text = "| 科目 | 合计 | 基本 |\n|---|---|---|\n| 合计 | 3.00 | |\n甲|乙|丙|丁";
        assert_eq!(outline(text), ["3x4", "-"]);
        let cells: Vec<&str> = cells("| 合计 | 3.00 | |", ByteSpan { start: 0, end: "| 合计 | 3.00 | |".len() })
            .iter()
            .map(|cell| &"| 合计 | 3.00 | |"[cell.start..cell.end])
            .collect();
        assert_eq!(cells, ["合计", "3.00", ""]);
    }

    #[test]
    fn an_annex_is_a_scope_of_its_own() {
        let source = Source::new("第一部分 概况\n一、职责\n第四部分 附件\n附件1\n一、概况");
        let document = Document::read(&source);
        let scopes: Vec<usize> = document.sections.iter().map(|s| s.scope).collect();
        assert_eq!(scopes, [0, 0, 0, 1, 2, 2]);
    }

    #[test]
    fn the_next_part_goes_on_with_its_report() {
        let source =
            Source::new("第二部分 决算表\n附表1\n附表2\n第三部分 情况说明\n一、总体情况\n第四部分 附件\n第一部分 概况");
        let document = Document::read(&source);
        let scopes: Vec<usize> = document.sections.iter().map(|s| s.scope).collect();
        assert_eq!(scopes, [0, 0, 1, 2, 0, 0, 3, 3]);
    }
}
