//! What the prose says and a table carries is the same.

use super::{Context, Found, Rule, share, tables_agree};
use crate::document::{BlockKind, Flow};
use crate::facts::{Basis, Fact, Item, Period, Role, Unit, label};
use crate::relations::{Certainty, FactId, Formula, Place, Relation, Truth, WordCheck, heads};
use crate::source::ByteSpan;
use crate::taxonomy::{
    self,
    tables::{self, Meaning, Money, Nature, Side},
};
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: Rule = Rule {
    id: "prose-table",
    name: ["文表一致", "prose and tables agree"],
    doc: [
        "决算情况说明中的金额与公开表一致：收支总计、本年收支合计、基本支出、项目支出、各类各项支出、经济分类明细和“三公”经费，单位换算产生的四舍五入除外。",
        "An amount of the prose is the one that the tables print: totals, basic and project expenditure, classes and items, economic items, the three public expenses, but for rounding between units.",
    ],
    fails: "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n205\t教育支出\t90.00\t60.00\t30.00\n注：本表反映支出情况。\n一、支出决算情况说明\n2023年度支出合计90.00万元，其中：基本支出60.00万元，占66.67%；项目支出33.00万元，占33.33%。",
    passes: "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n205\t教育支出\t90.00\t60.00\t30.00\n注：本表反映支出情况。\n一、支出决算情况说明\n2023年度支出合计90.00万元，其中：基本支出60.00万元，占66.67%；项目支出30.00万元，占33.33%。",
    find,
};

/// As many names of one table make a paragraph an account of it.
const TELLING: usize = 3;

fn find(context: &Context, found: &mut Found) {
    if context.reading.sheets.iter().all(|sheet| sheet.form.is_none()) {
        return;
    }
    let tables = Tables::of(context);
    for (index, paragraph) in context.reading.paragraphs.iter().enumerate() {
        let is_prose = context.reading.facts[paragraph.facts.clone()].first().is_some_and(|fact| fact.cell.is_none());
        if !is_prose || paragraph.scope != 0 {
            continue;
        }
        let economic: Vec<(FactId, &Economic)> =
            paragraph.facts.clone().filter_map(|id| Some((id, tables.economic(context.fact(id))?))).collect();
        let of_economics = economic.len() >= TELLING;
        if of_economics {
            economic.iter().for_each(|(id, row)| {
                equal(*id, &row.cells, Certainty::Likely, found);
                if let Some(span) = name_span(context, *id, row.name) {
                    found.words.push(WordCheck {
                        rule: RULE.id,
                        span: row.span,
                        operands: Vec::new(),
                        holds: true,
                        truth: Some(Truth::SameAs(span)),
                        judge: false,
                    });
                }
            });
        }
        for id in paragraph.facts.clone() {
            tables.share_of_projects(context, id, found);
        }
        let item = paragraph.item.as_ref().filter(|item| !item.item.is_empty());
        if let Some(item) = item {
            tables.item(context, index, item, found);
            continue;
        }
        for id in paragraph.facts.clone() {
            let fact = context.fact(id);
            if !is_amount(fact) || of_economics && economic.iter().any(|(known, _)| *known == id) {
                continue;
            }
            let (cells, certainty) = tables.cells_of(fact);
            let mut readings: Vec<Formula> = cells.into_iter().map(Formula::Equal).collect();
            readings.extend(tables.fiscal_income(fact));
            if !readings.is_empty() {
                found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
            }
        }
    }
}

/// The prose's amount is that of one of the cells.
fn equal(id: FactId, cells: &[FactId], certainty: Certainty, found: &mut Found) {
    if !cells.is_empty() {
        let readings = cells.iter().map(|&cell| Formula::Equal(cell)).collect();
        found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
    }
}

fn is_amount(fact: &Fact) -> bool {
    matches!(fact.role, Role::Value(_))
        && fact.period == Period::Current
        && fact.quantity.unit == Unit::Money
        && !fact.quantity.loose
}

/// The name of an economic item without the word that says it is paid.
fn bare(name: &str) -> &str {
    let bare = name.strip_suffix("缴费").or_else(|| name.strip_suffix("支出"));
    bare.filter(|bare| bare.chars().count() >= 3).unwrap_or(name)
}

/// A row of the economic classification.
#[derive(Debug, Clone)]
struct Economic<'c> {
    name: &'c str,
    span: ByteSpan,
    /// Its cells of 基本支出.
    cells: Vec<FactId>,
}

/// The tables of the main report, by what their cells say.
struct Tables<'c> {
    cells: BTreeMap<Meaning, Vec<FactId>>,
    /// The rows of the economic classification by their names.
    economics: BTreeMap<String, Economic<'c>>,
    /// The rows of the functional classification by the names of 款 and 项.
    items: BTreeMap<(&'c str, &'c str), Vec<Place>>,
}

