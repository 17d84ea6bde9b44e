//! The rows of a table: a class is the sum of its groups, a group of its items, and the total of all classes.

use super::{Context, Found, Rule};
use crate::document::Row;
use crate::facts::Entry;
use crate::numbers::Interval;
use crate::relations::{Certainty, FactId, Formula, Relation, Tree, Truth, WordCheck};
use crate::taxonomy::tables::{self, Item};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: Rule = Rule {
    id: "table-codes",
    name: ["科目逐级汇总", "the levels of the classification"],
    doc: [
        "功能分类科目表中类（3位）等于所属各款（5位）之和，款等于所属各项（7位）之和，合计行等于各类之和；经济分类同理，人员经费合计为301、303类之和。依据：政府收支分类科目；公开02、03、05、06、08表。",
        "In the tables by code a class (3 digits) is the sum of its groups (5), a group of its items (7), and the total row of all classes; the economic classification likewise. Source: the classification of revenue and expenditure.",
    ],
    fails: "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n205\t教育支出\t90.00\t60.00\t30.00\n20508\t进修及培训\t90.00\t60.00\t30.00\n2050803\t培训支出\t50.00\t20.00\t30.00\n2050899\t其他进修及培训\t30.00\t30.00\t\n注：本表反映支出情况。",
    passes: "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n205\t教育支出\t90.00\t60.00\t30.00\n20508\t进修及培训\t90.00\t60.00\t30.00\n2050803\t培训支出\t50.00\t20.00\t30.00\n2050899\t其他进修及培训\t40.00\t40.00\t\n注：本表反映支出情况。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let classes = Classes::of(context);
    for fact in context.reading.sheets.iter().filter_map(|sheet| sheet.shifted) {
        let (span, truth) = (context.fact(fact).span, Some(Truth::ShiftedRows));
        found.words.push(WordCheck { rule: RULE.id, span, operands: Vec::new(), holds: false, truth, judge: false });
    }
    for tree in &context.trees {
        let open = open(context, tree);
        for (index, node) in
            tree.nodes.iter().enumerate().filter(|(_, node)| !node.children.is_empty() && !node.has_unread)
        {
            debug_assert!(!node.children.contains(&index));
            sums(context, tree, node.place.entries(context.reading), &node.children, open.contains(&index), found);
        }
        if tree.has_unread {
            continue;
        }
        total(context, &classes, tree, !open.is_empty(), found);
        by_kind(context, tree, found);
    }
}

/// The rows whose rows below may go on where the text breaks off: the last of each list and those above it.
fn open(context: &Context, tree: &Tree) -> BTreeSet<usize> {
    let span = |row: &Row| row.code.as_ref().map_or(row.label_span, |code| code.span);
    let last = tree.sheets.clone().filter_map(|index| {
        let sheet = &context.reading.sheets[index];
        context.document.tables[sheet.table].panels[sheet.panel].rows.last()
    });
    let mut open = BTreeSet::new();
    // 合计 below all rows closes the table.
    let goes_on = |row: &Row| context.may_break_off(span(row)) && (row.code.is_some() || !row.label.ends_with('计'));
    if !last.max_by_key(|row| span(row).end).is_some_and(goes_on) {
        return open;
    }
    for sheet in tree.sheets.clone() {
        let mut at = (0..tree.nodes.len()).rev().find(|&node| tree.nodes[node].place.sheet == sheet);
        while let Some(node) = at.filter(|&node| open.insert(node)) {
            at = tree.nodes[node].parent;
        }
    }
    open
}

/// Each cell of a row is the sum of the cells below it.
fn sums(context: &Context, tree: &Tree, entries: &[Entry], children: &[usize], may_go_on: bool, found: &mut Found) {
    for (column, entry) in entries.iter().enumerate() {
        let Entry::Amount(target) = *entry else { continue };
        let Some(parts) = tree.column(context.reading, children, column) else { continue };
        let certainty = certainty(&parts, may_go_on);
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Sum(parts, Vec::new())],
            certainty,
        });
    }
}

/// A sum whose parts may go on is but a guess; one without parts may have lost them.
fn certainty(parts: &[FactId], may_go_on: bool) -> Certainty {
    match (may_go_on, parts.is_empty()) {
        (true, _) => Certainty::Conjecture,
        (false, true) => Certainty::Likely,
        (false, false) => Certainty::Sure,
    }
}

