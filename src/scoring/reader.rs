//! From the rows of a table to a form: indicators under their groups, totals, money. The numbers become facts.

use super::align::{align, is_straight};
use super::funds::{self, Fund, Part};
use super::goal::{self, Goal};
use super::head::{self, Column};
use super::narrative::{self, Statement};
use super::row::{Row, comparison_sign, is_total, points, score_points, weighted};
use super::{Form, Grades, Group, Indicator, Total, wording};
use crate::document::{Block, BlockKind, Document, Flow};
use crate::facts::{
    Basis, Cell, Fact, FactId, Joint, Paragraph, Period, Quantity, Reading, Role, TokenKind, Unit, tokens,
};
use crate::source::{ByteSpan, Source};
use rust_decimal::Decimal;

/// Words that name the total of a self-evaluation.
pub const TOTALS: [&str; 15] = [
    "自评得分",
    "综合得分",
    "评价得分",
    "自评总分",
    "总得分",
    "总计得分",
    "自评分",
    "最终得分",
    "自评综合得分",
    "自评分值",
    "综合评分",
    "总分",
    "绩效得分",
    "项目得分",
    "评分结果",
];

/// How many rows from a form's beginning may state the unit of its money.
const UNIT_WITHIN: usize = 12;

/// Reads the forms that a table holds. False where it is none.
pub fn read(source: &Source, document: &Document, block: usize, reading: &mut Reading) -> bool {
    let BlockKind::Table { rows } = &document.blocks[block].kind else { return false };
    let row = |(index, cells): (usize, &Vec<ByteSpan>)| {
        Row::new(source.text(), index, cells.iter().map(|&cell| vec![cell]).collect())
    };
    let names_indicators = |cells: &[ByteSpan]| {
        cells.iter().any(|&cell| source.slice(cell).contains('标') || source.slice(cell).contains("评价"))
    };
    let texts = |cells: &[ByteSpan]| Row::new(source.text(), 0, cells.iter().map(|&cell| vec![cell]).collect()).texts;
    let is_head = |index: usize| {
        names_indicators(&rows[index]) && {
            let lower = texts(&rows[index]);
            let upper = index.checked_sub(1).map(|above| texts(&rows[above]));
            head::columns(&lower).is_some() || upper.is_some_and(|upper| head::lower(&upper, &lower).is_some())
        }
    };
    if !(0..rows.len()).any(is_head) {
        return false;
    }
    let mut rows: Vec<Row> = rows.iter().enumerate().map(row).collect();
    let gone = blanks_gone(&rows);
    if gone {
        rows.iter_mut().for_each(Row::trim);
    }
    let title = title(document, block);
    let texts: Vec<&String> = rows.iter().rev().take(4).flat_map(|row| &row.texts).collect();
    let notes = notes(document, block);
    let notes = || notes.iter().chain(texts.iter().copied());
    let proportional = notes().any(|note| is_proportional(note));
    let grades = notes().find_map(|note| Grades::read(note)).unwrap_or_default();
    let mut reader = Reader::new(source, document, block, reading);
    // The unit of the money may stand beside its second row.
    rows.iter().take(UNIT_WITHIN).flat_map(|row| &row.texts).for_each(|text| reader.unit(text));
    for row in &rows {
        reader.row(row);
    }
    let (forms, facts) = reader.finish();
    for form in forms {
        form.title.clone_from(&title);
        form.proportional = proportional;
        form.grades = grades;
        form.torn = gone;
        // Weights that make a whole prove that the cells beside their heads were told apart.
        let proved = form.total().is_some_and(|total| total.weight.is_some())
            && form.weights_make(&|id| facts[id].quantity.value());
        form.indicators.iter_mut().for_each(|row| row.straight |= proved);
    }
    true
}

/// Whether the blank cells of a table are gone from between the others, and stand at the ends of its rows if anywhere: some web pages'
/// tables come so.
fn blanks_gone(rows: &[Row]) -> bool {
    let ends = |row: &Row| row.filled() < row.texts.len();
    rows.iter().all(|row| row.texts[..row.filled()].iter().all(|text| !text.is_empty())) && rows.iter().any(ends)
}

