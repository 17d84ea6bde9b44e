//! Facts: quantities with what they are about.
//!
//! A paragraph is read from left to right: each number with the words since the number before it. The words' end gives the role (`phrase`),
//! the rest the subject (`label`), the taxonomy the concept.

mod cells;
mod columns;
mod heading_unit;
pub mod label;
mod lexicon;
mod phrase;
mod quantity;
mod shifted;
mod statement;

pub use crate::taxonomy::Basis;
pub use cells::{Entry, Sheet, SheetRow};
pub use heading_unit::HeadingUnit;
pub use label::Item;
pub use lexicon::{Direction, ListKind, is_partial_rate};
pub use phrase::{Against, Role, direction, reference};
pub use quantity::{Quantity, Token, TokenKind, Unit, in_words, tokens};
pub use statement::{Claim, Statement};

use crate::document::{self, BlockKind, COMPARING, Document, Flow, is_compared};
use crate::numbers::Scale;
use crate::scoring::band::Bands;
use crate::scoring::{self, Form};
use crate::source::{ByteSpan, Source};
use crate::taxonomy::{self, Concept};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Everything that a document says in numbers: in its prose, its tables and its scoring forms.
#[derive(Debug, Default)]
pub struct Reading {
    /// The facts in source order.
    pub facts: Vec<Fact>,
    /// The paragraphs that were read, in source order.
    pub paragraphs: Vec<Paragraph>,
    /// What words claim about numbers.
    pub statements: Vec<Statement>,
    /// Percent signs without a figure.
    pub blanks: Vec<Blank>,
    /// Figures of more digits than can be computed with.
    pub too_long: Vec<ByteSpan>,
    /// The tables of amounts, panel by panel.
    pub sheets: Vec<Sheet>,
    /// The scoring forms.
    pub forms: Vec<Form>,
    /// The bands that reports print, each by its scope: they hold for the forms of that report.
    pub bands: BTreeMap<usize, Bands>,
    /// The units in the heads of tables that their figures cannot have.
    pub heading_units: Vec<HeadingUnit>,
}

/// The index of a fact in [`crate::facts::Reading::facts`].
pub type FactId = usize;

/// A quantity and what it is about.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The number as printed.
    pub quantity: Quantity,
    /// What it says.
    pub role: Role,
    /// What it is about, by the words before it; may be empty.
    pub subject: Box<str>,
    /// The concept that the subject means.
    pub concept: Option<Concept>,
    /// The year that it is about.
    pub period: Period,
    /// Where the number stands.
    pub span: ByteSpan,
    /// The index of its paragraph in [`Reading::paragraphs`].
    pub paragraph: usize,
    /// The sentence within the paragraph.
    pub sentence: u32,
    /// How many brackets with figures it stands in.
    pub depth: u8,
    /// What the words since the number before it open.
    pub opens: Option<ListKind>,
    /// How it is joined to the number before it in the paragraph.
    pub joint: Joint,
    /// Where it stands within the paragraph, in characters.
    pub at: (usize, usize),
    /// The table cell that it stands in; none in prose.
    pub cell: Option<Cell>,
}

/// A cell of a table, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The table, as an index of [`crate::document::Document::blocks`].
    pub table: u32,
    /// The row.
    pub row: u32,
    /// The column.
    pub column: u32,
}

impl Cell {
    /// The cell at a place, counted from 0.
    pub fn at(table: usize, row: usize, column: usize) -> Cell {
        Cell { table: table as u32, row: row as u32, column: column as u32 }
    }
}

/// The year that a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// The year of the accounts.
    Current,
    /// The year before.
    Prior,
    /// Another year, or a part of one.
    Other(u16),
}

/// What stands between a number and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// The first number of its paragraph, or of a sentence.
    Start,
    /// A semicolon, or the number of an item.
    Item,
    /// A comma.
    Comma,
    /// 、 or 和: one list.
    List,
    /// Nothing but words.
    Words,
}

/// A percent sign without its figure (完成预算%).
#[derive(Debug, Clone)]
pub struct Blank {
    /// The sign with the words that expect a figure.
    pub span: ByteSpan,
    /// The paragraph.
    pub paragraph: usize,
}

/// A paragraph that was read.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its section.
    pub section: usize,
    /// Its scope: 0 for the main report, more for each annex.
    pub scope: usize,
    /// Its facts.
    pub facts: std::ops::Range<usize>,
    /// The 类, 款 and 项 that it is about, by its own words or by the line above.
    pub item: Option<Box<Item>>,
    /// The list that it opens with its last words and that the next paragraphs fill.
    pub opens_list: Option<ListKind>,
    /// The list that its first words open, whose whole stands in the paragraph before.
    pub continues: Option<ListKind>,
    /// Its words; none for a table.
    pub words: Rc<Flow>,
}

