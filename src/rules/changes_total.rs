//! The changes of the parts make the change of the whole: 减少3.00万元，其中：公务用车减少2.00万元，公务接待费减少1.00万元.

use super::movement::{self, Moved};
use super::{Context, Found, Rule, accounts};
use crate::facts::{Against, Direction, Fact, ListKind, Role};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy::{self, Concept};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "changes-total",
    name: ["分项增减合计", "changes make the change of the whole"],
    doc: [
        "总额的增减额 = 各分项增减额之和（方向相反的相减）。分项是“三公”经费的全部组成、或按报表口径组成总额（支出合计=基本+项目等，分段写明的亦同；财政拨款=一般公共预算+政府性基金等）时认定，否则仅在一处笔误即可解释时提示。收入总计与支出总计各年都相等，两者的增减额也应相等。",
        "The change of a whole is the sum of its parts' changes, those that moved the other way taken off. It is claimed where the parts are all of the 三公, or make the whole by the accounts' own calculations (basic and project expenditure, the budgets of the fiscal grant, and so on), in paragraphs of their own as well; elsewhere it is told only where one keystroke explains it. Income and expenditure have one total in every year, so that both totals change alike.",
    ],
    fails: "“三公”经费支出决算比上年减少3.60万元，其中：因公出国（境）费减少0万元；公务用车购置及运行维护费减少2.50万元；公务接待费减少1.00万元。",
    passes: "“三公”经费支出决算比上年减少3.50万元，其中：因公出国（境）费减少0万元；公务用车购置及运行维护费减少2.50万元；公务接待费减少1.00万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, whole) in context.facts() {
        let Role::Change(direction, _) = whole.role else { continue };
        let parts = parts(context, id);
        if whole.quantity.loose || parts.len() < 2 {
            continue;
        }
        let certainty = if is_all_of_sangong(context, id, &parts) { Certainty::Likely } else { Certainty::Conjecture };
        found.relations.push(made_of(context, id, direction, &parts, certainty));
    }
    of_calculations(context, found);
    of_both_sides(context, found);
}

/// Income and expenditure have one total in every year, so that both totals change alike.
fn of_both_sides(context: &Context, found: &mut Found) {
    for (id, fact) in context.facts() {
        let Role::Change(_, Against::Prior) = fact.role else { continue };
        let sides = taxonomy::TOTALS.iter().find(|(_, sides)| fact.concept == Some(sides[1]));
        let Some(&(both, [income, expenditure])) = sides else { continue };
        let same = |other: &Fact| other.concept == Some(income) && other.role == fact.role;
        let mut sentence = context.before(id).take_while(|(_, other)| other.sentence == fact.sentence);
        let Some((other, _)) = sentence.find(|(_, other)| same(other)) else { continue };
        let stated = |concept| context.amounts(concept, false, id).next().map(|id| context.fact(id).quantity.figure);
        let certainty = match (stated(income), stated(expenditure)) {
            // Whoever states two totals means something else by them.
            (Some(income), Some(expenditure)) if income != expenditure => continue,
            (Some(_), Some(_)) => Certainty::Likely,
            _ if stated(both).is_some() => Certainty::Likely,
            _ => Certainty::Open,
        };
        let readings = vec![Formula::Equal(other)];
        found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
    }
}

/// A change and the changes that make it: those that move as it does less those that move the other way.
fn made_of(context: &Context, id: FactId, way: Direction, parts: &[FactId], certainty: Certainty) -> Relation {
    let along = |part: &FactId| matches!(context.fact(*part).role, Role::Change(other, _) if other == way);
    let (plus, minus): (Vec<FactId>, Vec<FactId>) = parts.iter().partition(|part| along(part));
    Relation { rule: RULE.id, target: id, readings: vec![Formula::Sum(plus, minus)], certainty }
}

/// What the accounts define holds in the year before as well: where a whole and all its parts tell how they changed, sentences apart, the
/// changes add up too.
fn of_calculations(context: &Context, found: &mut Found) {
    let moves = movement::moves(context);
    let budgets = Budgets::of(context, &moves);
    for (&whole, moved) in &moves {
        for parts in accounts::calculated(context, whole).chain(budgets.of_grant(whole)) {
            let Some(parts) = parts.iter().map(|part| moves.get(part)).collect::<Option<Vec<&Moved>>>() else {
                continue;
            };
            let printed: Option<Vec<FactId>> = parts.iter().map(|part| Some(part.printed?.0)).collect();
            if let (Some((change, _)), Some(printed)) = (moved.printed, printed)
                && printed == self::parts(context, change)
            {
                continue;
            }
            found.relations.extend(moved_by(moved, &parts));
        }
    }
}

