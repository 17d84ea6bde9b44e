//! Rows out of a PDF's lines. A name too long for its cell is wrapped around the figures of its row, which stand in the middle of the cell:
//!
//! ```text
//! 机关事业单位基本养老保险
//! 2080505 12.00 12.00
//! 缴费支出
//! ```
//!
//! What a row has above its figures it has below them as well, so of the lines between two rows each gets its own. Figures that no name and
//! no code can be found for make a row of their own, that nothing is known of ([`Segment::unread`]).

use super::figure::{Look, look};
use super::head::is_item;
use super::plain;
use crate::source::ByteSpan;
use std::borrow::Cow;
use std::collections::VecDeque;

/// A word of a line.
#[derive(Debug, Clone)]
pub struct Word<'t> {
    /// Where it stands.
    pub span: ByteSpan,
    /// As it is read.
    pub text: Cow<'t, str>,
    /// What it looks like.
    pub look: Look,
}

/// A name with its code and its figures.
#[derive(Debug, Clone, Default)]
pub struct Segment<'t> {
    /// The code, its digits put together.
    pub code: Option<Word<'t>>,
    /// The words of the name in order.
    pub name: Vec<Word<'t>>,
    /// The figures, and the dashes that keep a place.
    pub figures: Vec<Word<'t>>,
    /// Whether it is not certain that the figures are this row's.
    pub unread: bool,
    /// Whether its code, its name and its figures stand on lines of their own: cells overlap on the page then, and the name is mixed with others.
    pub mixed: bool,
    /// How many lines of the name stand above the figures and wait for as many below.
    wrapped: usize,
}

impl Segment<'_> {
    fn is_empty(&self) -> bool {
        self.code.is_none() && self.name.is_empty() && self.figures.is_empty()
    }

    /// A code or figures, and the name elsewhere.
    fn is_nameless(&self) -> bool {
        self.name.is_empty() && !self.is_empty()
    }

    /// A row with a code has figures: without them it goes on below.
    fn is_unfinished(&self) -> bool {
        self.code.is_some() && self.figures.is_empty()
    }

    /// What is printed, in the order of the page: each run of the name's words is one.
    pub fn printed(&self, text: &str) -> Vec<ByteSpan> {
        let mut spans = self.runs(text);
        spans.extend(self.code.iter().chain(&self.figures).map(|word| word.span));
        spans.sort_by_key(|span| span.start);
        spans
    }

    /// Where the name stands; of one in parts, the first.
    pub fn name_span(&self, text: &str) -> ByteSpan {
        self.runs(text).first().copied().unwrap_or_default()
    }

    /// The parts of the name that nothing stands between.
    fn runs(&self, text: &str) -> Vec<ByteSpan> {
        let mut runs: Vec<ByteSpan> = Vec::new();
        for word in &self.name {
            match runs.last_mut() {
                Some(last) if last.end <= word.span.start && text[last.end..word.span.start].trim().is_empty() => {
                    *last = last.to(word.span);
                }
                _ => runs.push(word.span),
            }
        }
        runs
    }
}

/// Parts a line at its blanks.
pub fn words(text: &str, line: ByteSpan) -> Vec<Word<'_>> {
    let raw = &text[line.start..line.end];
    raw.split_whitespace()
        .map(|word| {
            let start = line.start + (word.as_ptr() as usize - raw.as_ptr() as usize);
            let span = ByteSpan { start, end: start + word.len() };
            let text = plain(text, span);
            let look = look(&text);
            Word { span, text, look }
        })
        .collect()
}

/// Whether a line holds nothing but a name, or a part of one.
pub fn is_name(words: &[Word]) -> bool {
    !words.is_empty() && words.iter().all(|word| word.look == Look::Words)
}

/// Whether a line is a row with a code, its name beside it or around it.
pub fn has_code(words: &[Word]) -> bool {
    behind_code(words).is_some_and(|next| next.look == Look::Words) || leads_with_code(words)
}

/// Whether a line begins with a code whose name stands around it.
pub fn leads_with_code(words: &[Word]) -> bool {
    behind_code(words).is_some_and(|next| next.look == Look::Figure)
        && words.iter().any(|word| word.look == Look::Figure && word.text.contains('.'))
}