/// The nearest line above that names a form.
fn title(document: &Document, block: usize) -> String {
    let words = |block: &Block| match &block.kind {
        BlockKind::Heading { flow, .. } | BlockKind::Paragraph { flow, .. } => Some(flow.text(0, flow.chars().len())),
        _ => None,
    };
    let lines = document.blocks[..block]
        .iter()
        .rev()
        .take(6)
        .take_while(|b| !matches!(b.kind, BlockKind::Table { .. }))
        .filter_map(words);
    lines
        .take_while(|line| line.chars().count() <= 70)
        .find(|line| line.contains('表') && !line.contains('。'))
        .unwrap_or_default()
}

/// The paragraphs right below a form.
fn notes(document: &Document, block: usize) -> Vec<String> {
    let below = document.blocks[block + 1..].iter().take(3).filter_map(|b| match &b.kind {
        BlockKind::Paragraph { flow, .. } => Some(flow.text(0, flow.chars().len())),
        _ => None,
    });
    below.collect()
}

/// Whether a cell's text stands beside what a form concludes.
pub fn names_conclusion(text: &str) -> bool {
    matches!(text.trim_end_matches('：'), "评价结论" | "自评结论")
}

/// 定量指标达到目标值的记满分，未达到的按完成值与目标值的比例记分.
pub fn is_proportional(note: &str) -> bool {
    let missed = ["未达到", "未完成", "未达成"].iter().any(|word| note.contains(word));
    missed && note.contains("满分") && note.contains('按') && (note.contains("比例") || note.contains("比率"))
}

/// Reads rows into forms.
pub struct Reader<'r> {
    text: &'r str,
    reading: &'r mut Reading,
    /// The passage of the form's figures, and where its facts and forms begin.
    paragraph: usize,
    first_fact: usize,
    first_form: usize,
    section: usize,
    form: Form,
    columns: Option<Vec<Column>>,
    /// The row above, which may be the upper half of a head.
    above: Vec<String>,
    /// The head of the rows of money.
    parts: Option<Vec<Part>>,
    /// The points that the head gives the row of money, and whether it says that the rate earns its part of them.
    earned: (Option<FactId>, bool),
    /// What the money is multiplied by; none where the form does not say.
    scale: Option<Decimal>,
    /// The groups that the rows stand in.
    path: Vec<String>,
    /// The groups whose weight is printed and whose rows go on.
    open: Vec<Group>,
    /// What was reached in the last row, where its parts were not all found: a page's end may have torn the cell.
    torn: Option<Vec<ByteSpan>>,
}