impl Reading {
    /// The bands of a report: its own, or the nation's.
    pub fn bands(&self, scope: usize) -> Bands {
        self.bands.get(&scope).copied().unwrap_or_default()
    }

    /// Gives back what the words and the tables take, and keeps the numbers and the forms.
    pub fn forget_words(&mut self) {
        self.paragraphs = Vec::new();
        self.statements = Vec::new();
        self.sheets = Vec::new();
    }

    /// Adds a fact.
    pub fn add(&mut self, fact: Fact) {
        add(&mut self.facts, fact);
    }

    /// The words right before a number: those since the number before it in its paragraph.
    pub fn lead(&self, id: usize) -> String {
        document::string(self.lead_chars(id))
    }

    /// The characters of those words.
    fn lead_chars(&self, id: usize) -> &[char] {
        let fact = &self.facts[id];
        let paragraph = &self.paragraphs[fact.paragraph];
        let from = if id > paragraph.facts.start { self.facts[id - 1].at.1 } else { 0 };
        paragraph.chars(from, fact.at.0)
    }

    /// The last clause of the words right before a number, without what only leads over to it: 执行率 in 已支付380万元，执行率达到95%.
    pub fn clause(&self, id: usize) -> String {
        let lead = self.lead_chars(id);
        let leads_over = |c: &char| matches!(c, '为' | '是' | '：' | ':' | ' ' | '达' | '到' | '了' | '仅');
        let end = lead.iter().rposition(|c| !leads_over(c)).map_or(0, |last| last + 1);
        let parts = |c: &char| matches!(c, '，' | ',' | '；' | '。' | '、' | '（' | '：' | '）');
        let start = lead[..end].iter().rposition(parts).map_or(0, |mark| mark + 1);
        document::string(&lead[start..end])
    }

    /// Whether the words right before a number say that it is added to what stands before it: 加上B, 加：B, 加上级补助收入B.
    pub fn is_added(&self, id: usize) -> bool {
        let lead = self.lead_chars(id);
        let clause = lead.rsplit(|c| matches!(c, '，' | ',' | '。' | '；')).next().unwrap_or_default();
        lexicon::says_added(clause)
    }
}

impl Paragraph {
    /// The passage of figures that stand in no sentence: a table, a form.
    pub fn of_figures(section: usize, scope: usize, facts: std::ops::Range<usize>) -> Paragraph {
        Paragraph { section, scope, facts, item: None, opens_list: None, continues: None, words: Rc::default() }
    }

    /// The words between two places, in characters; what lies outside is left out.
    pub fn between(&self, start: usize, end: usize) -> String {
        document::string(self.chars(start, end))
    }

    /// The characters between two places; what lies outside is left out.
    pub fn chars(&self, start: usize, end: usize) -> &[char] {
        let chars = self.words.chars();
        let end = end.min(chars.len());
        &chars[start.min(end)..end]
    }
}

impl Fact {
    /// Whether it is an amount of what happened in the year of the accounts.
    pub fn is_actual(&self) -> bool {
        self.role == Role::Value(Basis::Actual) && self.period == Period::Current
    }

    /// Whether it is planned or done, where it is an amount of the year of the accounts.
    pub fn planned(&self) -> Option<bool> {
        match self.role {
            Role::Value(basis) if self.period == Period::Current => Some(basis.is_plan()),
            _ => None,
        }
    }

    /// The budget that it is an amount of.
    pub fn plan(&self) -> Option<Basis> {
        match self.role {
            Role::Value(basis) if basis.is_plan() => Some(basis),
            _ => None,
        }
    }
}

/// Adds a fact to the others. They take more room than anything else that is read: it grows by a quarter, not to the double.
fn add(facts: &mut Vec<Fact>, fact: Fact) {
    if facts.len() == facts.capacity() {
        facts.reserve_exact(facts.len() / 4 + 64);
    }
    facts.push(fact);
}