/// The first word behind a code and its levels.
fn behind_code<'w, 't>(words: &'w [Word<'t>]) -> Option<&'w Word<'t>> {
    let [code, rest @ ..] = words else { return None };
    rest.iter().find(|word| !is_level(word)).filter(|_| code.look == Look::Code)
}

/// Reads the lines below a table's head. `widths` are the columns of amounts of the lists side by side.
pub fn rows<'t>(lines: &[&[Word<'t>]], widths: &[usize]) -> Vec<Vec<Segment<'t>>> {
    let is_code = |words: &[Word]| words.first().is_some_and(|word| word.look == Look::Code);
    let is_wrapped = |words: &[Word]| leads_with_code(words) || (words.len() == 1 && is_code(words));
    let mut reader = Reader {
        widths,
        coded: lines.iter().any(|words| is_code(words)),
        centred: lines.iter().any(|words| is_wrapped(words)),
        rows: Vec::new(),
        waiting: Vec::new(),
        codes: vec![None; widths.len()],
    };
    for (at, words) in lines.iter().enumerate() {
        if is_name(words) {
            reader.waiting.push(words.to_vec());
            continue;
        }
        let names = lines[at + 1..].iter().take_while(|words| is_name(words)).count();
        // A row below without a name beside it has the last of them.
        let taken = lines.get(at + 1 + names).is_some_and(|next| !next.iter().any(|word| word.look == Look::Words));
        let below = &lines[at + 1..at + 1 + names.saturating_sub(usize::from(taken))];
        let row = reader.segments(words);
        reader.push(row, below);
    }
    reader.push(Vec::new(), &[]);
    reader.rows
}

struct Reader<'w, 't> {
    widths: &'w [usize],
    /// Whether its rows have codes.
    coded: bool,
    /// Whether some row stands in the middle of its name.
    centred: bool,
    rows: Vec<Vec<Segment<'t>>>,
    /// Lines of names since the last row.
    waiting: Vec<Vec<Word<'t>>>,
    /// The last code of each list.
    codes: Vec<Option<String>>,
}