/// The total row. Where the classes miss it by the amount of a class that another table shows, the class's rows are missing here: one
/// finding, whatever the number of columns.
fn total(context: &Context, classes: &Classes, tree: &Tree, may_go_on: bool, found: &mut Found) {
    let Some(place) = tree.total else { return };
    let roots: Vec<usize> = tree.roots().collect();
    let mut missing: Option<(FactId, FactId)> = None;
    for (column, entry) in place.entries(context.reading).iter().enumerate() {
        let Entry::Amount(target) = *entry else { continue };
        let Some(parts) = tree.column(context.reading, &roots, column) else { continue };
        let certainty = certainty(&parts, may_go_on);
        let mut readings = vec![Formula::Sum(parts.clone(), Vec::new())];
        if let Some(class) = classes.missing(context, tree, target, &parts).filter(|_| !may_go_on) {
            readings.push(Formula::Sum(parts.into_iter().chain([class]).collect(), Vec::new()));
            missing.get_or_insert((target, class));
        } else if let Some((_, class)) = missing {
            // A column beside it may hold the missing rows as well as a slip in another row: that is the likelier reading.
            readings.insert(0, Formula::Sum(parts.into_iter().chain([class]).collect(), Vec::new()));
        }
        found.relations.push(Relation { rule: RULE.id, target, readings, certainty });
    }
    if let Some((target, class)) = missing {
        let span = context.fact(target).span;
        found.words.push(WordCheck {
            rule: RULE.id,
            span,
            operands: vec![class],
            holds: false,
            truth: Some(Truth::MissingRows),
            judge: false,
        });
    }
}

/// The amounts of all classes, by value.
struct Classes {
    amounts: BTreeMap<Decimal, Vec<ClassAmount>>,
    /// The widest of their intervals.
    width: Decimal,
}

/// What a table says of a class.
struct ClassAmount {
    code: u32,
    table: usize,
    fact: FactId,
}

impl Classes {
    fn of(context: &Context) -> Self {
        let mut classes = Classes { amounts: BTreeMap::new(), width: Decimal::ZERO };
        for sheet in &context.reading.sheets {
            for (row, content) in sheet.rows.iter().enumerate() {
                for (column, entry) in content.entries.iter().enumerate() {
                    let Some(Item::Code(code @ ..1000)) = sheet.meaning(row, column).map(|meaning| meaning.item) else {
                        continue;
                    };
                    let Some(fact) = entry.fact() else { continue };
                    let interval = context.fact(fact).quantity.interval();
                    classes.width = classes.width.max(interval.hi - interval.lo);
                    let amounts = classes.amounts.entry(interval.middle()).or_default();
                    amounts.push(ClassAmount { code, table: sheet.table, fact });
                }
            }
        }
        classes
    }

    /// The class that makes up for what the total has more than its rows, shown by another table and not by this one.
    fn missing(&self, context: &Context, tree: &Tree, target: FactId, parts: &[FactId]) -> Option<FactId> {
        let value = |id: FactId| context.fact(id).quantity.interval();
        let sum = parts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &id| sum.plus(value(id)))?;
        let gap = value(target).minus(sum)?;
        if gap.lo <= Decimal::ZERO {
            return None;
        }
        let shown: BTreeSet<u32> = tree
            .roots()
            .filter_map(|node| tree.nodes[node].place.code(context.document, context.reading)?.digits.parse().ok())
            .collect();
        let near = gap.lo.checked_sub(self.width)?..=gap.hi.checked_add(self.width)?;
        self.amounts
            .range(near)
            .flat_map(|(_, amounts)| amounts)
            .filter(|of| of.table != tree.table && !shown.contains(&of.code) && gap.meet(value(of.fact)).is_some())
            .map(|of| of.fact)
            .min()
    }
}

/// The amounts of a row; where its name is merged over the list beside it, they stand under that one's head.
fn amounts_beside<'c>(context: &'c Context, sheet: usize, row: usize, printed: usize) -> &'c [Entry] {
    let own = &context.reading.sheets[sheet];
    if own.rows[row].entries.iter().any(|entry| *entry != Entry::Blank) {
        return &own.rows[row].entries;
    }
    let beside = context.reading.sheets.get(sheet + 1).filter(|next| next.table == own.table);
    let unnamed = beside.and_then(|next| {
        let rows = &context.document.tables[next.table].panels[next.panel].rows;
        let at = rows.iter().position(|row| row.index == printed && row.label.is_empty() && row.code.is_none())?;
        Some(next.rows[at].entries.as_slice())
    });
    unnamed.unwrap_or(&own.rows[row].entries)
}

/// 人员经费合计 and 公用经费合计 below the economic classes.
fn by_kind(context: &Context, tree: &Tree, found: &mut Found) {
    for index in tree.sheets.clone() {
        let sheet = &context.reading.sheets[index];
        let panel = &context.document.tables[sheet.table].panels[sheet.panel];
        for (row, content) in panel.rows.iter().enumerate().filter(|(_, row)| row.code.is_none()) {
            let Some(personnel) = tables::sums_up_kind(&content.label) else { continue };
            let of_kind = |node: &usize| {
                let code = tree.nodes[*node].place.code(context.document, context.reading);
                code.is_some_and(|code| tables::is_personnel(&code.digits) == personnel)
            };
            let classes: Vec<usize> = tree.roots().filter(of_kind).collect();
            if !classes.is_empty() && tree.nodes.iter().any(|node| node.place.sheet == index) {
                sums(context, tree, amounts_beside(context, index, row, content.index), &classes, false, found);
            }
        }
    }
}