/// Reads a document: its prose, its tables, its scoring forms.
pub fn read(source: &Source, document: &Document) -> Reading {
    let paragraphs = Vec::with_capacity(document.blocks.len());
    let reading = Reading { paragraphs, ..Reading::default() };
    let mut reader = Reader { document, reading, above: None, headings: None };
    let mut tables = cells::Tables::of(document);
    let mut next_table = 0;
    for (index, block) in document.blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Heading { flow, .. } => reader.above = Some(Rc::clone(flow)),
            BlockKind::Paragraph { flow, marker } => reader.paragraph(flow, *marker, block.section),
            BlockKind::Table { rows } => {
                reader.above = None;
                let is_form = scoring::read(source, document, index, &mut reader.reading);
                if document.tables.get(next_table).is_some_and(|table| table.block == index) {
                    if !is_form {
                        tables.read(source, document, next_table, &mut reader.reading);
                    }
                    next_table += 1;
                }
                // What stands in an indicator's row is its rule and its reasons, and tells nothing of the accounts.
                let indicators: Vec<ByteSpan> = reader
                    .reading
                    .forms
                    .iter()
                    .rev()
                    .take_while(|form| form.block == index)
                    .flat_map(|form| form.indicators.iter().map(|row| row.span))
                    .collect();
                let is_rule =
                    |cell: ByteSpan| indicators.iter().any(|row| row.start <= cell.start && cell.end <= row.end);
                for (row, cells) in rows.iter().enumerate() {
                    for (column, &cell) in cells.iter().enumerate() {
                        let words = source.slice(cell);
                        if is_prose(words) && !is_rule(cell) {
                            reader.paragraph(&Rc::new(Flow::read(source.text(), &[cell])), 0, block.section);
                        } else if may_compute(words) {
                            let flow = Flow::read(source.text(), &[cell]);
                            reader.calculation(flow, Cell::at(index, row, column), block.section);
                        }
                    }
                }
            }
            BlockKind::Furniture => {}
        }
    }
    heading_unit::settle(source, document, &mut reader.reading);
    shifted::find(document, &mut reader.reading);
    columns::settle(document, &mut reader.reading);
    scoring::read_lines(source, document, &mut reader.reading);
    for paragraph in reader.reading.paragraphs.iter().rev() {
        reader.reading.bands.extend(Bands::printed(&paragraph.words).map(|bands| (paragraph.scope, bands)));
    }
    reader.reading.facts.shrink_to_fit();
    reader.reading
}

/// 4125.49、4143.91万元: the unit behind the last number of a row is that of all.
fn share_unit(previous: &mut Fact, fact: &Fact) {
    let row = fact.joint == Joint::List && fact.subject.is_empty() && fact.at.0 == previous.at.1 + 1;
    if row && previous.quantity.unit == Unit::Bare && fact.quantity.unit == Unit::Money {
        (previous.quantity.unit, previous.quantity.scale) = (Unit::Money, fact.quantity.scale);
    }
}

/// Whether a cell holds sentences (a summary in a form) and no label or number.
fn is_prose(cell: &str) -> bool {
    cell.len() > 60 && cell.contains(['，', '。', '；', ',']) && cell.contains(|c: char| c.is_ascii_digit())
}

/// Whether a cell may print a calculation: (95/100)×100%=95%.
fn may_compute(cell: &str) -> bool {
    cell.contains(['=', '＝'])
        && cell.contains(['/', '／', '÷', '×', '*', '+', '＋', '-', '－'])
        && cell.contains(|c: char| c.is_ascii_digit())
}

struct Reader<'d> {
    document: &'d Document,
    reading: Reading,
    /// The line above, which may name the item that the paragraph below is about, or begin to.
    above: Option<Rc<Flow>>,
    /// The section last read, with the headings above what stands in it.
    headings: Option<(usize, Headings)>,
}

/// What the headings above a paragraph say.
struct Headings {
    /// Their words, from the outermost inwards.
    words: String,
    /// What the one right above is about, where it is that of a single thing (1. 因公出国（境）支出情况) and names what stands under it.
    title: Option<Concept>,
}

impl Headings {
    fn of(document: &Document, section: usize) -> Self {
        let above = &document.sections[section];
        let title = (above.level >= 4).then(|| taxonomy::mentioned(&above.title)).flatten();
        Headings { words: document.path(section).join(" "), title }
    }
}

/// The item that words name; most name none, which one look at their characters says.
fn item(words: &[char]) -> Option<Item> {
    words.contains(&'类').then(|| label::item(&document::string(words))).flatten()
}