impl<'r> Reader<'r> {
    /// A reader of forms that stand at a block.
    pub fn new(source: &'r Source, document: &Document, block: usize, reading: &'r mut Reading) -> Reader<'r> {
        let section = document.blocks[block].section;
        Reader {
            text: source.text(),
            paragraph: reading.paragraphs.len(),
            first_fact: reading.facts.len(),
            first_form: reading.forms.len(),
            section,
            form: Form { block, scope: document.sections[section].scope, ..Form::default() },
            reading,
            columns: None,
            above: Vec::new(),
            parts: None,
            earned: (None, false),
            scale: None,
            path: Vec::new(),
            open: Vec::new(),
            torn: None,
        }
    }

    /// How many rows the form has so far.
    pub fn rows(&self) -> usize {
        self.form.indicators.len()
    }

    /// Takes the next row, whatever it is.
    pub fn row(&mut self, row: &Row) {
        let texts = &row.texts;
        let Some(first) = texts.iter().find(|text| !text.is_empty()) else { return };
        texts.iter().for_each(|text| self.unit(text));
        let above = std::mem::replace(&mut self.above, texts.clone());
        if first.contains("项目名称") || first.starts_with("专项（项目）名称") {
            self.begin(texts);
            return;
        }
        if let Some(columns) = head::lower(&above, texts).or_else(|| head::columns(texts)) {
            // The head comes again on each page; behind a total it opens another form.
            if self.form.total().is_some() {
                self.close();
            }
            self.columns = Some(columns);
            self.parts = None;
            return;
        }
        if narrative::is_head(&above)
            && let Some([target, actual]) = narrative::texts(texts)
        {
            self.narrative([&row.cells[target], &row.cells[actual]]);
            return;
        }
        if narrative::is_head(texts) {
            self.parts = None;
            return;
        }
        if let Some(parts) = funds::head(texts) {
            self.parts = Some(parts);
            self.columns = None;
            self.earned(row);
            return;
        }
        if names_conclusion(first) {
            let behind = texts.iter().position(|text| text == first).map_or(0, |cell| cell + 1);
            let pieces: Vec<ByteSpan> =
                row.cells[behind..].iter().flatten().copied().filter(|span| span.end > span.start).collect();
            self.conclusion(&pieces);
            return;
        }
        if first.starts_with("注：")
            || first.starts_with("备注")
            || first.starts_with("注1")
            || first.starts_with("说明")
        {
            return;
        }
        if self.columns.is_none() && self.parts.is_none() && self.headed(row) {
            return;
        }
        if self.columns.is_none()
            && self.parts.is_none()
            && let Some((label, figures)) = funds::pairs(texts)
        {
            self.money(row, label, figures);
        } else if let Some(parts) = self.parts.clone() {
            self.fund(row, &parts);
        } else if let Some(columns) = self.columns.clone() {
            let subtotal = || texts.iter().filter(|text| !text.is_empty()).take(3).any(|text| text == "小计");
            if is_total(first) {
                self.total(row, &columns, true);
            } else if subtotal() {
                self.total(row, &columns, false);
            } else {
                let cells = align(&columns, texts);
                self.indicator(row, &columns, &cells);
            }
        }
    }

    /// The goals in words: what was to be done, and what was.
    pub fn narrative(&mut self, [target, actual]: [&[ByteSpan]; 2]) {
        self.form.narrative.target = self.statements(target);
        self.form.narrative.actual = self.statements(actual);
    }

    /// The same where the two texts have run together.
    pub fn joint_narrative(&mut self, text: &[ByteSpan]) {
        self.form.narrative.either = self.statements(text);
    }

    fn statements(&mut self, pieces: &[ByteSpan]) -> Vec<Statement> {
        let place = (self.form.block, 0, 0);
        let (paragraph, facts) = (self.paragraph, &mut self.reading.facts);
        narrative::statements(self.text, pieces, &mut |quantity, span| {
            facts.push(cell_fact(quantity, span, paragraph, place, "年度总体目标"));
            facts.len() - 1
        })
    }

    /// What follows 评价结论: the points that it begins with, or that it calls the total.
    pub fn conclusion(&mut self, pieces: &[ByteSpan]) {
        let flow = Flow::read(self.text, pieces);
        let chars = flow.chars();
        let is_total = |start: usize| {
            let before: String = chars[..start].iter().filter(|c| **c != ' ').collect();
            let clause =
                before.rsplit(['，', '。', '；', '：']).next().unwrap_or_default().trim_end_matches(['为', '是', '达']);
            before.is_empty() || TOTALS.iter().any(|name| clause.ends_with(name))
        };
        let stated = tokens(chars).into_iter().find_map(|token| match token.kind {
            TokenKind::Quantity(quantity)
                if quantity.unit == Unit::Score && !quantity.loose && is_total(token.start) =>
            {
                Some((quantity, token.start, token.end))
            }
            _ => None,
        });
        if let Some((quantity, start, end)) = stated {
            let place = (self.form.block, 0, 0);
            let fact = cell_fact(quantity, flow.span(start, end), self.paragraph, place, "评价结论");
            self.reading.facts.push(fact);
            self.form.conclusion = Some(self.reading.facts.len() - 1);
        }
    }

    /// The total that a form prints above its rows: 自评得分 | 96.5 | 自评等级 | 优.
    fn headed(&mut self, row: &Row) -> bool {
        let filled: Vec<usize> = (0..row.texts.len()).filter(|&cell| !row.texts[cell].is_empty()).collect();
        let of_total = |pair: &&[usize]| {
            let name = row.texts[pair[0]].trim_end_matches(['：', '分']).trim_end_matches("（");
            TOTALS.iter().any(|total| name == *total || name == total.trim_end_matches('分'))
                && points(&row.texts[pair[1]]).is_some_and(|points| points <= Decimal::ONE_HUNDRED)
        };
        let Some(cell) = filled.windows(2).find(of_total).map(|pair| pair[1]) else { return false };
        self.form.conclusion = Some(self.number(row, cell, "自评得分"));
        true
    }

    /// What the head of the money says of its score.
    pub fn earned(&mut self, head: &Row) {
        let by_rate = head.texts.iter().any(|text| funds::is_by_rate(text));
        let place = (0..head.texts.len()).rev().find_map(|cell| Some((cell, funds::weight(&head.texts[cell])?)));
        let weight = place.and_then(|(cell, (start, end))| self.figure(head, cell, start, end, "预算执行率"));
        self.earned = (weight, by_rate);
    }

    /// The unit that a text states for the form's money: （万元）, 单位：元.
    pub fn unit(&mut self, text: &str) {
        let says = |unit: &str| {
            let mut places = text.match_indices(unit).map(|(at, _)| &text[..at]);
            places.any(|before| before.ends_with("（") || before.ends_with("单位："))
        };
        if !text.contains('元') {
            return;
        }
        if says("万元") {
            self.scale = Some(Decimal::from(10_000));
        } else if says("元") {
            self.scale = Some(Decimal::ONE);
        }
    }

    /// A project's name opens a form of its own.
    fn begin(&mut self, row: &[String]) {
        if !self.form.indicators.is_empty() || !self.form.funds.is_empty() {
            self.close();
        }
        self.form.project = row.iter().filter(|text| !text.is_empty()).nth(1).cloned().unwrap_or_default();
    }

    fn close(&mut self) {
        while let Some(mut group) = self.open.pop() {
            group.rows.end = self.form.indicators.len();
            self.form.groups.push(group);
        }
        self.path.clear();
        self.columns = None;
        self.parts = None;
        self.earned = (None, false);
        self.form.indicators.shrink_to_fit();
        let next = Form { block: self.form.block, scope: self.form.scope, ..Form::default() };
        self.reading.forms.push(std::mem::replace(&mut self.form, next));
    }

    /// Ends the last form, and gives all that were read.
    pub fn finish(mut self) -> (&'r mut [Form], &'r [Fact]) {
        if !self.form.indicators.is_empty() || !self.form.funds.is_empty() {
            self.close();
        }
        let facts = self.first_fact..self.reading.facts.len();
        self.reading.paragraphs.push(Paragraph::of_figures(self.section, self.form.scope, facts));
        (&mut self.reading.forms[self.first_form..], &self.reading.facts)
    }

    /// A row of money.
    pub fn fund(&mut self, row: &Row, parts: &[Part]) {
        if let Some((label, figures)) = funds::figures(parts, &row.texts) {
            self.money(row, label, figures);
        }
    }

    /// A row of money that names each of its figures, where it does so from its first cell on.
    pub fn named_fund(&mut self, row: &Row) -> bool {
        let found = funds::pairs(&row.texts).filter(|(_, figures)| figures[0].1 == 1);
        found.map(|(label, figures)| self.money(row, label, figures)).is_some()
    }

    fn money(&mut self, row: &Row, label: String, figures: funds::Figures) {
        let mut fund = Fund { label, by_rate: self.earned.1, ..Fund::default() };
        for (part, cell, mut quantity) in figures {
            if matches!(part, Part::Initial | Part::Budget | Part::Executed)
                && quantity.unit == Unit::Bare
                && let Some(scale) = if quantity.scale > Decimal::ONE { Some(quantity.scale) } else { self.scale }
            {
                (quantity.unit, quantity.scale) = (Unit::Money, scale);
            }
            if matches!(part, Part::Weight | Part::Score) {
                quantity.unit = Unit::Score;
            }
            let chars = row.flows[cell].chars().len();
            let id = self.fact(quantity, (row, cell), (0, chars), &fund.label);
            match part {
                Part::Initial => fund.initial = Some(id),
                Part::Budget => fund.budget = Some(id),
                Part::Executed => fund.executed = Some(id),
                Part::Rate => fund.rate = Some(id),
                Part::Weight => fund.weight = Some(id),
                Part::Score => fund.score = Some(id),
            }
        }
        if fund.score.is_some() && fund.weight.is_none() {
            fund.weight = self.earned.0;
        }
        self.form.funds.push(fund);
    }

    /// A row of totals: one number for the weights, one for the scores.
    pub fn total(&mut self, row: &Row, columns: &[Column], grand: bool) {
        let numbers: Vec<usize> = (0..row.texts.len()).filter(|&cell| points(&row.texts[cell]).is_some()).collect();
        let place = |wanted: Column| columns.iter().position(|column| *column == wanted);
        let (weight, score) = match (place(Column::Weight), place(Column::Score), &numbers[..]) {
            (Some(weight), Some(score), [a, b]) => {
                if weight < score {
                    (Some(*a), Some(*b))
                } else {
                    (Some(*b), Some(*a))
                }
            }
            (None, Some(_), [a]) => (None, Some(*a)),
            // One number that stands under neither head is the score, unless it is the whole that weights make.
            (Some(weight), Some(score), [a]) if *a != weight && *a != score => {
                let whole = points(&row.texts[*a]) == Some(Decimal::ONE_HUNDRED);
                (None, (!whole).then_some(*a))
            }
            (weight, score, [a]) => (weight.filter(|w| w == a).map(|_| *a), score.filter(|s| s == a).map(|_| *a)),
            _ => (None, None),
        };
        let kinds =
            || columns.iter().filter(|column| matches!(column, Column::GroupWeight | Column::Weight | Column::Score));
        let (weight, score) =
            if weight.is_none() && score.is_none() && numbers.len() > 2 && kinds().count() == numbers.len() {
                let of = |wanted: Column| kinds().position(|column| *column == wanted).map(|at| numbers[at]);
                (of(Column::Weight), of(Column::Score))
            } else {
                (weight, score)
            };
        let weight = weight.map(|cell| self.number(row, cell, "合计"));
        let score = score.map(|cell| self.number(row, cell, "合计"));
        let end = self.form.indicators.len();
        let start = if grand { 0 } else { self.form.totals.iter().rev().find(|t| !t.grand).map_or(0, |t| t.rows.end) };
        self.form.totals.push(Total { rows: start..end, grand, weight, score });
    }

    /// A row of an indicator, where it is one; `cells` has the place of each column's cell.
    pub fn indicator(&mut self, row: &Row, columns: &[Column], cells: &[Option<usize>]) {
        let texts = &row.texts;
        let cell = |wanted: Column| {
            columns
                .iter()
                .position(|column| *column == wanted)
                .and_then(|i| cells[i])
                .filter(|&cell| !texts[cell].is_empty())
        };
        let mut levels: Vec<(usize, usize)> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| **column == Column::Level)
            .enumerate()
            .filter_map(|(level, (i, _))| cells[i].filter(|&cell| !texts[cell].is_empty()).map(|cell| (level, cell)))
            .collect();
        // The rate of the money is of no other group, though it may stand behind one whose name comes only once.
        if let [(level, cell)] = &mut levels[..]
            && texts[*cell].starts_with("预算执行率（")
        {
            *level = 0;
        }
        // The narrative that a page repeats above the head names no indicator.
        if levels.iter().any(|&(_, cell)| texts[cell].ends_with('。') || texts[cell].chars().count() > 60) {
            return;
        }
        // The weight of a group may have a column of its own behind the name.
        let own_column = |level: usize| {
            let at = columns.iter().enumerate().filter(|(_, column)| **column == Column::Level).nth(level)?.0 + 1;
            let cell = columns.get(at).filter(|column| **column == Column::GroupWeight).and_then(|_| cells[at])?;
            points(&texts[cell]).map(|_| (cell, (0, texts[cell].chars().count())))
        };
        let deepest = columns.iter().filter(|column| **column == Column::Level).count() - 1;
        for &(level, cell) in &levels {
            let (name, weight) = weighted(&texts[cell]);
            let innermost = level == deepest;
            let weight = weight.map(|range| (cell, range)).or_else(|| own_column(level));
            self.enter(row, level, name, weight.filter(|_| !innermost));
        }
        let name = levels.last().map_or(String::new(), |&(_, cell)| weighted(&texts[cell]).0);
        let own_weight = levels
            .last()
            .filter(|(level, _)| *level == deepest)
            .and_then(|&(_, cell)| weighted(&texts[cell]).1.map(|range| (cell, range)));
        let weight_cell = cell(Column::Weight).filter(|&cell| points(&texts[cell]).is_some());
        let score_cell = cell(Column::Score);
        let (target, actual) = (cell(Column::Target).or_else(|| cell(Column::Initial)), cell(Column::Actual));
        let numbered = weight_cell.is_some()
            || own_weight.is_some()
            || score_cell.is_some_and(|cell| score_points(&texts[cell]).is_some());
        let scoring = columns.contains(&Column::Weight) || columns.contains(&Column::Score);
        if !numbered && let (Some(mut pieces), Some(cell)) = (self.torn.take(), actual) {
            pieces.extend_from_slice(&row.cells[cell]);
            return self.parts(row, pieces);
        }
        if !(numbered || (!scoring && !name.is_empty() && target.is_some() && actual.is_some())) {
            return;
        }
        let named_weight = own_weight.and_then(|(cell, (start, end))| self.figure(row, cell, start, end, &name));
        let weight = weight_cell.map(|cell| self.number(row, cell, &name)).or(named_weight);
        let score =
            score_cell.filter(|&cell| score_points(&texts[cell]).is_some()).map(|cell| self.number(row, cell, &name));
        let coefficient = cell(Column::Coefficient).and_then(|cell| self.coefficient(row, cell, &name));
        let completion = cell(Column::Completion).and_then(|cell| self.coefficient(row, cell, &name));
        let straight = is_straight(columns, cells);
        let garbled = cell(Column::Weight).is_some_and(|cell| points(&texts[cell]).is_none()) && own_weight.is_none()
            || score_cell.is_some_and(|cell| {
                score_points(&texts[cell]).is_none() && !matches!(texts[cell].as_str(), "/" | "-" | "—" | "——")
            });
        let nature = cell(Column::Nature).and_then(|cell| comparison_sign(&texts[cell]));
        let unit = cell(Column::Unit).map(|cell| texts[cell].clone());
        let mut target = target.map(|cell| self.goal(row, cell, unit.as_deref(), &name));
        if let Some(target) = &mut target
            && nature.is_some()
        {
            target.comparison = nature;
        }
        let mut actual = actual.map(|cell| self.goal(row, cell, unit.as_deref(), &name));
        // A qualitative indicator is graded in words; its figures are no measure.
        if cell(Column::Nature).is_some_and(|cell| texts[cell] == "定性") {
            for goal in [&mut target, &mut actual].into_iter().flatten() {
                (goal.fact, goal.text) = (None, String::new());
            }
        }
        let rule = cell(Column::Rule);
        let wording = rule.and_then(|cell| self.wording(row, cell, &name));
        let beside = |word: &str| self.path.iter().any(|name| name.starts_with(word));
        let extra = weight.is_none() && (beside("扣分") || beside("加分"));
        let takes = extra && beside("扣分") && score_cell.is_some_and(|cell| !texts[cell].starts_with('-'));
        let above = self.path.len().min(levels.last().map_or(self.path.len(), |(level, _)| *level));
        self.form.indicators.push(Indicator {
            path: self.path[..above].iter().filter(|name| !name.is_empty()).cloned().collect(),
            name,
            span: row.span(),
            weight,
            named_weight,
            score,
            coefficient,
            completion,
            extra,
            takes,
            straight,
            bonus: texts.iter().any(|text| gives_bonus(text)),
            unscored: columns.contains(&Column::Score) && score_cell.is_none() && weight.is_some(),
            target,
            actual,
            parts: Vec::new(),
            rule: rule.map(|cell| row.cell(cell)),
            wording,
            unread: garbled,
        });
        self.torn = None;
        if let Some(cell) = cell(Column::Actual) {
            self.parts(row, row.cells[cell].clone());
        }
    }

    /// What was reached in each part of the last row's rule: behind each part's name one figure.
    fn parts(&mut self, row: &Row, pieces: Vec<ByteSpan>) {
        let Some(indicator) = self.form.indicators.last() else { return };
        let Some(wording::Wording::Parts(parts)) = &indicator.wording else { return };
        let flow = Flow::read(self.text, &pieces);
        let text = flow.text(0, flow.chars().len());
        let places: Option<Vec<usize>> =
            parts.iter().map(|part| text.find(part.name.as_str()).map(|at| text[..at].chars().count())).collect();
        let goals = places.filter(|places| places.is_sorted()).and_then(|places| {
            let ends = places.iter().skip(1).copied().chain([flow.chars().len()]);
            let figures = places.iter().zip(ends).map(|(&start, end)| {
                let (quantity, from, to, comparison) = goal::quantity(&flow.chars()[start..end])?;
                Some((quantity, start + from, start + to, comparison))
            });
            figures.collect::<Option<Vec<_>>>()
        });
        let Some(goals) = goals else {
            self.torn = Some(pieces);
            return;
        };
        let name = indicator.name.clone();
        let mut read = Vec::new();
        for (quantity, start, end, comparison) in goals {
            let span = flow.span(start, end);
            let place = (self.form.block, row.index, 0);
            self.reading.add(cell_fact(quantity, span, self.paragraph, place, &name));
            let fact = Some(self.reading.facts.len() - 1);
            read.push(Goal { text: flow.text(start, end), span, fact, comparison, day: None });
        }
        if let Some(indicator) = self.form.indicators.last_mut() {
            indicator.parts = read;
        }
    }

    /// A row that was seen and could not be read.
    pub fn unread(&mut self, span: ByteSpan) {
        self.form.indicators.push(Indicator { span, unread: true, ..Indicator::default() });
    }

    /// Enters a group or names an indicator; the groups at and below its level end.
    fn enter(&mut self, row: &Row, level: usize, name: String, weight: Option<(usize, (usize, usize))>) {
        // A page begins with the groups that it goes on with.
        if self.path.get(level) == Some(&name) {
            let open = self.open.iter().position(|group| group.path.len() == level + 1);
            if let (Some((cell, (start, end))), Some(open)) = (weight, open) {
                let again = self.figure(row, cell, start, end, &name);
                self.open[open].again.extend(again);
            }
            return;
        }
        self.path.resize(level, String::new());
        self.path.push(name);
        let rows = self.form.indicators.len();
        while self.open.last().is_some_and(|group| group.path.len() > level) {
            let mut group = self.open.pop().expect("it was looked at");
            group.rows.end = rows;
            self.form.groups.push(group);
        }
        if let Some((cell, (start, end))) = weight
            && let Some(weight) =
                self.figure(row, cell, start, end, self.path.last().map_or("", String::as_str).to_owned().as_str())
        {
            self.open.push(Group { path: self.path.clone(), weight, again: Vec::new(), rows: rows..rows });
        }
    }

    /// The points that stand in a cell.
    fn number(&mut self, row: &Row, cell: usize, subject: &str) -> FactId {
        let value = score_points(&row.texts[cell]).unwrap_or_default();
        let quantity = Quantity {
            figure: value,
            scale: Decimal::ONE,
            decimals: value.scale(),
            unit: Unit::Score,
            loose: false,
            garbled: false,
        };
        self.fact(quantity, (row, cell), (0, row.flows[cell].chars().len()), subject)
    }

    /// The part of the weight or of the target that a cell states, in per cent: 80%, 0.8.
    fn coefficient(&mut self, row: &Row, cell: usize, subject: &str) -> Option<FactId> {
        let flow = Flow::read(self.text, &row.cells[cell]);
        let (mut quantity, start, end, _) = goal::quantity(flow.chars())?;
        if quantity.unit == Unit::Bare {
            let scale = if quantity.figure <= Decimal::ONE { Decimal::ONE_HUNDRED } else { Decimal::ONE };
            quantity = Quantity { unit: Unit::Percent, scale, ..quantity };
        }
        (quantity.unit == Unit::Percent).then(|| self.fact(quantity, (row, cell), (start, end), subject))
    }

    /// The points at a place of a cell, counted in characters without spaces.
    fn figure(&mut self, row: &Row, cell: usize, start: usize, end: usize, subject: &str) -> Option<FactId> {
        let flow = &row.flows[cell];
        let places: Vec<usize> = (0..flow.chars().len()).filter(|&i| flow.chars()[i] != ' ').collect();
        let text: String = places.get(start..end)?.iter().map(|&i| flow.chars()[i]).collect();
        let value = points(&text)?;
        let quantity = Quantity {
            figure: value,
            scale: Decimal::ONE,
            decimals: value.scale(),
            unit: Unit::Score,
            loose: false,
            garbled: false,
        };
        Some(self.fact(quantity, (row, cell), (places[start], places[end - 1] + 1), subject))
    }

    /// A cell of what was to be reached or was; a bare figure is of the unit that the row prints in a cell of its own.
    fn goal(&mut self, row: &Row, cell: usize, unit: Option<&str>, subject: &str) -> Goal {
        let flow = &row.flows[cell];
        let found = goal::quantity(flow.chars());
        let fact = found.map(|(quantity, start, end, _)| {
            let quantity =
                unit.filter(|_| quantity.unit == Unit::Bare).map_or(quantity, |unit| goal::of_unit(quantity, unit));
            self.fact(quantity, (row, cell), (start, end), subject)
        });
        Goal {
            text: row.texts[cell].clone(),
            span: row.cell(cell),
            fact,
            comparison: found.and_then(|(.., comparison)| comparison),
            day: goal::day(flow.chars()),
        }
    }

    fn wording(&mut self, row: &Row, cell: usize, subject: &str) -> Option<wording::Wording> {
        let flow = &row.flows[cell];
        wording::read(flow.chars(), &mut |mut quantity, start, end| {
            quantity.loose = false;
            self.fact(quantity, (row, cell), (start, end), subject)
        })
    }

    fn fact(
        &mut self,
        quantity: Quantity,
        (row, cell): (&Row, usize),
        (start, end): (usize, usize),
        subject: &str,
    ) -> FactId {
        let span = row.flows[cell].span(start, end);
        let place = (self.form.block, row.index, cell);
        self.reading.add(cell_fact(quantity, span, self.paragraph, place, subject));
        self.reading.facts.len() - 1
    }
}

/// 有批示的，一个加1分: whether a text gives points beside the weight.
fn gives_bonus(text: &str) -> bool {
    text.match_indices('加').any(|(at, word)| {
        let behind = &text[at + word.len()..];
        let rest = behind.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        rest.len() < behind.len() && rest.starts_with('分') && !text[..at].ends_with(['增', '追'])
    })
}

/// The fact of a number in a cell: block, row and column.
pub fn cell_fact(
    quantity: Quantity,
    span: ByteSpan,
    paragraph: usize,
    (table, row, column): (usize, usize, usize),
    subject: &str,
) -> Fact {
    let role = if quantity.unit == Unit::Money { Role::Value(Basis::Actual) } else { Role::Other };
    Fact {
        quantity,
        role,
        subject: subject.to_owned(),
        concept: None,
        period: Period::Current,
        span,
        paragraph,
        sentence: 0,
        depth: 0,
        opens: None,
        joint: Joint::Start,
        at: (0, 0),
        cell: Some(Cell::at(table, row, column)),
    }
}
