//! From the rows of a table to a form: indicators under their groups, totals, money. The numbers become facts.

use super::align::{align, is_straight};
use super::funds::{self, Fund, Part};
use super::goal::{self, Comparison, Goal};
use super::head::{self, Column};
use super::{Form, Group, Indicator, Total, wording};
use crate::document::{Block, BlockKind, Document, Flow};
use crate::facts::{Basis, Cell, Fact, Joint, Paragraph, Period, Quantity, Reading, Role, Unit};
use crate::relations::FactId;
use crate::source::{ByteSpan, Source};
use rust_decimal::Decimal;

/// Reads the forms that a table holds. False where it is none.
pub fn read(source: &Source, document: &Document, block: usize, reading: &mut Reading) -> bool {
    let BlockKind::Table { rows } = &document.blocks[block].kind else { return false };
    let texts: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|&cell| plain(source.text(), cell)).collect()).collect();
    if !texts.iter().any(|row| head::columns(row).is_some()) {
        return false;
    }
    let first_fact = reading.facts.len();
    let paragraph = reading.paragraphs.len();
    let section = document.blocks[block].section;
    let scope = document.sections[section].scope;
    let title = title(document, block);
    let forms = reading.forms.len();
    let mut reader = Reader {
        text: source.text(),
        rows,
        facts: &mut reading.facts,
        paragraph,
        form: Form { block, scope, title: title.clone(), ..Form::default() },
        forms: &mut reading.forms,
        columns: None,
        parts: None,
        scale: None,
        path: Vec::new(),
        open: Vec::new(),
    };
    for (index, row) in texts.iter().enumerate() {
        reader.row(index, row);
    }
    reader.finish();
    let proportional = notes(document, block, &texts).iter().any(|note| is_proportional(note));
    for form in &mut reading.forms[forms..] {
        form.title.clone_from(&title);
        form.proportional = proportional;
    }
    let facts = first_fact..reading.facts.len();
    reading.paragraphs.push(Paragraph::of_figures(section, scope, facts));
    true
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

/// The notes of a form: its own last rows, and the paragraphs right below.
fn notes(document: &Document, block: usize, texts: &[Vec<String>]) -> Vec<String> {
    let below = document.blocks[block + 1..].iter().take(3).filter_map(|b| match &b.kind {
        BlockKind::Paragraph { flow, .. } => Some(flow.text(0, flow.chars().len())),
        _ => None,
    });
    texts.iter().rev().take(4).flatten().cloned().chain(below).collect()
}

/// 定量指标达到目标值的记满分，未达到的按完成值与目标值的比例记分.
fn is_proportional(note: &str) -> bool {
    let missed = ["未达到", "未完成", "未达成"].iter().any(|word| note.contains(word));
    missed && note.contains("满分") && note.contains('按') && (note.contains("比例") || note.contains("比率"))
}

/// A cell's text without any space.
fn plain(text: &str, cell: ByteSpan) -> String {
    Flow::read(text, &[cell]).chars().iter().filter(|c| **c != ' ').collect()
}

/// A number of points: 4, 4.00, 4分.
pub fn points(text: &str) -> Option<Decimal> {
    let figure = text.strip_suffix('分').unwrap_or(text);
    let plain = !figure.is_empty() && figure.len() <= 8 && figure.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let value: Decimal = plain.then(|| figure.parse().ok()).flatten()?;
    (value <= Decimal::from(1000)).then_some(value)
}

struct Reader<'r> {
    text: &'r str,
    rows: &'r [Vec<ByteSpan>],
    facts: &'r mut Vec<Fact>,
    paragraph: usize,
    form: Form,
    forms: &'r mut Vec<Form>,
    columns: Option<Vec<Column>>,
    /// The head of the rows of money.
    parts: Option<Vec<Part>>,
    /// What the money is multiplied by; none where the form does not say.
    scale: Option<Decimal>,
    /// The groups that the rows stand in.
    path: Vec<String>,
    /// The groups whose weight is printed and whose rows go on.
    open: Vec<Group>,
}