impl Reader<'_> {
    /// The item that a paragraph is about: named by its own words, by the line above, or begun there and finished here.
    fn item(&mut self, lead: &[char]) -> Option<Item> {
        let above = self.above.take();
        let own = item(lead);
        if own.is_some() {
            return own;
        }
        let above = above?;
        let begun = item(above.chars())?;
        if begun.item.is_empty() && lead.windows(2).any(|pair| pair == ['项', '）']) {
            item(&[above.chars(), lead].concat())
        } else {
            Some(begun)
        }
    }

    fn paragraph(&mut self, flow: &Rc<Flow>, marker: usize, section: usize) {
        let chars = flow.chars();
        let mut tokens = quantity::tokens(chars);
        tokens.retain(|token| token.start >= marker);
        let first_fact = self.reading.facts.len();
        let index = self.reading.paragraphs.len();
        let lead_end =
            tokens.iter().find(|t| matches!(t.kind, TokenKind::Quantity(_))).map_or(chars.len(), |t| t.start);
        let lead = &chars[marker..lead_end.max(marker)];
        let item = self.item(lead).map(Box::new);
        if !tokens.is_empty() {
            self.numbers(flow, marker, section, &tokens);
        }
        let facts = first_fact..self.reading.facts.len();
        statement::read(flow, index, self.document.year, &mut self.reading.statements);
        if facts.is_empty() && item.is_some() {
            self.above = Some(Rc::clone(flow));
        }
        let tail = tokens.last().map_or(0, |t| t.end);
        let opens_list = (chars.ends_with(&['：']) || chars.ends_with(&['其', '中']))
            .then(|| lexicon::opens_list(&flow.text(tail, chars.len())))
            .flatten();
        let blanks = lead.iter().take_while(|c| c.is_whitespace()).count();
        let continues = lexicon::begins_list(&lead[blanks..]);
        let scope = self.document.sections[section].scope;
        self.reading.paragraphs.push(Paragraph {
            section,
            scope,
            facts,
            item,
            opens_list,
            continues,
            words: Rc::clone(flow),
        });
    }

    /// Reads the figures of a cell that says how one of them is computed from the others, and nothing else.
    fn calculation(&mut self, flow: Flow, cell: Cell, section: usize) {
        if !flow.chars().windows(2).any(|pair| pair[0] == '=' && pair[1].is_ascii_digit()) {
            return;
        }
        let first = self.reading.facts.len();
        let paragraph = self.reading.paragraphs.len();
        for token in quantity::tokens(flow.chars()) {
            let TokenKind::Quantity(quantity) = token.kind else { continue };
            self.reading.add(Fact {
                quantity,
                role: Role::Other,
                subject: Box::default(),
                concept: None,
                period: Period::Current,
                span: flow.span(token.start, token.end),
                paragraph,
                sentence: 0,
                depth: 0,
                opens: None,
                joint: Joint::Start,
                at: (token.start, token.end),
                cell: Some(cell),
            });
        }
        let facts = first..self.reading.facts.len();
        let scope = self.document.sections[section].scope;
        let figures = Paragraph::of_figures(section, scope, facts);
        self.reading.paragraphs.push(Paragraph { words: Rc::new(flow), ..figures });
    }

    /// Reads the numbers of a paragraph.
    fn numbers(&mut self, flow: &Flow, marker: usize, section: usize, tokens: &[Token]) {
        let paragraph = self.reading.paragraphs.len();
        let headings = match self.headings.take() {
            Some((known, headings)) if known == section => headings,
            _ => Headings::of(self.document, section),
        };
        let mut walk = Walk::new(flow.chars(), marker, self.document.year, &headings, &mut self.reading.facts);
        for token in tokens {
            match token.kind {
                TokenKind::Year(year) => walk.year(year, token),
                TokenKind::Bare => {
                    if let Some(start) = walk.blank(token) {
                        self.reading.blanks.push(Blank { span: flow.span(start, token.end), paragraph });
                    }
                }
                TokenKind::TooLong => self.reading.too_long.push(flow.span(token.start, token.end)),
                TokenKind::Quantity(quantity) => {
                    walk.quantity(quantity, token, flow.span(token.start, token.end), paragraph);
                }
            }
        }
        self.headings = Some((section, headings));
    }
}

/// How many characters the words at a paragraph's head may have that stand for a heading.
const LONGEST_LABEL: usize = 16;

/// How far back a sentence is looked for: text without full stops must not cost the square of its length.
const LONGEST_SENTENCE: usize = 800;