impl<'t> Reader<'_, 't> {
    /// Parts a line: a name behind figures, or a code, begins the list beside.
    fn segments(&mut self, words: &[Word<'t>]) -> Vec<Segment<'t>> {
        let mut words: VecDeque<Word> = words.iter().cloned().collect();
        let mut segments: Vec<Segment> = vec![Segment::default()];
        while let Some(word) = words.pop_front() {
            let list = segments.len() - 1;
            let last = segments.last_mut().expect("there is a segment");
            let is_code = word.look == Look::Code && {
                let code = whole(&word, &words);
                words.get((code.len() - word.text.len()) / 2).is_some_and(|next| next.look == Look::Words)
                    || if last.is_empty() { self.may_lead(&code) } else { self.goes_on(&code, last, list) }
            };
            match word.look {
                _ if is_code => {
                    let code = take_levels(word, &mut words);
                    if !last.is_empty() {
                        segments.push(Segment::default());
                    }
                    self.note(&code.text, segments.len() - 1);
                    segments.last_mut().expect("there is a segment").code = Some(code);
                }
                Look::Words if !last.figures.is_empty() => {
                    segments.push(Segment { name: vec![word], ..Segment::default() });
                }
                Look::Words => last.name.push(word),
                Look::Figure | Look::Code => last.figures.push(word),
                // A dash keeps the place of a figure that is zero.
                Look::Blank if !last.is_empty() => last.figures.push(word),
                Look::Blank => {}
            }
        }
        segments
    }

    /// Whether digits at the beginning of a line are its code: they are not of a class before that of the code above,
    /// in one of the lists.
    fn may_lead(&self, code: &str) -> bool {
        let mut lists = self.codes.iter().flatten().peekable();
        let unfinished = self.rows.last().and_then(|above| above.last()).is_some_and(Segment::is_unfinished);
        self.coded
            && (code.len() > 3 || !unfinished)
            && (lists.peek().is_none() || lists.any(|above| code[..1] == above[..1] && code[..3] >= above[..3]))
    }

    /// Whether digits behind another row are the next code of the list beside. A row that has all its figures has no more: the digits are a
    /// code then, of whatever level.
    fn goes_on(&self, code: &str, row: &Segment, list: usize) -> bool {
        let Some(above) = self.codes.get(list + 1) else { return false };
        let full = row.figures.len() == self.widths[list];
        let alike = row.code.as_ref().is_some_and(|own| own.text[..1] == code[..1]);
        let follows = above.as_deref().map_or(full, |above| filled(code) > filled(above));
        alike && follows && (full || code.len() >= 5)
    }

    /// Notes the last code of a list. A row that stands alone belongs to the list beside where it goes on there.
    fn note(&mut self, code: &str, list: usize) {
        let beside = (list + 1..self.codes.len())
            .find(|&at| self.codes[at].as_deref().is_some_and(|last| last[..3] == code[..3] && last < code));
        if let Some(last) = self.codes.get_mut(beside.unwrap_or(list)) {
            *last = Some(code.to_owned());
        }
    }

    /// Takes the next row, with the lines of names that stand between it and the row above; `below` so many stand under it.
    fn push(&mut self, mut row: Vec<Segment<'t>>, below: &[&[Word]]) {
        let waiting = std::mem::take(&mut self.waiting);
        let alone = row.len() <= 1 && self.rows.last().is_none_or(|above| above.len() <= 1);
        if self.coded && !alone && !waiting.iter().any(|words| opens_row(words)) {
            self.wrap_beside(waiting, &mut row);
        } else {
            self.wrap(waiting, &mut row, below);
        }
        if row.iter().all(Segment::is_empty) {
            return;
        }
        let Some(first) = row.first_mut() else { return };
        first.mixed = first.is_unfinished() && first.name.is_empty();
        let joins = self.rows.last().and_then(|above| above.last()).is_some_and(|above| {
            // A row with a code has figures: without them it goes on below, with whatever word.
            let goes_on = if above.is_unfinished() { !is_sum(&first.name) } else { !opens_row(&first.name) };
            let lacks = above.is_unfinished() || (above.figures.is_empty() && !first.name.is_empty());
            first.code.is_none() && goes_on && lacks
        });
        let mut rest = row.into_iter();
        match self.rows.last_mut() {
            Some(above) if joins => {
                let (Some(last), Some(mut first)) = (above.last_mut(), rest.next()) else { return };
                last.mixed = last.mixed && first.name.is_empty();
                last.name.append(&mut first.name);
                last.figures.append(&mut first.figures);
                above.extend(rest);
            }
            _ => self.rows.push(rest.collect()),
        }
    }

    /// Gives the lines between two rows of one list, or of an overview, to them.
    fn wrap(&mut self, mut waiting: Vec<Vec<Word<'t>>>, row: &mut Vec<Segment<'t>>, below: &[&[Word]]) {
        let nameless = row.first().is_some_and(Segment::is_nameless);
        let mut above: Vec<&mut Segment> =
            self.rows.last_mut().into_iter().flatten().filter(|segment| segment.wrapped > 0).collect();
        if let Some(first) = above.first() {
            let most = first.wrapped.min(waiting.len().saturating_sub(usize::from(nameless)));
            let own = waiting.iter().take(most).take_while(|words| !opens_row(words)).count();
            for words in waiting.drain(..own) {
                let lists = above.len();
                words.into_iter().enumerate().for_each(|(at, word)| above[at.min(lists - 1)].name.push(word));
            }
            above.iter_mut().for_each(|segment| segment.wrapped = 0);
        }
        let unfinished = self.rows.last().and_then(|above| above.last()).is_some_and(Segment::is_unfinished);
        let opener = waiting.iter().rposition(|words| opens_row(words));
        let with_code = row.first().is_some_and(|first| first.code.is_some());
        let own = if nameless && (with_code || !unfinished) {
            opener.map_or(0, |at| at + usize::from(with_code))
        } else if with_code && self.centred && !unfinished && opener.is_none() && below.len() >= waiting.len() {
            // A name of three lines, the middle one beside the figures.
            0
        } else {
            waiting.len()
        };
        let before = waiting.split_off(own);
        if !self.coded && !nameless && opener.is_some_and(|at| at + 1 == waiting.len()) {
            self.wrap_over(&mut waiting, row, below);
        }
        for words in waiting {
            self.push_name(words);
        }
        if !self.coded && nameless && !before.is_empty() && self.is_full(&before, row) {
            *row = self.beside(before, row.remove(0).figures);
        } else if let (Some(first), false) = (row.first_mut(), before.is_empty()) {
            first.wrapped = before.len();
            // Two names over one row of figures: whose are they?
            first.unread |= !self.coded && before[0].len() > 1;
            first.name.splice(0..0, before.into_iter().flatten());
        }
        if self.coded
            && nameless
            && !with_code
            && !unfinished
            && let Some(first) = row.first_mut()
        {
            first.unread = true;
        }
    }

    /// Whether each list has its piece of a name in every line, and all its figures.
    fn is_full(&self, names: &[Vec<Word>], row: &[Segment]) -> bool {
        let lists = self.widths.len();
        let figures: usize = self.widths.iter().sum();
        lists > 1 && row.len() == 1 && row[0].figures.len() == figures && names.iter().all(|words| words.len() == lists)
    }

    /// The rows beside each other under names that stand over all their figures.
    fn beside(&self, names: Vec<Vec<Word<'t>>>, figures: Vec<Word<'t>>) -> Vec<Segment<'t>> {
        let mut figures = figures.into_iter();
        let wrapped = names.len();
        let mut row: Vec<Segment> = self
            .widths
            .iter()
            .map(|&width| Segment { figures: figures.by_ref().take(width).collect(), wrapped, ..Segment::default() })
            .collect();
        for words in names {
            words.into_iter().zip(&mut row).for_each(|(word, segment)| segment.name.push(word));
        }
        row
    }

    /// A name of one list that is wrapped around a row of the other: 二十二、灾害防治及应急管理支 / 六、经营收入 5.00 12.00 / 出.
    fn wrap_over(&self, waiting: &mut Vec<Vec<Word<'t>>>, row: &mut Vec<Segment<'t>>, below: &[&[Word]]) {
        let goes_on = below.first().is_some_and(|words| !opens_row(words));
        let ([own], [width, _]) = (&mut row[..], self.widths) else { return };
        if !goes_on || own.name.is_empty() || waiting.last().is_none_or(|words| words.len() > 1) {
            return;
        }
        let name = waiting.pop().expect("there is a line");
        let figures = own.figures.split_off((*width).min(own.figures.len()));
        // As many figures as the left list has columns may be of either.
        let unread = figures.is_empty() && !own.figures.is_empty();
        own.unread = unread;
        row.push(Segment { name, figures, unread, wrapped: 1, ..Segment::default() });
    }

    /// Gives the lines between two rows of lists side by side to the names that want them.
    fn wrap_beside(&mut self, waiting: Vec<Vec<Word<'t>>>, row: &mut [Segment<'t>]) {
        let mut none = Vec::new();
        let above = self.rows.last_mut().unwrap_or(&mut none);
        let lists = above.len().max(row.len());
        let mut parts: Vec<Vec<Word>> = vec![Vec::new(); lists];
        let wants = |list: usize, parts: &[Vec<Word>]| {
            let after = above.get(list).map_or(0, |s| s.wrapped);
            let before = usize::from(row.get(list).is_some_and(Segment::is_nameless));
            parts[list].len() < after + before
        };
        for words in waiting {
            let count = words.len();
            for (at, word) in words.into_iter().enumerate() {
                let list = if count >= lists {
                    at.min(lists - 1)
                } else {
                    // A name that nothing asks for is the rest of the longest.
                    (0..lists).find(|&list| wants(list, &parts)).unwrap_or_else(|| {
                        let length =
                            |list: &usize| above.get(*list).map_or(0, |s| s.name.iter().map(|w| w.text.len()).sum());
                        (0..lists).rev().max_by_key(length).unwrap_or(0)
                    })
                };
                parts[list].push(word);
            }
        }
        for (list, mut words) in parts.into_iter().enumerate() {
            let nameless = row.get(list).is_some_and(Segment::is_nameless);
            let own = match above.get_mut(list) {
                Some(above) if nameless => above.wrapped.min(words.len().saturating_sub(1)),
                _ => words.len(),
            };
            let before = words.split_off(own);
            if let Some(above) = above.get_mut(list).filter(|above| !above.is_empty()) {
                above.name.extend(words);
                above.wrapped = 0;
            }
            if let Some(own) = row.get_mut(list) {
                own.wrapped = before.len();
                own.name.splice(0..0, before);
            }
        }
    }

    /// A line of names alone: rows without figures, or the rest of the name above.
    fn push_name(&mut self, words: Vec<Word<'t>>) {
        let coded = self.coded;
        let above = self.rows.last_mut().and_then(|above| above.last_mut());
        let opens =
            if above.as_ref().is_some_and(|above| above.is_unfinished()) { is_sum(&words) } else { opens_row(&words) };
        match above {
            Some(above) if !opens && (above.figures.is_empty() || (coded && above.code.is_some())) => {
                above.name.extend(words);
            }
            _ => {
                // 二、外交支出 beside 二、事业收入.
                let beside =
                    words.len() == self.widths.len() && words.iter().all(|word| opens_row(std::slice::from_ref(word)));
                let names = if beside { words.into_iter().map(|word| vec![word]).collect() } else { vec![words] };
                self.rows.push(names.into_iter().map(|name| Segment { name, ..Segment::default() }).collect());
            }
        }
    }
}