/// What a whole has changed by from what its parts have; where only its two years are printed, what the first part has whose change is.
fn moved_by(whole: &Moved, parts: &[&Moved]) -> Option<Relation> {
    let plus = || parts.iter().flat_map(|part| part.plus.iter().copied());
    let minus = || parts.iter().flat_map(|part| part.minus.iter().copied());
    let (target, way, up, down): (FactId, Direction, Vec<FactId>, Vec<FactId>) = match whole.printed {
        Some((target, way)) => (target, way, plus().collect(), minus().collect()),
        None => {
            let (target, way) = parts.iter().find_map(|part| part.printed)?;
            let rest = |id: &FactId| *id != target;
            let up = whole.plus.iter().copied().chain(minus().filter(rest)).collect();
            (target, way, up, whole.minus.iter().copied().chain(plus().filter(rest)).collect())
        }
    };
    let formula = match way {
        Direction::Up => Formula::Sum(up, down),
        Direction::Down => Formula::Sum(down, up),
    };
    Some(Relation { rule: RULE.id, target, readings: vec![formula], certainty: Certainty::Likely })
}

/// The amounts of the budgets that a grant is of, each told in its own chapter.
struct Budgets<'c> {
    context: &'c Context<'c>,
    amounts: FxHashMap<(usize, Concept), Vec<FactId>>,
}

/// The grant of a side, with the budgets that it is of; the last is there only in some reports.
const GRANTS: [[Concept; 3]; 2] = [
    [taxonomy::GENERAL_INCOME, taxonomy::FUND_INCOME, taxonomy::CAPITAL_INCOME],
    [taxonomy::GENERAL, taxonomy::FUND, taxonomy::CAPITAL],
];

impl<'c> Budgets<'c> {
    fn of(context: &'c Context, moves: &BTreeMap<FactId, Moved>) -> Self {
        let mut amounts: FxHashMap<(usize, Concept), Vec<FactId>> = FxHashMap::default();
        for &id in moves.keys() {
            let concept = context.fact(id).concept.or_else(|| budget(context, id));
            if let Some(concept) = concept.filter(|concept| GRANTS.as_flattened().contains(concept)) {
                amounts.entry((context.scope(id), concept)).or_default().push(id);
            }
        }
        Budgets { context, amounts }
    }

    /// The amounts of the budgets that make a grant, the nearest behind it, else before it.
    fn of_grant(&self, whole: FactId) -> Option<Vec<FactId>> {
        let fact = self.context.fact(whole);
        let title = &self.context.document.sections[self.context.chapter(whole)].title;
        let grant = match fact.concept {
            Some(taxonomy::FISCAL_INCOME) => GRANTS[0],
            None if *fact.subject == *SPENT && title.contains("财政拨款") && budget(self.context, whole).is_none() => {
                GRANTS[1]
            }
            _ => return None,
        };
        let nearest = |concept: Concept| {
            let amounts = self.amounts.get(&(self.context.scope(whole), concept))?;
            amounts.get(amounts.partition_point(|&id| id < whole)).or_else(|| amounts.last()).copied()
        };
        let parts = [nearest(grant[0])?, nearest(grant[1])?].into_iter().chain(nearest(grant[2])).collect::<Vec<_>>();
        let value = |id: FactId| self.context.fact(id).quantity.interval();
        let makes = Formula::Sum(parts.clone(), Vec::new()).evaluate(&value)?.meet(value(whole)).is_some();
        makes.then_some(parts)
    }
}

/// What all budgets are called together on the side of expenditure; in the chapter of one budget it is that budget's.
const SPENT: &str = "财政拨款支出";

/// The budget that an amount of expenditure is of, by the chapter that it stands in.
fn budget(context: &Context, id: FactId) -> Option<Concept> {
    const CHAPTERS: [(&str, Concept); 3] =
        [("政府性基金", taxonomy::FUND), ("国有资本经营", taxonomy::CAPITAL), ("一般公共预算", taxonomy::GENERAL)];
    let title = &context.document.sections[context.chapter(id)].title;
    let mut named = CHAPTERS.iter().filter(|(name, _)| title.contains(name)).map(|(_, concept)| *concept);
    let only = named.next().filter(|_| named.next().is_none());
    only.filter(|_| [SPENT, "支出"].contains(&context.fact(id).subject.as_ref()))
}

/// The changes that a list behind a change names, to the end of its sentence.
fn parts(context: &Context, id: FactId) -> Vec<FactId> {
    let whole = context.fact(id);
    let end = context.reading.paragraphs[whole.paragraph].facts.end;
    // 其中 at the head of the next sentence goes on with this one.
    let next = (id + 1..end).find(|&next| context.fact(next).sentence != whole.sentence);
    let goes_on = next.filter(|&next| context.fact(next).opens == Some(ListKind::OfWhich));
    let last = goes_on.map_or(whole.sentence, |next| context.fact(next).sentence);
    let mut behind = (id + 1..end).take_while(|&next| context.fact(next).sentence <= last).peekable();
    // A rate of the whole may stand between it and its parts, and what it changed by against the budget.
    let of_budget = |role: &Role| matches!(role, Role::Change(_, Against::Budget));
    let of_whole = |fact: &Fact| {
        let is_rate = matches!(fact.role, Role::Rate(Direction::Up | Direction::Down, _));
        let is_other = fact.subject.is_empty() && of_budget(&fact.role) && !of_budget(&whole.role);
        fact.opens.is_none() && (is_rate || is_other)
    };
    while behind.next_if(|&next| of_whole(context.fact(next))).is_some() {}
    let opens = behind.peek().is_some_and(|&first| context.fact(first).opens == Some(ListKind::OfWhich));
    let alike = |&id: &FactId| {
        let fact = context.fact(id);
        let as_whole = match (&whole.role, &fact.role) {
            (Role::Change(_, of_whole), Role::Change(_, of_part)) => {
                of_whole == of_part || [of_whole, of_part].contains(&&Against::Unsaid)
            }
            _ => false,
        };
        fact.quantity.unit == whole.quantity.unit && fact.depth == whole.depth && !fact.quantity.loose && as_whole
    };
    if opens { behind.filter(alike).collect() } else { Vec::new() }
}