/// The walk through one paragraph.
struct Walk<'c> {
    chars: &'c [char],
    accounts: Option<u16>,
    /// The facts of the document so far.
    facts: &'c mut Vec<Fact>,
    /// The first of this paragraph.
    first: usize,
    /// Where the words since the last number begin.
    gap: usize,
    sentence: u32,
    depth: u8,
    /// The scale of the amount before.
    scale: Scale,
    /// The amount before, by its index in `facts`, with what it was read as.
    named: Option<(usize, Basis)>,
    /// The headings above the paragraph.
    headings: &'c Headings,
    /// The years named since the last sentence began, with their place.
    years: Vec<(u16, usize)>,
    /// The years that the sentence names side by side, each for a number of its own (2022年、2023年分别…), and the place of the next.
    apart: (Vec<u16>, usize),
    /// What the sentence compares with (与2019年相比，…).
    against: Against,
    /// Whether the words leave something out of what is compared (剔除减税因素，…), so that the figures printed do not give the change.
    excludes: bool,
}

impl<'c> Walk<'c> {
    fn new(
        chars: &'c [char],
        marker: usize,
        accounts: Option<u16>,
        headings: &'c Headings,
        facts: &'c mut Vec<Fact>,
    ) -> Self {
        Walk {
            chars,
            accounts,
            first: facts.len(),
            facts,
            gap: marker,
            sentence: 0,
            depth: 0,
            scale: Scale::ONE,
            named: None,
            headings,
            years: Vec::new(),
            apart: (Vec::new(), 0),
            against: Against::Unsaid,
            excludes: false,
        }
    }

    /// The number before in this paragraph.
    fn last(&self) -> Option<&Fact> {
        self.facts[self.first..].last()
    }

    /// The name of an amount. One that only says which figure it is (支出决算为N) has the name of the clause before it, or of the budget
    /// that stands beside it.
    fn subject(&self, own: String, role: &Role, clause: &str) -> String {
        if !own.is_empty() || !matches!(role, Role::Value(_) | Role::Change(..) | Role::Rate(..)) {
            return own;
        }
        let clause = clause.rsplit(['。', '；']).next().unwrap_or("").trim_end_matches(['，', ',', '：', '、']);
        let basis = match role {
            Role::Value(basis) => Some(*basis),
            _ => None,
        };
        let topic = label::clean(if basis.is_some() { clause } else { phrase::comparison(clause).0 });
        if taxonomy::concept(&topic).is_some() {
            return topic;
        }
        let Some(basis) = basis else { return own };
        match self.named.map(|(id, other)| (&self.facts[id], other)) {
            Some((named, other)) if named.sentence == self.sentence => {
                if other == basis {
                    own
                } else {
                    named.subject.to_string()
                }
            }
            // Nothing in the sentence has a name: the heading has.
            _ => self.headings.title.map_or(own, |concept| concept.name().to_owned()),
        }
    }

    /// 由A 5万元、B 3万元组成: all the parts.
    fn composes(&self, left: &str, from: usize) -> Option<ListKind> {
        let named = left.strip_prefix('由').is_some_and(|name| !name.is_empty());
        if !named {
            return None;
        }
        let sentence: String =
            self.chars[from..].iter().take_while(|c| !matches!(c, '。' | '；')).take(LONGEST_SENTENCE).collect();
        (sentence.contains("组成") || sentence.contains("构成")).then_some(ListKind::Consists)
    }

    fn compared_with(&self) -> Against {
        let plan = self.last().filter(|last| last.plan().is_some());
        match plan {
            Some(plan) if plan.period == Period::Current => Against::Budget,
            Some(_) => Against::Prior,
            None => self.against,
        }
    }

    /// What words compare with: the budget of another year (比2025年预算, 比上年预算数) is what was planned then, and not the plan that was
    /// carried out.
    fn of_its_year(&self, against: Against, words: &str, from: usize, to: usize) -> Against {
        let Some(accounts) = self.accounts.filter(|_| against == Against::Budget) else { return against };
        let compared = |at: usize| (from..to).contains(&at) && is_compared(self.chars, at);
        let another = self.years.iter().any(|&(year, at)| year != accounts && compared(at));
        let last = words.match_indices(COMPARING).any(|(at, word)| {
            let named = &words[at + word.len()..];
            lexicon::LAST_YEAR.iter().any(|year| named.starts_with(year))
        });
        if another || last { Against::Prior } else { against }
    }

    /// （二）政府性基金预算。收入：…: the budget that a paragraph names at its head is whose all its totals are, as under a heading.
    fn budget_at_its_head(&self) -> Option<String> {
        let end = self.chars.iter().take(LONGEST_LABEL).position(|c| matches!(c, '。' | '：'))?;
        let label = String::from_iter(&self.chars[..end]);
        label.ends_with("预算").then_some(label)
    }

