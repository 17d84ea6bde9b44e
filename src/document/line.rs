//! The lines of the source, each with what it looks like by itself.

use super::flow::plain;
use super::marker::{is_numeral, marker};
use crate::source::{ByteSpan, columns, is_without_width};

/// A line without the blanks around it.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// The text between the blanks.
    pub span: ByteSpan,
    /// What it looks like.
    pub kind: LineKind,
    /// Its width in half-width columns.
    pub width: u32,
    /// Whether it opens something of its own, as words do that begin with a number or a caption's name.
    pub opens: bool,
    /// Whether it can be a table's caption: it has a character that all captions have.
    pub may_be_caption: bool,
    /// Whether it has a mark that parts clauses.
    pub has_clauses: bool,
    /// Whether a tab stood before it, or it is nothing behind one.
    pub led_by_tab: bool,
}

/// The characters of a line that tell what it may be. Many questions are asked of every line; one look at its characters answers most.
#[derive(Default)]
struct Look {
    width: usize,
    tabs: bool,
    bars: bool,
    leaders: bool,
    clauses: bool,
    captions: bool,
}

impl Look {
    fn at(line: &str) -> Look {
        let mut look = Look::default();
        for c in line.chars() {
            match c {
                '\t' => look.tabs = true,
                '.' | '…' => look.leaders = true,
                '，' | '。' | '；' | ',' => look.clauses = true,
                '表' | '位' => look.captions = true,
                _ => look.bars |= parts_cells(c),
            }
            look.width += columns(c);
        }
        look
    }
}

/// What a line looks like by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Nothing but blanks.
    Blank,
    /// A page number, a rule, a line of a table of contents.
    Furniture,
    /// Cells between tabs.
    Row,
    /// Words.
    Text,
}

/// Parts the source into lines.
pub fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    let lines = text.split('\n').map(|raw| {
        let start = at;
        at += raw.len() + 1;
        read(raw, start)
    });
    let mut lines: Vec<Line> = lines.collect();
    if text.contains('\t') {
        rows_without_tabs(text, &mut lines);
    }
    rows_of_commas(text, &mut lines);
    if text.contains(is_bar) { join_rows(text, lines) } else { lines }
}

/// The fewest rows, and the fewest cells of each, that commas make a table of.
const FEWEST_ROWS: usize = 3;
const FEWEST_CELLS: usize = 3;

/// Lines with as many commas each are rows, as a program of tables saves them: a head of words, and figures in every row below it. The commas
/// of figures themselves part no words.
fn rows_of_commas(text: &str, lines: &mut [Line]) {
    let cells = |line: &Line| {
        let row = &text[line.span.start..line.span.end];
        let may_be = line.kind == LineKind::Text && row.contains(',') && !row.contains(['，', '。', '；', '：']);
        may_be.then(|| parted_by_commas(row)).filter(|cells| cells.len() >= FEWEST_CELLS)
    };
    let is_name = |cell: &&str| !cell.is_empty() && !cell.contains(|c: char| c.is_ascii_digit());
    let mut at = 0;
    while at < lines.len() {
        let head = cells(&lines[at]).filter(|cells| cells.iter().all(is_name));
        let Some(width) = head.map(|head| head.len()) else {
            at += 1;
            continue;
        };
        let is_mixed = |cell: &&str| cell.contains(' ') && cell.contains(|c: char| c.is_ascii_digit());
        let is_row = |line: &&Line| {
            cells(line).is_some_and(|cells| {
                cells.len() == width && cells.iter().any(|cell| is_figure(cell)) && !cells.iter().any(is_mixed)
            })
        };
        let rows = 1 + lines[at + 1..].iter().take_while(is_row).count();
        if rows >= FEWEST_ROWS {
            lines[at..at + rows].iter_mut().for_each(|line| line.kind = LineKind::Row);
        }
        at += rows;
    }
}

/// The cells of a row that has commas for marks; one with a comma of its own stands in quotation marks.
pub fn parted_by_commas(row: &str) -> Vec<&str> {
    let mut quoted = false;
    let parts = row.split(|c: char| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    parts.map(|cell| cell.trim().trim_matches('"').trim()).collect()
}

/// A row among those with tabs may have blanks for them.
fn rows_without_tabs(text: &str, lines: &mut [Line]) {
    // The cells of the last row with tabs.
    let mut cells = None;
    for line in lines {
        let row = &text[line.span.start..line.span.end];
        match line.kind {
            LineKind::Row => cells = row.contains('\t').then(|| row.matches('\t').count() + 1),
            LineKind::Text if cells.is_some_and(|cells| is_row_of(row, cells)) => line.kind = LineKind::Row,
            LineKind::Text => cells = None,
            LineKind::Blank | LineKind::Furniture => {}
        }
    }
}

/// Whether blanks part a line into so many cells, or one less where the name of a total is merged over the codes.
fn is_row_of(line: &str, cells: usize) -> bool {
    if cells < 3 || !line.ends_with(|c: char| c.is_ascii_digit() || c == '%') {
        return false;
    }
    let own = parted_by_blanks(line);
    let figures = own.iter().filter(|cell| is_figure(cell)).count();
    let is_total = own[0].ends_with('计');
    figures >= 2 && (own.len() == cells || is_total && own.len() + 1 == cells)
}

fn is_figure(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'%')) && !word.is_empty()
}