/// Whether the changes of the 三公 are told for vehicles and receptions; what is not told of travel abroad has not changed.
fn is_all_of_sangong(context: &Context, whole: FactId, parts: &[FactId]) -> bool {
    let about = |id: FactId| context.fact(id).concept == Some(taxonomy::SANGONG);
    let above =
        || context.before(whole).find(|(_, f)| matches!(f.role, Role::Value(_))).is_some_and(|(id, _)| about(id));
    let names = |concept| parts.iter().any(|&id| context.fact(id).concept == Some(concept));
    let vehicles = names(taxonomy::VEHICLES) || names(taxonomy::VEHICLE_PURCHASE) && names(taxonomy::VEHICLE_RUNNING);
    (about(whole) || above()) && vehicles && names(taxonomy::RECEPTION)
}

#[cfg(test)]
mod tests {
    use crate::rules::told::corrections;

    #[test]
    fn changes_told_sentences_apart_make_the_change_of_the_whole() {
        let text = "示例市示例局2023年度部门决算\n三、支出决算情况说明\n\
            2023年本年支出合计500.00万元，比2022年增加40.00万元，增长8.70%。\n\
            其中：基本支出300.00万元，占60.00%，比2022年增加55.00万元，增长22.45%。\n\
            项目支出200.00万元，占40.00%，比2022年减少15.00万元，下降6.98%。";
        assert_eq!(corrections(text), []);
        let wrong = text.replace("减少15.00万元，下降6.98%", "减少51.00万元，下降20.32%");
        assert!(!corrections(&wrong).is_empty());
    }

    #[test]
    fn what_has_not_changed_and_what_two_years_tell_count_as_well() {
        let text = "示例市示例局2023年度部门决算\n一、“三公”经费支出情况\n“三公”经费支出决算8.00万元，比上年减少2.50万元。\n\
            1.因公出国（境）费支出决算0万元，与上年持平。\n\
            2.公务用车购置及运行维护费支出决算6.00万元，上年公务用车购置及运行维护费支出决算8.00万元。\n\
            3.公务接待费支出决算2.00万元，比上年减少0.50万元。";
        assert_eq!(corrections(text), []);
        assert!(!corrections(&text.replace("减少2.50", "减少2.70")).is_empty());
        assert_eq!(corrections(&text.replace("，与上年持平", "").replace("减少2.50", "减少2.70")), []);
    }

    #[test]
    fn changes_against_the_budget_stand_beside_those_against_the_year_before() {
        let text = "“三公”经费较上年减少15.29万元，下降49.88%，较年初预算数减少0.04万元。主要是严控支出。\
            其中：公务用车购置及运行维护费较上年减少2.90万元，较年初预算数减少0.04万元，主要是车辆减少；公务接待费较上年减少12.39万元，较年初预算数无增减。";
        assert_eq!(corrections(text), []);
        assert_eq!(corrections(&text.replace("2.90", "2.60")).len(), 1);
    }

    #[test]
    fn the_budgets_make_what_the_grant_changed_by() {
        let text = "示例市示例局2023年度部门决算\n四、财政拨款支出决算情况\n财政拨款支出950.00万元，上年财政拨款支出800.00万元。\n\
            五、一般公共预算财政拨款支出决算情况\n财政拨款支出900.00万元，与上年相比，财政拨款支出增加130.00万元。\n\
            六、政府性基金预算财政拨款收入支出情况\n支出50.00万元，较上年增长20.00万元。";
        assert_eq!(corrections(text), []);
        let wrong = text.replace("130.00", "76.54");
        assert_eq!(corrections(&wrong), [("76.54万元".to_owned(), "130.00万元".to_owned())]);
        assert_eq!(corrections(&wrong.replace("支出50.00", "支出60.00")), [], "this year's amounts do not make it");
    }

    #[test]
    fn both_totals_change_alike() {
        let text = "2023年收、支总计500.00万元。与2022年相比，收入总计增加40.00万元，支出总计增加40.00万元。";
        assert_eq!(corrections(text), []);
        assert_eq!(corrections(&text.replace("支出总计增加40.00", "支出总计增加42.30")).len(), 1);
    }
}