    fn sentence_start(&self, at: usize) -> usize {
        let reach = at.saturating_sub(LONGEST_SENTENCE);
        // 其中 at the head of a sentence goes on with the one before.
        let ends =
            |i: &usize| matches!(self.chars[*i], '。' | '！' | '？') && !self.chars[i + 1..].starts_with(&['其', '中']);
        (reach..at).rev().find(ends).map_or(reach, |i| i + 1)
    }

    fn year(&mut self, year: u16, token: &Token) {
        self.years.push((year, token.start));
    }

    /// The start of the words that lack their figure, where a percent sign or a unit has none.
    fn blank(&self, token: &Token) -> Option<usize> {
        const RATES: [&str; 5] = ["完成预算", "占", "增长", "下降", "预算的"];
        const CHANGES: [&str; 2] = ["增加", "减少"];
        let before = &self.chars[..token.start];
        let is_rate = self.chars[token.start] == '%';
        let words: &[&str] = if is_rate { &RATES } else { &CHANGES };
        let word = words.iter().find(|word| document::ends(before, word)).map(|word| word.chars().count());
        // 占基本支出预算%，: a clause that names a whole and ends.
        let is_mark = |c: &char| matches!(c, '，' | ',' | '。' | '；');
        let of_whole = || {
            let clause = before.iter().rev().take_while(|c| !is_mark(c) && !c.is_ascii_digit()).count();
            let ended = is_rate && self.chars.get(token.end).is_some_and(is_mark);
            (ended && before.get(token.start - clause) == Some(&'占')).then_some(clause)
        };
        word.or_else(of_whole).map(|words| token.start - words)
    }

