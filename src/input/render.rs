//! The text that a structured report stands for.

use super::{Input, Scorecard, Section, Table, Text, Unit};
use crate::document::{is_numbered, parts_cells};
use serde::Serialize;

/// The text of a structured report, and where each piece of it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The text to check.
    pub text: String,
    /// Where its words come from, in the order of the text.
    pub origins: Vec<Origin>,
}

/// A stretch of the text and the value in the JSON that it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The first UTF-16 code unit in the text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The value's path in the JSON: `$.tables[2].rows[5][1]`.
    pub path: String,
    /// The value's 1-based line in the JSON.
    pub line: usize,
    /// The value's 1-based column, in characters.
    pub column: usize,
}

impl Reading {
    /// The value that the code unit at `offset` belongs to, as the spans of a report count it.
    pub fn origin(&self, offset: usize) -> Option<&Origin> {
        let behind = self.origins.partition_point(|origin| origin.start <= offset);
        self.origins[..behind].last().filter(|origin| offset < origin.end)
    }
}

/// Writes the text: the tables, the prose, then each scoring form as an annex.
pub fn render(input: &Input) -> Reading {
    let mut writer = Writer::default();
    match &input.title {
        Some(title) => writer.line(&[Piece::Of(title)]),
        None => writer.title(input),
    }
    for table in &input.tables {
        writer.table(table, input);
    }
    for (index, section) in input.sections.iter().enumerate() {
        writer.section(section, index);
    }
    for (index, card) in input.scorecards.iter().enumerate() {
        writer.line(&[Piece::Own(&format!("附件{}", index + 1))]);
        writer.card(card);
    }
    Reading { text: writer.text, origins: writer.origins }
}

/// Words of the input, or of the form around them.
#[derive(Clone, Copy)]
enum Piece<'t> {
    Of(&'t Text),
    Own(&'t str),
}

impl Piece<'_> {
    fn is_blank(self) -> bool {
        match self {
            Piece::Of(text) => text.words.trim().is_empty(),
            Piece::Own(words) => words.is_empty(),
        }
    }
}

impl<'t> From<&'t Option<Text>> for Piece<'t> {
    fn from(text: &'t Option<Text>) -> Self {
        text.as_ref().map_or(Piece::Own(""), Piece::Of)
    }
}

#[derive(Default)]
struct Writer {
    text: String,
    /// The length of the text in UTF-16 code units.
    units: usize,
    origins: Vec<Origin>,
}

impl Writer {
    fn push(&mut self, words: &str) {
        self.text.push_str(words);
        self.units += words.chars().map(char::len_utf16).sum::<usize>();
    }

    fn piece(&mut self, piece: Piece) {
        match piece {
            Piece::Own(words) => self.push(words),
            Piece::Of(text) => {
                let start = self.units;
                let words: String = text.words.chars().map(inner).collect();
                self.push(words.trim());
                let (line, column) = text.place;
                self.origins.push(Origin { start, end: self.units, path: text.path.clone(), line, column });
            }
        }
    }

    fn line(&mut self, pieces: &[Piece]) {
        pieces.iter().for_each(|piece| self.piece(*piece));
        self.push("\n");
    }