impl<'c> Tables<'c> {
    fn of(context: &'c Context) -> Self {
        let cells = tables_agree::cells(context)
            .into_iter()
            .filter(|((set, _), _)| *set == 0)
            .map(|((_, meaning), ids)| (meaning, ids))
            .collect();
        let mut tables = Tables { cells, economics: BTreeMap::new(), items: BTreeMap::new() };
        for tree in &context.trees {
            for node in &tree.nodes {
                let row = node.place.row(context.document, context.reading);
                let digits = row.code.as_ref().map_or("", |code| code.digits.as_str());
                let sheet = &context.reading.sheets[node.place.sheet];
                if sheet.set != 0 || sheet.form.is_none() {
                    continue;
                }
                if digits.starts_with('3') {
                    let basic = |column: &usize| {
                        sheet
                            .meaning(node.place.row, *column)
                            .is_some_and(|m| m.nature != Nature::Any && m.nature != Nature::Project)
                    };
                    let cells = (0..sheet.columns.len())
                        .filter(basic)
                        .filter_map(|column| node.place.entries(context.reading)[column].fact());
                    let economic = Economic { name: &row.label, span: row.label_span, cells: Vec::new() };
                    let cells: Vec<FactId> = cells.collect();
                    // 职业年金 and 职业年金缴费 are one; where both stand, each is itself.
                    let name = label::clean(&row.label);
                    for name in BTreeSet::from([bare(&name), name.as_str()]) {
                        let known = tables.economics.entry(name.to_owned()).or_insert_with(|| economic.clone());
                        if known.name == row.label {
                            known.cells.extend(&cells);
                        }
                    }
                } else if digits.len() == 7
                    && let Some(parent) = node.parent
                {
                    let group = tree.nodes[parent].place.row(context.document, context.reading).label.as_str();
                    tables.items.entry((label::short(group), label::short(&row.label))).or_default().push(node.place);
                }
            }
        }
        tables
    }

    /// 涉及资金15万元，占政府性基金项目支出总额的100%: the whole stands in a table only. The words may mean the budget, so that a person
    /// must look where the share is another.
    fn share_of_projects(&self, context: &Context, id: FactId, found: &mut Found) {
        let Role::Share(base) = &context.fact(id).role else { return };
        let money = match base.trim_end_matches(['的', '额', '总']).trim_end_matches("项目支出") {
            "一般公共预算" | "一般公共预算财政拨款" => Money::General,
            "政府性基金" | "政府性基金预算" | "政府性基金预算财政拨款" => Money::Fund,
            _ => return,
        };
        let meaning = Meaning {
            money,
            side: Side::Expenditure,
            nature: Nature::Project,
            item: tables::Item::Total,
            basis: Basis::Actual,
        };
        let (Some(part), Some(cells)) = (share::part_of(context, id), self.cells.get(&meaning)) else { return };
        if base.contains("项目支出") && !cells.is_empty() {
            let readings = cells.iter().map(|&whole| Formula::Share { part, whole }).collect();
            found.relations.push(Relation { rule: share::RULE.id, target: id, readings, certainty: Certainty::Open });
        }
    }