/// The cells of a row that has blanks for marks: a code, a name in one or more words, figures.
pub fn parted_by_blanks(row: &str) -> Vec<&str> {
    let words: Vec<&str> = row.split_whitespace().collect();
    let first = words.iter().position(|word| !is_figure(word)).unwrap_or(words.len());
    let behind = words.iter().rposition(|word| !is_figure(word)).map_or(words.len(), |last| last + 1);
    let place = |word: &str| word.as_ptr() as usize - row.as_ptr() as usize;
    let name = (first < behind).then(|| &row[place(words[first])..place(words[behind - 1]) + words[behind - 1].len()]);
    words[..first].iter().copied().chain(name).chain(words[behind..].iter().copied()).collect()
}

/// Longer lines, in bytes, are no captions.
pub const LONGEST_CAPTION: usize = 240;

/// The fewest bars of a row that says how many the others have.
const FEWEST_BARS: usize = 4;
/// How many lines a row may take.
const LONGEST_ROW: usize = 5;

/// Puts together the rows of drawn tables whose cells hold the ends of lines: all rows of a table have as many bars.
fn join_rows(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let slice = |line: &Line| &text[line.span.start..line.span.end];
    let bars = |line: &Line| slice(line).matches(is_bar).count();
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    // The last whole row, and how many bars it has.
    let mut whole: Option<(Line, usize)> = None;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let own = bars(&line);
        let length =
            whole.filter(|(_, width)| own < *width && line.kind != LineKind::Blank).and_then(|(above, width)| {
                let mut sum = own;
                let length = (1..LONGEST_ROW).find(|&length| {
                    sum += lines.get(at + length).map_or(width + 1, &bars);
                    sum >= width
                })?;
                // Words without a bar are a cell that the next line goes on behind, unless bars open the rows: then they are a caption.
                let opens = own > 0
                    || !slice(&above).starts_with(is_bar)
                        && lines.get(at + 1).is_some_and(|next| slice(next).starts_with(is_bar));
                (sum == width && opens).then_some(length + 1)
            });
        match length {
            Some(length) => {
                let span = line.span.to(lines[at + length - 1].span);
                joined.push(Line { span, kind: LineKind::Row, opens: false, ..line });
                at += length;
            }
            None => {
                match line.kind {
                    LineKind::Row if own >= FEWEST_BARS => whole = Some((line, own)),
                    LineKind::Text => whole = None,
                    _ => {}
                }
                joined.push(line);
                at += 1;
            }
        }
    }
    joined
}

/// The bar of a table drawn with characters.
fn is_bar(c: char) -> bool {
    c != '\t' && parts_cells(c)
}

fn read(raw: &str, start: usize) -> Line {
    let trimmed = raw.trim_matches(|c: char| c.is_whitespace() || is_without_width(c));
    let lead = trimmed.as_ptr() as usize - raw.as_ptr() as usize;
    let span = ByteSpan { start: start + lead, end: start + lead + trimmed.len() };
    let look = Look::at(trimmed);
    let parted = look.tabs || look.bars || trimmed.len() < raw.len() && raw.contains('\t');
    let kind = if trimmed.is_empty() {
        LineKind::Blank
    } else if (look.leaders && is_leader_line(trimmed)) || is_ruler(trimmed) {
        LineKind::Furniture
    } else if parted && is_row(raw) {
        LineKind::Row
    } else if is_furniture(trimmed) {
        LineKind::Furniture
    } else {
        LineKind::Text
    };
    // The cells of a row may be empty at its ends: a row keeps its tabs.
    let span =
        if kind == LineKind::Row { ByteSpan { start, end: start + raw.trim_end_matches('\r').len() } } else { span };
    let opens = kind == LineKind::Text && opens_block(trimmed);
    Line {
        span,
        kind,
        width: look.width as u32,
        opens,
        may_be_caption: look.captions && trimmed.len() < LONGEST_CAPTION,
        has_clauses: look.clauses,
        led_by_tab: raw.starts_with('\t'),
    }
}

/// The mark between two cells of a row: a tab, or the bar of a table drawn with characters (Markdown, exports of web pages).
pub fn parts_cells(c: char) -> bool {
    matches!(c, '\t' | '|' | '｜' | '│')
}

/// The line between the head and the rows of a drawn table: |---|:--:|.
fn is_ruler(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '│' | '─' | '┼' | '+' | '├' | '┤'))
        && line.contains(['|', '│', '┼', '+'])
}

/// A row has a tab between two things, or two tabs, or two bars; a tab at the edge of a sentence only stretches it.
fn is_row(raw: &str) -> bool {
    let inner = raw.trim();
    inner.contains('\t')
        || inner.matches(is_bar).count() >= 2
        || (!inner.is_empty() && raw.matches('\t').count() >= 2 && inner.chars().count() < 30)
}