    /// A row of cells. One that holds a single word gets a dash for its last blank cell: it would be a line of words otherwise.
    fn row(&mut self, cells: &[Piece]) {
        let filled = cells.iter().filter(|cell| !cell.is_blank()).count();
        let dash = if filled == 1 { cells.iter().rposition(|cell| cell.is_blank()) } else { None };
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.push("\t");
            }
            self.piece(if dash == Some(index) { Piece::Own("-") } else { *cell });
        }
        self.push("\n");
    }

    fn title(&mut self, input: &Input) {
        if input.unit.is_some() || input.year.is_some() {
            let year = input.year.map_or(String::new(), |year| format!("{}年度", year.0));
            self.line(&[(&input.unit).into(), Piece::Own(&year), Piece::Own("部门决算")]);
        }
    }

    fn unit(&mut self, unit: Option<Unit>) {
        if let Some(Unit(unit)) = unit {
            self.line(&[Piece::Own("金额单位："), Piece::Own(unit)]);
        }
    }

    fn table(&mut self, table: &Table, input: &Input) {
        self.push("\n");
        self.line(&[Piece::Of(&table.name)]);
        if let Some(number) = &table.number {
            self.line(&[Piece::Of(number)]);
        }
        if let Some(unit) = &input.unit {
            self.line(&[Piece::Own("部门："), Piece::Of(unit)]);
        }
        if let Some(year) = input.year {
            self.line(&[Piece::Own(&format!("{}年度", year.0))]);
        }
        self.unit(table.unit);
        let rows = || table.head.iter().chain(&table.rows);
        let width = rows().map(Vec::len).max().unwrap_or(0);
        for row in rows() {
            let cells = row.iter().map(Piece::Of);
            self.row(&cells.chain(std::iter::repeat(Piece::Own(""))).take(width).collect::<Vec<_>>());
        }
        self.note(table.note.as_ref());
    }

    fn note(&mut self, note: Option<&Text>) {
        if let Some(note) = note {
            let led = note.words.trim_start().starts_with('注');
            self.line(&[Piece::Own(if led { "" } else { "注：" }), Piece::Of(note)]);
        }
    }

    fn section(&mut self, section: &Section, index: usize) {
        self.push("\n");
        let heading: Vec<char> = section.heading.words.trim().chars().take(8).collect();
        let number = if is_numbered(&heading) { String::new() } else { numeral(index + 1) + "、" };
        self.line(&[Piece::Own(&number), Piece::Of(&section.heading)]);
        for paragraph in &section.paragraphs {
            // A sentence without its stop would run on into the next paragraph.
            let words = paragraph.words.trim();
            let open =
                words.contains(['，', '。', '；', '、', ',']) && !words.ends_with(['。', '；', '：', '！', '？']);
            self.line(&[Piece::Of(paragraph), Piece::Own(if open { "。" } else { "" })]);
        }
    }

    fn card(&mut self, card: &Scorecard) {
        let named = card.title.words.contains('表');
        self.line(&[Piece::Of(&card.title), Piece::Own(if named { "" } else { "自评表" })]);
        self.unit(card.unit);
        let own = Piece::Own;
        if let Some(project) = &card.project {
            self.row(&[own("项目名称"), Piece::Of(project)]);
        }
        if !card.funds.is_empty() {
            let unit = format!("项目资金{}", card.unit.map_or(String::new(), |unit| format!("（{}）", unit.0)));
            let initial = card.funds.iter().any(|fund| fund.initial.is_some());
            let scored = card.funds.iter().any(|fund| fund.weight.is_some());
            let shown: Vec<usize> =
                (0..7).filter(|&cell| (cell != 1 || initial) && (!matches!(cell, 4 | 6) || scored)).collect();
            let heads = [&unit, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"];
            self.row(&shown.iter().map(|&cell| own(heads[cell])).collect::<Vec<_>>());
            for fund in &card.funds {
                let cells: [Piece; 7] = [
                    Piece::Of(&fund.name),
                    (&fund.initial).into(),
                    Piece::Of(&fund.budget),
                    Piece::Of(&fund.executed),
                    (&fund.weight).into(),
                    Piece::Of(&fund.rate),
                    (&fund.score).into(),
                ];
                self.row(&shown.iter().map(|&cell| cells[cell]).collect::<Vec<_>>());
            }
        }
        self.indicators(card);
        self.note(card.note.as_ref());
    }

    fn indicators(&mut self, card: &Scorecard) {
        let rows = &card.indicators;
        let depth = rows.iter().map(|row| row.levels.len()).max().unwrap_or(0);
        if depth == 0 {
            return;
        }
        let heads: Vec<String> = (1..=depth).map(|level| format!("{}级指标", numeral(level))).collect();
        let ruled = rows.iter().any(|row| row.rule.is_some());
        let rule = |cell| ruled.then_some(cell);
        let own = Piece::Own;
        let head = heads.iter().map(|head| own(head)).chain([own("指标值"), own("完成值")]);
        self.row(&head.chain(rule(own("评分标准"))).chain([own("分值"), own("得分")]).collect::<Vec<_>>());
        for row in rows {
            // The name stands in the innermost column, whatever groups are above it.
            let (groups, name) = row.levels.split_at(row.levels.len().saturating_sub(1));
            let blanks = std::iter::repeat_n(own(""), depth - row.levels.len());
            let cells = groups.iter().map(Piece::Of).chain(blanks).chain(name.iter().map(Piece::Of));
            let cells = cells.chain([(&row.target).into(), (&row.actual).into()]).chain(rule((&row.rule).into()));
            self.row(&cells.chain([(&row.weight).into(), (&row.score).into()]).collect::<Vec<_>>());
        }
        if let Some(total) = &card.total {
            let blanks = std::iter::repeat_n(own(""), depth + 1 + usize::from(ruled));
            let numbers = [(&total.weight).into(), (&total.score).into()];
            self.row(&std::iter::once(own("合计")).chain(blanks).chain(numbers).collect::<Vec<_>>());
        }
    }
}

/// A character of a value: neither the end of a line nor the mark of a cell, which would make lines and cells of it.
fn inner(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        c if parts_cells(c) => '/',
        c => c,
    }
}

/// 一 to 九十九.
fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let tens = match n / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS[tens % 10]),
    };
    tens + DIGITS[n % 10]
}
