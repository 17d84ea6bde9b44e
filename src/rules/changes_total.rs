//! The changes of the parts make the change of the whole: 减少3.00万元，其中：公务用车减少2.00万元，公务接待费减少1.00万元.

use super::{Context, Found, Rule, accounts, movement};
use crate::facts::{Against, Direction, ListKind, Role};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "changes-total",
    name: ["分项增减合计", "changes make the change of the whole"],
    doc: [
        "总额的增减额 = 各分项增减额之和（方向相反的相减）。分项是“三公”经费的全部组成、或按报表口径组成总额（支出合计=基本+项目等）时认定，否则仅在一处笔误即可解释时提示。",
        "The change of a whole is the sum of its parts' changes, those that moved the other way taken off. It is claimed where the parts are all of the 三公, or make the whole by the accounts' own calculations (basic and project expenditure, and so on); elsewhere it is told only where one keystroke explains it.",
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
    let moves: BTreeMap<FactId, (FactId, Direction)> = context
        .facts()
        .filter_map(|(id, fact)| {
            let Role::Change(direction, Against::Prior) = fact.role else { return None };
            let currents = movement::currents(context, id, fact);
            let certain = currents.certainty >= Certainty::Likely && !fact.quantity.loose;
            Some((*currents.ids.first().filter(|_| certain)?, (id, direction)))
        })
        .collect();
    for (&whole, &(change, direction)) in &moves {
        for parts in accounts::calculated(context, whole) {
            let changes: Option<Vec<FactId>> = parts.iter().map(|part| Some(moves.get(part)?.0)).collect();
            if let Some(changes) = changes.filter(|changes| *changes != self::parts(context, change)) {
                found.relations.push(made_of(context, change, direction, &changes, Certainty::Likely));
            }
        }
    }
}

/// The changes that a list behind a change names, to the end of its sentence.
fn parts(context: &Context, id: FactId) -> Vec<FactId> {
    let whole = context.fact(id);
    let end = context.reading.paragraphs[whole.paragraph].facts.end;
    let is_change = |&id: &FactId| matches!(context.fact(id).role, Role::Change(..));
    // 其中 at the head of the next sentence goes on with this one.
    let next = (id + 1..end).find(|&next| context.fact(next).sentence != whole.sentence);
    let goes_on = next.filter(|&next| context.fact(next).opens == Some(ListKind::OfWhich));
    let last = goes_on.map_or(whole.sentence, |next| context.fact(next).sentence);
    let mut behind = (id + 1..end).take_while(|&next| context.fact(next).sentence <= last).peekable();
    // A rate of the whole may stand between it and its parts.
    while behind
        .next_if(|&next| {
            matches!(context.fact(next).role, Role::Rate(Direction::Up | Direction::Down, _))
                && context.fact(next).opens.is_none()
        })
        .is_some()
    {}
    let opens = behind.peek().is_some_and(|&first| context.fact(first).opens == Some(ListKind::OfWhich));
    let alike = |&id: &FactId| {
        let fact = context.fact(id);
        fact.quantity.unit == whole.quantity.unit && fact.depth == whole.depth && !fact.quantity.loose
    };
    if opens { behind.filter(is_change).filter(alike).collect() } else { Vec::new() }
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
}