    fn quantity(&mut self, quantity: Quantity, token: &Token, span: ByteSpan, paragraph: usize) {
        let gap = &self.chars[self.gap..token.start];
        let new_sentences = gap.iter().filter(|c| matches!(c, '。' | '！' | '？')).count();
        if new_sentences > 0 {
            self.sentence += new_sentences as u32;
            self.against = Against::Unsaid;
        }
        let joint = self.joint(gap, new_sentences > 0);
        self.excludes &= !matches!(joint, Joint::Start | Joint::Item);
        self.enter_brackets(token.start);
        let left_start = self.left(token.start);
        // The words since the number before: those of other clauses, and those of the number's own phrase.
        let mut words = String::with_capacity(3 * gap.len());
        words.extend(&self.chars[self.gap..left_start]);
        let own = words.len();
        words.extend(&self.chars[left_start..token.start]);
        let (clause, left) = words.split_at(own);
        if let Some(against) = comparison_clause(clause) {
            self.against = self.of_its_year(against, clause, self.gap, left_start);
        }
        let own_sentence = words.rsplit(['。', '；']).next().unwrap_or("");
        let left_out = lexicon::excludes(own_sentence);
        self.excludes |= left_out;
        let mut quantity = quantity;
        if quantity.unit == Unit::Bare && speaks_of_money(left) {
            let after_money =
                self.last().is_some_and(|last| last.quantity.unit == Unit::Money) && quantity.decimals > 0;
            if quantity.scale > Scale::ONE {
                quantity.unit = Unit::Money;
            } else if after_money {
                // One of a list of amounts has lost its unit.
                (quantity.unit, quantity.scale) = (Unit::Money, self.scale);
            }
        }
        let phrase = phrase::read(left, quantity.unit);
        // 分别增加a、b: the second number has no words of its own and plays the part of the first.
        let inherited = self.last().filter(|last| left.is_empty() && last.quantity.unit == quantity.unit);
        let role = match inherited.map_or(phrase.role, |last| last.role.clone()) {
            // 比年初预算数3万元减少N: what it is compared with stands right before it.
            Role::Change(direction, Against::Unsaid) if joint == Joint::Words => {
                Role::Change(direction, self.compared_with())
            }
            Role::Change(..) | Role::Rate(..) if self.excludes => Role::Other,
            Role::Change(direction, Against::Unsaid) => Role::Change(direction, self.against),
            Role::Rate(direction, Against::Unsaid) => Role::Rate(direction, self.against),
            Role::Change(direction, against) => {
                Role::Change(direction, self.of_its_year(against, left, left_start, token.start))
            }
            Role::Rate(direction, against) => {
                Role::Rate(direction, self.of_its_year(against, left, left_start, token.start))
            }
            role => role,
        };
        // 与2022年的1000万元、950万元相比: numbers of one row are of one year.
        let inherited_period = inherited
            .filter(|last| joint == Joint::List && matches!(last.role, Role::Value(_)))
            .map(|last| last.period);
        // A change's own words name the year that it is measured against, not the year that it is about.
        let period = match role {
            Role::Value(_) if phrase.last_year => Period::Prior,
            Role::Value(_) => self.period(left_start, token.start, inherited_period),
            _ => Period::Current,
        };
        // 比报告数N增加M: what the next number is held against.
        let held_against =
            left.starts_with(['比', '较']) && period != Period::Prior && role == Role::Value(Basis::Actual);
        // 较上年688.84万元131.49万元: between the two a word is missing that would say what the second is.
        let unsaid = gap.is_empty() && self.last().is_some_and(|last| last.quantity.unit == quantity.unit);
        let role = match role {
            _ if held_against => Role::Reference,
            Role::Value(_) if unsaid => Role::Other,
            role => role,
        };
        let subject = self.subject(label::clean(phrase.subject), &role, clause);
        // 包括在职人员工资等。年初预算为N: what a clause before it lists is no list of amounts.
        let opens = self
            .composes(left, token.end)
            .or_else(|| lexicon::opens_list(own_sentence))
            // 其中：A持平；B减少N: the first items of a list may have no figure.
            .or_else(|| words.rsplit('。').next().is_some_and(|s| s.contains("其中：")).then_some(ListKind::OfWhich))
            // 实有人数46人：行政3人，事业6人: a colon right behind a count.
            .or_else(|| {
                let counted = self
                    .last()
                    .is_some_and(|last| matches!(quantity.unit, Unit::Count(_)) && last.quantity.unit == quantity.unit);
                (counted && gap.first() == Some(&'：')).then_some(ListKind::OfWhich)
            });
        // 剔除以上因素，运行维护费为N: another figure than the one of that name.
        let other_figure = left_out && !words.contains("其中");
        let concept = taxonomy::concept(&subject).filter(|_| !other_figure).and_then(|concept| {
            let before = || document::string(&self.chars[self.sentence_start(left_start)..left_start]);
            match self.budget_at_its_head() {
                Some(label) => taxonomy::qualify(concept, &format!("{}{label}", self.headings.words), before),
                None => taxonomy::qualify(concept, &self.headings.words, before),
            }
        });
        let fact = Fact {
            quantity,
            concept,
            role,
            subject: subject.into(),
            period,
            span,
            paragraph,
            sentence: self.sentence,
            depth: self.depth,
            opens,
            joint,
            at: (token.start, token.end),
            cell: None,
        };
        if let Some(previous) = self.facts[self.first..].last_mut() {
            if fact.role == Role::OfThat && previous.plan().is_none() {
                previous.role = Role::Reference;
            }
            share_unit(previous, &fact);
        }
        if quantity.unit == Unit::Money {
            self.scale = quantity.scale;
            if let Role::Value(basis) = fact.role {
                self.named = Some((self.facts.len(), basis));
            }
        }
        self.gap = token.end;
        add(self.facts, fact);
    }

    fn joint(&self, gap: &[char], new_sentence: bool) -> Joint {
        if self.last().is_none() || new_sentence {
            return Joint::Start;
        }
        if gap.iter().any(|c| matches!(c, '；' | '①'..='⑳')) {
            return Joint::Item;
        }
        let outside = &gap[gap.iter().take_while(|c| **c == '）').count()..];
        match outside.first() {
            Some('、' | '和' | '及' | '与') => Joint::List,
            Some('，' | ',') if outside.len() == 1 => Joint::List,
            _ if outside.iter().any(|c| matches!(c, '，' | ',' | '：')) => Joint::Comma,
            _ => Joint::Words,
        }
    }