/// The digits of a code with those of its levels, which stand in cells of their own: 208 05 05.
fn whole(code: &Word, behind: &VecDeque<Word>) -> String {
    let most = match (code.text.len(), code.text.as_bytes().first()) {
        (3, Some(b'2')) => 2,
        (3, _) => 1,
        _ => 0,
    };
    let levels = behind.iter().take(most).take_while(|word| is_level(word));
    std::iter::once(code).chain(levels).map(|word| word.text.as_ref()).collect()
}

/// Takes the levels of a code from the words behind it.
fn take_levels<'t>(code: Word<'t>, behind: &mut VecDeque<Word<'t>>) -> Word<'t> {
    let text = whole(&code, behind);
    let levels = behind.drain(..(text.len() - code.text.len()) / 2);
    let span = levels.fold(code.span, |span, level| span.to(level.span));
    Word { span, text: text.into(), look: Look::Code }
}

/// Two digits of a code.
fn is_level(word: &Word) -> bool {
    word.text.len() == 2 && word.text.bytes().all(|b| b.is_ascii_digit())
}

/// A code as long as the longest, to compare it.
fn filled(code: &str) -> String {
    format!("{code:0<7}")
}

fn is_sum(words: &[Word]) -> bool {
    words.first().is_some_and(|word| word.text.ends_with("合计"))
}