/// `- 8 -`, `第8页`, `-----`.
fn is_furniture(line: &str) -> bool {
    if line.starts_with(|c| is_ideograph(c) && !matches!(c, '第' | '页')) {
        return false;
    }
    let is_leader = |c: char| matches!(c, '.' | '…' | '·' | '-' | '—' | '_' | '=' | ' ');
    if line.chars().all(|c| is_leader(c) || c == '－' || c == '│') {
        return true;
    }
    let bare = line.trim_matches(|c: char| is_leader(c) || c == '－' || c == '/');
    let number = bare.trim_start_matches('第').trim_end_matches('页').trim();
    let digits = number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
    let framed = bare.len() < line.len() || number.len() < bare.len();
    digits && framed
}

/// An entry of a table of contents: 一、职责......3.
fn is_leader_line(line: &str) -> bool {
    line.contains("......") || line.contains("……………")
}

/// Whether a line closes its paragraph.
pub fn ends_paragraph(line: &str) -> bool {
    line.ends_with(['。', '；', ';', '！', '？', '：', ':', '.', '…', '”']) && !ends_in_number(line)
}

/// A full stop behind a digit is a decimal point that the line's end has parted from its decimals.
fn ends_in_number(line: &str) -> bool {
    let mut back = line.chars().rev();
    back.next() == Some('.') && back.next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether a line begins with words that only go on about what the sentence before them is about.
pub fn goes_on(line: &str) -> bool {
    const WORDS: [&str; 14] = [
        "年初预算",
        "全年预算",
        "调整预算",
        "预算数",
        "支出决算",
        "当年支出决算",
        "决算数",
        "完成预算",
        "完成年初",
        "比上年",
        "较上年",
        "与上年",
        "主要原因",
        "占",
    ];
    WORDS.iter().any(|word| line.starts_with(word))
}

/// Whether a line opens something of its own: a heading, an item, a caption.
pub fn opens_block(line: &str) -> bool {
    begins_with_marker(line) || line.starts_with("附件") || is_caption(line)
}

fn begins_with_marker(line: &str) -> bool {
    // Most lines begin with words: one look at their first character tells.
    let is_word = |c: char| is_ideograph(c) && !is_numeral(c) && !matches!(c, '第' | '附');
    if line.starts_with(is_word) {
        return false;
    }
    let mut chars = [' '; 12];
    let mut len = 0;
    for c in line.chars().filter(|c| !c.is_whitespace()).take(12) {
        chars[len] = plain(c);
        len += 1;
    }
    marker(&chars[..len]).is_some()
}

fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..'\u{a000}').contains(&c)
}

/// 图1：, 表 3 …: the caption of a picture or a table.
pub fn is_caption(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('图').or_else(|| line.strip_prefix('表')) else { return false };
    rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || is_numeral(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_page_numbers_and_contents_from_words() {
        let kinds = |line: &str| lines(line)[0].kind;
        for line in ["- 8 -", "— 12 —", "第 3 页", "-----", "一、职能.....\t1", "二、收入决算情况说明......3"]
        {
            assert_ne!(kinds(line), LineKind::Text, "{line}");
        }
        for line in ["2020年度收入", "1. 基本支出", "8"] {
            assert_eq!(kinds(line), LineKind::Text, "{line}");
        }
        assert_eq!(kinds("合计\t12.00\t\t3"), LineKind::Row);
        assert_eq!(kinds("\t本年支出12万元。"), LineKind::Text);
    }

    #[test]
    fn a_row_among_others_may_have_blanks_for_its_tabs() {
        let kind = |line: &str| lines(&format!("编码\t名称\t合计\t基本\n{line}\n205\t教育支出\t3.00\t3.00"))[1].kind;
        for line in ["201 公共 服务 9.00 6.00", "合 计 12.00 9.00"] {
            assert_eq!(kind(line), LineKind::Row, "{line}");
        }
        assert_eq!(parted_by_blanks("201 公共 服务 9.00 6.00"), ["201", "公共 服务", "9.00", "6.00"]);
        for line in ["201 公共服务 9.00", "公共服务 9.00 6.00", "收入 9.00 6.00 3.00 1.00"] {
            assert_eq!(kind(line), LineKind::Text, "{line}");
        }
    }

    #[test]
    fn rows_may_have_commas_for_marks() {
        let text = "编码,名称,合计\n,合计,\"1,300.00\"\n205,教育支出,\"1,300.00\"";
        assert!(lines(text).iter().all(|line| line.kind == LineKind::Row));
        assert_eq!(parted_by_commas(",合计,\"1,300.00\""), ["", "合计", "1,300.00"]);
        for text in ["甲,乙,丙\n甲,乙\n甲,乙,丙", "支出1,300.00万元\n支出1,300.00万元\n支出1,300.00万元"]
        {
            assert!(lines(text).iter().all(|line| line.kind == LineKind::Text), "{text}");
        }
    }

    #[test]
    fn a_parted_decimal_does_not_end_a_paragraph() {
        assert!(!ends_paragraph("支出232."));
        assert!(ends_paragraph("支出232.54万元。"));
    }
}