impl Reader<'_> {
    fn row(&mut self, index: usize, row: &[String]) {
        let Some(first) = row.iter().find(|text| !text.is_empty()) else { return };
        let says = |unit: &str| {
            row.iter().any(|text| ["（", "单位："].iter().any(|lead| text.contains(&format!("{lead}{unit}"))))
        };
        if says("万元") {
            self.scale = Some(Decimal::from(10_000));
        } else if says("元") {
            self.scale = Some(Decimal::ONE);
        }
        if first.contains("项目名称") || first.starts_with("专项（项目）名称") {
            self.begin(row);
            return;
        }
        if let Some(columns) = head::columns(row) {
            // The head comes again on each page; behind a total it opens another form.
            if self.form.total().is_some() {
                self.close();
            }
            self.columns = Some(columns);
            self.parts = None;
            return;
        }
        if let Some(parts) = funds::head(row) {
            self.parts = Some(parts);
            self.columns = None;
            return;
        }
        if first.starts_with("注：")
            || first.starts_with("备注")
            || first.starts_with("注1")
            || first.starts_with("说明")
        {
            return;
        }
        if let Some(parts) = self.parts.clone() {
            self.fund(index, row, &parts);
        } else if let Some(columns) = self.columns.clone() {
            match first.as_str() {
                "合计" | "总计" | "总分" | "总得分" | "自评总分" | "综合得分" | "得分合计" | "合计得分"
                | "自评得分" => self.total(index, row, &columns, true),
                "小计" => self.total(index, row, &columns, false),
                _ if row.iter().filter(|text| !text.is_empty()).take(3).any(|text| text == "小计") => {
                    self.total(index, row, &columns, false)
                }
                _ => self.indicator(index, row, &columns),
            }
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
        let next = Form { block: self.form.block, scope: self.form.scope, ..Form::default() };
        self.forms.push(std::mem::replace(&mut self.form, next));
    }

    fn finish(&mut self) {
        if !self.form.indicators.is_empty() || !self.form.funds.is_empty() {
            self.close();
        }
    }

    fn fund(&mut self, index: usize, row: &[String], parts: &[Part]) {
        let Some((label, figures)) = funds::figures(parts, row) else { return };
        let mut fund = Fund { label, ..Fund::default() };
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
            let chars = Flow::read(self.text, &[self.rows[index][cell]]).chars().len();
            let id = self.fact(quantity, (index, cell), (0, chars), &fund.label);
            match part {
                Part::Initial => fund.initial = Some(id),
                Part::Budget => fund.budget = Some(id),
                Part::Executed => fund.executed = Some(id),
                Part::Rate => fund.rate = Some(id),
                Part::Weight => fund.weight = Some(id),
                Part::Score => fund.score = Some(id),
            }
        }
        self.form.funds.push(fund);
    }

    /// A row of totals: one number for the weights, one for the scores.
    fn total(&mut self, index: usize, row: &[String], columns: &[Column], grand: bool) {
        let numbers: Vec<usize> = (0..row.len()).filter(|&cell| points(&row[cell]).is_some()).collect();
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
            (weight, score, [a]) => (weight.filter(|w| w == a).map(|_| *a), score.filter(|s| s == a).map(|_| *a)),
            _ => (None, None),
        };
        let weight = weight.map(|cell| self.number(index, cell, "合计"));
        let score = score.map(|cell| self.number(index, cell, "合计"));
        let end = self.form.indicators.len();
        let start = if grand { 0 } else { self.form.totals.iter().rev().find(|t| !t.grand).map_or(0, |t| t.rows.end) };
        self.form.totals.push(Total { rows: start..end, grand, weight, score });
    }

    fn indicator(&mut self, index: usize, row: &[String], columns: &[Column]) {
        let cells = align(columns, row);
        let cell = |wanted: Column| {
            columns
                .iter()
                .position(|column| *column == wanted)
                .and_then(|i| cells[i])
                .filter(|&cell| !row[cell].is_empty())
        };
        let levels: Vec<(usize, usize)> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| **column == Column::Level)
            .enumerate()
            .filter_map(|(level, (i, _))| cells[i].filter(|&cell| !row[cell].is_empty()).map(|cell| (level, cell)))
            .collect();
        // The narrative that a page repeats above the head names no indicator.
        if levels.iter().any(|&(_, cell)| row[cell].ends_with('。') || row[cell].chars().count() > 60) {
            return;
        }
        let deepest = columns.iter().filter(|column| **column == Column::Level).count() - 1;
        for &(level, cell) in &levels {
            let (name, weight) = weighted(&row[cell]);
            let innermost = level == deepest;
            self.enter(level, name, weight.filter(|_| !innermost).map(|range| (index, cell, range)));
        }
        let name = levels.last().map_or(String::new(), |&(_, cell)| weighted(&row[cell]).0);
        let own_weight = levels
            .last()
            .filter(|(level, _)| *level == deepest)
            .and_then(|&(_, cell)| weighted(&row[cell]).1.map(|range| (cell, range)));
        let weight_cell = cell(Column::Weight).filter(|&cell| points(&row[cell]).is_some());
        let score_cell = cell(Column::Score);
        let (target, actual) = (cell(Column::Target), cell(Column::Actual));
        let numbered = weight_cell.is_some()
            || own_weight.is_some()
            || score_cell.is_some_and(|cell| points(&row[cell]).is_some());
        let scoring = columns.contains(&Column::Weight) || columns.contains(&Column::Score);
        if !(numbered || (!scoring && !name.is_empty() && target.is_some() && actual.is_some())) {
            return;
        }
        let named_weight = own_weight.and_then(|(cell, (start, end))| self.figure(index, cell, start, end, &name));
        let weight = weight_cell.map(|cell| self.number(index, cell, &name)).or(named_weight);
        let score = score_cell.filter(|&cell| points(&row[cell]).is_some()).map(|cell| self.number(index, cell, &name));
        let straight = is_straight(columns, &cells);
        let garbled = cell(Column::Weight).is_some_and(|cell| points(&row[cell]).is_none()) && own_weight.is_none()
            || score_cell.is_some_and(|cell| {
                points(&row[cell]).is_none() && !matches!(row[cell].as_str(), "/" | "-" | "—" | "——")
            });
        let nature = cell(Column::Nature).and_then(|cell| comparison_sign(&row[cell]));
        let mut target = target.map(|cell| self.goal(index, cell, &name));
        if let Some(target) = &mut target
            && nature.is_some()
        {
            target.comparison = nature;
        }
        let actual = actual.map(|cell| self.goal(index, cell, &name));
        let rule = cell(Column::Rule);
        let wording = rule.and_then(|cell| self.wording(index, cell, &name));
        let filled: Vec<ByteSpan> = self.rows[index].iter().copied().filter(|span| span.end > span.start).collect();
        let span = filled.iter().copied().reduce(ByteSpan::to).unwrap_or_default();
        let above = self.path.len().min(levels.last().map_or(self.path.len(), |(level, _)| *level));
        self.form.indicators.push(Indicator {
            path: self.path[..above].iter().filter(|name| !name.is_empty()).cloned().collect(),
            name,
            span,
            weight,
            named_weight,
            score,
            straight,
            unscored: columns.contains(&Column::Score) && score_cell.is_none() && weight.is_some(),
            target,
            actual,
            rule: rule.map(|cell| self.rows[index][cell]),
            wording,
            unread: garbled,
        });
    }

    /// Enters a group or names an indicator; the groups at and below its level end.
    fn enter(&mut self, level: usize, name: String, weight: Option<(usize, usize, (usize, usize))>) {
        // A page begins with the groups that it goes on with.
        if self.path.get(level) == Some(&name) {
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
        if let Some((index, cell, (start, end))) = weight
            && let Some(weight) =
                self.figure(index, cell, start, end, self.path.last().map_or("", String::as_str).to_owned().as_str())
        {
            self.open.push(Group { path: self.path.clone(), weight, rows: rows..rows });
        }
    }

    /// The points that stand in a cell.
    fn number(&mut self, row: usize, cell: usize, subject: &str) -> FactId {
        let flow = Flow::read(self.text, &[self.rows[row][cell]]);
        let text: String = flow.chars().iter().filter(|c| **c != ' ').collect();
        let value = points(&text).unwrap_or_default();
        let quantity =
            Quantity { figure: value, scale: Decimal::ONE, decimals: value.scale(), unit: Unit::Score, loose: false };
        self.fact(quantity, (row, cell), (0, flow.chars().len()), subject)
    }

    /// The points at a place of a cell, counted in characters without spaces.
    fn figure(&mut self, row: usize, cell: usize, start: usize, end: usize, subject: &str) -> Option<FactId> {
        let flow = Flow::read(self.text, &[self.rows[row][cell]]);
        let places: Vec<usize> = (0..flow.chars().len()).filter(|&i| flow.chars()[i] != ' ').collect();
        let text: String = places.get(start..end)?.iter().map(|&i| flow.chars()[i]).collect();
        let value = points(&text)?;
        let quantity =
            Quantity { figure: value, scale: Decimal::ONE, decimals: value.scale(), unit: Unit::Score, loose: false };
        Some(self.fact(quantity, (row, cell), (places[start], places[end - 1] + 1), subject))
    }

    fn goal(&mut self, row: usize, cell: usize, subject: &str) -> Goal {
        let span = self.rows[row][cell];
        let flow = Flow::read(self.text, &[span]);
        let text = flow.chars().iter().filter(|c| **c != ' ').collect();
        let found = goal::quantity(flow.chars());
        let fact = found.map(|(quantity, start, end, _)| self.fact(quantity, (row, cell), (start, end), subject));
        Goal {
            text,
            span,
            fact,
            comparison: found.and_then(|(.., comparison)| comparison),
            day: goal::day(flow.chars()),
        }
    }

    fn wording(&mut self, row: usize, cell: usize, subject: &str) -> Option<wording::Wording> {
        let flow = Flow::read(self.text, &[self.rows[row][cell]]);
        wording::read(flow.chars(), &mut |mut quantity, start, end| {
            quantity.loose = false;
            self.fact(quantity, (row, cell), (start, end), subject)
        })
    }

    fn fact(
        &mut self,
        quantity: Quantity,
        (row, cell): (usize, usize),
        (start, end): (usize, usize),
        subject: &str,
    ) -> FactId {
        let span = Flow::read(self.text, &[self.rows[row][cell]]).span(start, end);
        self.facts.push(cell_fact(quantity, span, self.paragraph, (self.form.block, row, cell), subject));
        self.facts.len() - 1
    }
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
        cell: Some(Cell { table, row, column }),
    }
}

/// The sign of a column 指标性质.
pub fn comparison_sign(text: &str) -> Option<Comparison> {
    match text {
        "≥" | "≧" => Some(Comparison::AtLeast),
        "≤" | "≦" => Some(Comparison::AtMost),
        ">" | "＞" => Some(Comparison::Above),
        "<" | "＜" => Some(Comparison::Below),
        "=" | "＝" => Some(Comparison::Exactly),
        _ => None,
    }
}

/// A name and the place of the weight that is printed behind it: 预算执行（25分）.
fn weighted(text: &str) -> (String, Option<(usize, usize)>) {
    let bare = || {
        let inner = text.strip_suffix('）')?;
        let open = inner.rfind('（')?;
        let figure = inner[open + '（'.len_utf8()..].strip_suffix('分')?;
        points(figure)?;
        let start = inner[..open].chars().count() + 1;
        Some((inner[..open].to_owned(), (start, start + figure.chars().count() + 1)))
    };
    bare().map_or((text.to_owned(), None), |(name, range)| (name, Some(range)))
}