/// Whether a line begins with the name of another row.
fn opens_row(words: &[Word]) -> bool {
    words.first().is_some_and(|word| is_item(&word.text) || is_named_row(&word.text))
}

fn is_named_row(word: &str) -> bool {
    const NAMES: [&str; 15] = [
        "合计",
        "总计",
        "本年收入",
        "本年支出",
        "年初",
        "年末",
        "结余分配",
        "使用",
        "用事业",
        "其中",
        "预算数",
        "决算数",
        "一般公共预算",
        "政府性基金",
        "国有资本经营",
    ];
    NAMES.iter().any(|name| word.starts_with(name)) || word.ends_with("合计")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::line::lines;

    /// The rows as `code name: figures`, the lists beside each other parted by `|`.
    fn read(text: &str, widths: &[usize]) -> Vec<String> {
        let lines: Vec<Vec<Word>> = lines(text).iter().map(|line| words(text, line.span)).collect();
        let lines: Vec<&[Word]> = lines.iter().map(Vec::as_slice).collect();
        let segment = |segment: &Segment| {
            let join = |words: &[Word], with: &str| {
                words.iter().map(|word| word.text.as_ref()).collect::<Vec<&str>>().join(with)
            };
            let code = segment.code.as_ref().map_or("", |code| code.text.as_ref());
            let unread = if segment.unread { "?" } else { "" };
            format!("{code} {}: {}{unread}", join(&segment.name, ""), join(&segment.figures, " ")).trim().to_owned()
        };
        rows(&lines, widths).iter().map(|row| row.iter().map(segment).collect::<Vec<String>>().join(" | ")).collect()
    }

    #[test]
    fn a_name_stands_around_its_figures() {
        let text = "208 社会保障和就业支出 30.00 30.00\n示例事业单位基本养老\n2080505 12.00 12.00\n保险缴费支出\n示例事业单位\n2080506 职业年金 8.00 8.00\n缴费支出\n甲乙丙丁\n戊己庚辛\n2080599 10.00 10.00\n壬癸子丑\n寅卯支出\n20808 抚恤 1.00 1.00";
        assert_eq!(
            read(text, &[2]),
            [
                "208 社会保障和就业支出: 30.00 30.00",
                "2080505 示例事业单位基本养老保险缴费支出: 12.00 12.00",
                "2080506 示例事业单位职业年金缴费支出: 8.00 8.00",
                "2080599 甲乙丙丁戊己庚辛壬癸子丑寅卯支出: 10.00 10.00",
                "20808 抚恤: 1.00 1.00",
            ]
        );
    }

    #[test]
    fn lists_beside_each_other_mix_the_pieces_of_their_names() {
        let text = "301 工资福利支出 20.00 302 商品和服务支出 9.00\n30101 基本工资 9.00 30201 办公费 4.00\n示例单位基本养老\n30108 11.00 30206 电费 1.00\n保险缴费\n示例对个人的 示例公务用车\n30199 0.50 30231 3.00\n补助 运行维护费\n示例商品\n30299 1.00\n和服务\n人员经费合计 20.00 公用经费合计 9.00";
        assert_eq!(
            read(text, &[1, 1]),
            [
                "301 工资福利支出: 20.00 | 302 商品和服务支出: 9.00",
                "30101 基本工资: 9.00 | 30201 办公费: 4.00",
                "30108 示例单位基本养老保险缴费: 11.00 | 30206 电费: 1.00",
                "30199 示例对个人的补助: 0.50 | 30231 示例公务用车运行维护费: 3.00",
                "30299 示例商品和服务: 1.00",
                "人员经费合计: 20.00 | 公用经费合计: 9.00",
            ]
        );
    }

    #[test]
    fn the_levels_of_a_code_stand_in_cells_of_their_own() {
        let text = "208 社会保障和就业支出 30.00\n208 05 示例养老支出 30.00\n208 05 05 示例缴费 30.00\n示例其他\n208 05 99 0.00\n养老支出";
        assert_eq!(
            read(text, &[1]),
            [
                "208 社会保障和就业支出: 30.00",
                "20805 示例养老支出: 30.00",
                "2080505 示例缴费: 30.00",
                "2080599 示例其他养老支出: 0.00",
            ]
        );
        assert_eq!(
            read("301 01 基本工资 9.00 302 01 办公费 4.00\n301 02 津贴 2.00 302 02 0.50", &[1, 1])[1],
            "30102 津贴: 2.00 | 30202 : 0.50"
        );
    }

    #[test]
    fn a_row_may_stand_on_three_lines() {
        let text = "20805 示例养老支出 30.00 30.00\n2080506\n险机缴关费\n12.00 12.00\n2080599 其他 18.00 18.00";
        assert_eq!(
            read(text, &[2]),
            ["20805 示例养老支出: 30.00 30.00", "2080506 险机缴关费: 12.00 12.00", "2080599 其他: 18.00 18.00"]
        );
    }

    #[test]
    fn figures_without_a_code_are_not_read() {
        let text = "20805 示例养老支出 30.00\n2080501 甲 10.00\n示例其他\n20.00\n支出";
        assert_eq!(read(text, &[1]).last().unwrap(), "示例其他支出: 20.00?");
    }

    #[test]
    fn an_overview_wraps_the_names_of_one_side() {
        let text = "一、财政拨款收入 30.00 一、教育支出 10.00\n二十一、国有资本经营预算支出\n二十二、灾害防治及应急管理支\n15.00\n出\n二十三、其他支出";
        let rows = read(text, &[1, 1]);
        assert_eq!(rows[2], "二十二、灾害防治及应急管理支出: 15.00");
        let text =
            "二、灾害防治及应急管理支\n六、经营收入 5.00 12.00\n出\n三、灾害防治及应急管理支\n七、其他收入 7.00\n出";
        assert_eq!(
            read(text, &[1, 1]),
            [
                "六、经营收入: 5.00 | 二、灾害防治及应急管理支出: 12.00",
                "七、其他收入: 7.00? | 三、灾害防治及应急管理支出: ?",
            ]
        );
        assert_eq!(
            read(
                "一、示例预算 一、示例公共服务\n9.00 4.00\n拨款收入 支出\n二、其他收入 0.00 二、教育支出 5.00",
                &[1, 1]
            )[0],
            "一、示例预算拨款收入: 9.00 | 一、示例公共服务支出: 4.00"
        );
    }
}