    /// Follows the brackets between the last number and this one; a bracket counts where a figure stands in it.
    fn enter_brackets(&mut self, to: usize) {
        for i in self.gap..to {
            match self.chars[i] {
                '（' if self.closes_behind(i, to) => self.depth = self.depth.saturating_add(1),
                '）' if self.opened_before(i) => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// Whether the bracket at `open` is still open at `to`.
    fn closes_behind(&self, open: usize, to: usize) -> bool {
        let mut depth = 0_i32;
        for &c in &self.chars[open..to] {
            depth += i32::from(c == '（') - i32::from(c == '）');
            if depth == 0 {
                return false;
            }
        }
        true
    }

    /// Whether the bracket closed at `close` was opened before the last number.
    fn opened_before(&self, close: usize) -> bool {
        let mut depth = 0_i32;
        for &c in self.chars[self.gap..close].iter().rev() {
            depth += i32::from(c == '）') - i32::from(c == '（');
            if depth < 0 {
                return false;
            }
        }
        true
    }

    /// Where the phrase that ends at `to` begins: behind the last mark that parts clauses, or behind the list mark that follows the last
    /// number. A bracket without figures (因公出国（境）费) is part of the phrase, whatever stands in it.
    fn left(&self, to: usize) -> usize {
        let mut depth = 0_i32;
        let mut start = self.gap;
        for i in (self.gap..to).rev() {
            match self.chars[i] {
                '）' => depth += 1,
                '（' if depth > 0 => depth -= 1,
                '（' => {
                    start = i + 1;
                    break;
                }
                '，' | ',' | '；' | '。' | '！' | '？' | '①'..='⑳' if depth == 0 => {
                    start = i + 1;
                    break;
                }
                // 支出决算为：12万元 keeps its words; a name before a colon with words behind it is the topic, not the phrase.
                '：' if depth == 0 && i + 1 < to => {
                    start = i + 1;
                    break;
                }
                _ => {}
            }
        }
        let skip = self.chars[start..to].iter().take_while(|c| matches!(c, '、' | '）' | '和' | '及' | '与')).count();
        if start == self.gap { start + skip } else { start }
    }

    /// The year of a number whose sentence names several side by side (2022年、2023年分别支出A、B): each number has the one in its place.
    fn apart(&mut self, from: usize, to: usize, in_row: bool) -> Option<u16> {
        if in_row {
            self.apart.1 += 1;
        } else {
            let own: Vec<(u16, usize)> = self.years.iter().copied().filter(|(_, at)| *at >= from).collect();
            let width = "2022年".chars().count();
            let side_by_side = own.len() > 1
                && own
                    .windows(2)
                    .all(|pair| pair[0].1 + width < pair[1].1 && is_list(&self.chars[pair[0].1 + width..pair[1].1]));
            let parted = self.chars[from..to].windows(2).any(|pair| pair == ['分', '别']);
            self.apart =
                (if side_by_side && parted { own.iter().map(|(year, _)| *year).collect() } else { Vec::new() }, 0);
        }
        self.apart.0.get(self.apart.1).copied()
    }

    /// The year that a phrase is about: the last one named in it, else the one that its sentence opened with.
    fn period(&mut self, from: usize, to: usize, of_row: Option<Period>) -> Period {
        let sentence_start = self.sentence_start(to);
        self.years.retain(|(_, at)| *at >= sentence_start);
        // A year in a bracket that is closed again speaks of nothing outside it.
        let enclosed = |at: usize| {
            let mut depth = 0_i32;
            self.chars[at..to].iter().any(|c| {
                depth += i32::from(*c == '（') - i32::from(*c == '）');
                depth < 0
            })
        };
        let own = self.years.iter().rev().find(|(_, at)| *at >= from && !enclosed(*at)).map(|(year, _)| *year);
        let own = self.apart(from, to, of_row.is_some()).or(own);
        if let (None, Some(period)) = (own, of_row) {
            return period;
        }
        let led =
            || self.years.iter().find(|(_, at)| !is_compared(self.chars, *at) && !enclosed(*at)).map(|(year, _)| *year);
        match (own.or_else(led), self.accounts) {
            (Some(year), Some(accounts)) if year == accounts => Period::Current,
            (Some(year), Some(accounts)) if year + 1 == accounts => Period::Prior,
            (Some(year), Some(_)) => Period::Other(year),
            _ => Period::Current,
        }
    }
}

/// Whether nothing but a list mark stands between years.
fn is_list(words: &[char]) -> bool {
    let marks: String = words.iter().filter(|c| !c.is_whitespace() && **c != '度').collect();
    matches!(marks.as_str(), "、" | "和" | "与" | "及")
}

/// 收、支总计1198.41万: the unit is left out where the words can only mean money.
fn speaks_of_money(words: &str) -> bool {
    ["收入", "支出", "收、支", "收支", "经费", "资金", "预算", "决算", "执行数", "拨款", "金额", "费"]
        .iter()
        .any(|word| words.contains(word))
}

/// 与2019年相比, 比上年, 同比: a clause that says what the next figures are compared with.
fn comparison_clause(clause: &str) -> Option<Against> {
    let compares = clause.contains(['比', '较'])
        && ["相比", "比较", "比上", "较上", "同比", "比20", "较20", "比去年", "较去年"]
            .iter()
            .any(|word| clause.contains(word));
    compares.then(|| phrase::against(clause)).flatten()
}