    /// The row of the economic item that a fact names.
    fn economic(&self, fact: &Fact) -> Option<&Economic<'c>> {
        let name = fact.subject.rsplit('中').next().unwrap_or(&fact.subject);
        let row = self.economics.get(name).or_else(|| self.economics.get(bare(name)))?;
        (is_amount(fact) && fact.is_actual() && !row.cells.is_empty()).then_some(row)
    }

    /// The cells that may be what a fact states, by its concept or by the class that it names.
    fn cells_of(&self, fact: &Fact) -> (Vec<FactId>, Certainty) {
        let Role::Value(basis) = fact.role else { return (Vec::new(), Certainty::Conjecture) };
        let cells = |meanings: &[Meaning]| {
            meanings.iter().filter_map(|meaning| self.cells.get(meaning)).flatten().copied().collect::<Vec<FactId>>()
        };
        if let Some(concept) = fact.concept {
            return (cells(&tables::meanings(concept, basis)), Certainty::Sure);
        }
        if matches!(fact.subject.as_ref(), "财政拨款支出" | "财政拨款支出合计" | "本年财政拨款支出")
        {
            return (cells(&tables::fiscal_expenditure(basis)), Certainty::Likely);
        }
        let named = fact.subject.contains("（类）") || fact.subject.ends_with("支出") && *fact.subject != *"其他支出";
        let class = named.then(|| tables::class(&fact.subject.replace("（类）", ""))).flatten();
        match class {
            Some(class) if fact.is_actual() => (cells(&spent_on(class)), Certainty::Likely),
            _ => (Vec::new(), Certainty::Conjecture),
        }
    }

    /// 财政拨款收入 is what the three budgets allot, where the tables print each by itself.
    fn fiscal_income(&self, fact: &Fact) -> Option<Formula> {
        let Role::Value(basis) = fact.role else { return None };
        let of = |concept| {
            let meanings = tables::meanings(concept, basis);
            meanings.iter().find_map(|meaning| self.cells.get(meaning)?.first().copied())
        };
        let budgets = [taxonomy::GENERAL_INCOME, taxonomy::FUND_INCOME, taxonomy::CAPITAL_INCOME];
        let parts: Vec<FactId> =
            budgets.into_iter().filter(|_| fact.concept == Some(taxonomy::FISCAL_INCOME)).filter_map(of).collect();
        (parts.len() >= 2).then_some(Formula::Sum(parts, Vec::new()))
    }

    /// The 项 that a paragraph is about: its amount, and its name where only the amount tells which row is meant.
    fn item(&self, context: &Context, paragraph: usize, item: &Item, found: &mut Found) {
        let head = heads(context.reading, paragraph)
            .into_iter()
            .find(|&id| is_amount(context.fact(id)) && context.fact(id).is_actual());
        let Some(head) = head else { return };
        let group = label::short(&item.group);
        let name = label::short(&item.item);
        let Some(places) = self.items.get(&(group, name)) else {
            return self.misnamed(context, head, group, &item.item, found);
        };
        let printed = |place: &Place| place.code(context.document, context.reading)?.digits.parse().ok();
        let Some(code) = places.first().and_then(|place| Some(context.codes.right(*place, printed(place)?))) else {
            return;
        };
        let meanings = spent_on(code);
        let cells: Vec<FactId> =
            meanings.iter().filter_map(|meaning| self.cells.get(meaning)).flatten().copied().collect();
        equal(head, &cells, Certainty::Sure, found);
        if let Some(span) = name_span(context, head, &item.item) {
            let truth = Some(Truth::SameAs(places[0].row(context.document, context.reading).label_span));
            found.words.push(WordCheck { rule: RULE.id, span, operands: Vec::new(), holds: true, truth, judge: false });
        }
    }

    /// A 项 that no table has under its 款, where one row there has the same amount: the names differ.
    fn misnamed(&self, context: &Context, head: FactId, group: &str, name: &str, found: &mut Found) {
        let value = context.fact(head).quantity.interval();
        let of_group = self.items.iter().filter(|((of, _), _)| *of == group).flat_map(|(_, places)| places);
        let same = |place: &&Place| {
            place
                .entries(context.reading)
                .first()
                .and_then(|entry| entry.fact())
                .is_some_and(|id| context.fact(id).quantity.interval().meet(value).is_some())
        };
        let (Some(place), Some(span)) = (of_group.clone().find(same), name_span(context, head, name)) else { return };
        let truth = Some(Truth::SameAs(place.row(context.document, context.reading).label_span));
        found.words.push(WordCheck { rule: RULE.id, span, operands: vec![head], holds: false, truth, judge: true });
    }
}

/// What was spent on a code, of whichever money the paragraph speaks.
fn spent_on(code: u32) -> [Meaning; 4] {
    [Money::General, Money::Fund, Money::Fiscal, Money::All].map(|money| Meaning {
        money,
        side: Side::Expenditure,
        nature: Nature::Any,
        item: tables::Item::Code(code),
        basis: Basis::Actual,
    })
}

/// Where the name of a 项 stands in the paragraph of a fact or in the line above it; elsewhere the same words may be no name.
fn name_span(context: &Context, fact: FactId, name: &str) -> Option<ByteSpan> {
    let at = context.fact(fact).span.start;
    let blocks = &context.document.blocks;
    let block = blocks.partition_point(|block| block.span.start <= at).checked_sub(1)?;
    let near = || {
        blocks[block.saturating_sub(2)..=block].iter().rev().filter_map(|block| match &block.kind {
            BlockKind::Heading { flow, .. } | BlockKind::Paragraph { flow, .. } => Some(flow),
            _ => None,
        })
    };
    let len = name.chars().count();
    let called = near().find_map(|flow| within(flow, &format!("{name}（项）"), len));
    called.or_else(|| near().find_map(|flow| within(flow, name, len)))
}

/// Where words stand in a flow, as far as the first `len` of them.
fn within(flow: &Flow, words: &str, len: usize) -> Option<ByteSpan> {
    let words: Vec<char> = words.chars().collect();
    let at = flow.chars().windows(words.len()).position(|window| window == words)?;
    Some(flow.span(at, at + len))
}
