//! The changes of the parts make the change of the whole: 减少3.00万元，其中：公务用车减少2.00万元，公务接待费减少1.00万元.

use super::{Context, Found, Rule};
use crate::facts::{Direction, ListKind, Role};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy;

/// The rule.
pub const RULE: Rule = Rule {
    id: "changes-total",
    name: ["分项增减合计", "changes make the change of the whole"],
    doc: [
        "总额的增减额 = 各分项增减额之和（方向相反的相减）。分项是“三公”经费的全部组成时认定，否则仅在一处笔误即可解释时提示。",
        "The change of a whole is the sum of its parts' changes, those that moved the other way taken off. It is claimed where the parts are all of the 三公; elsewhere it is told only where one keystroke explains it.",
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
        let along = |part: &FactId| matches!(context.fact(*part).role, Role::Change(way, _) if way == direction);
        let (plus, minus): (Vec<FactId>, Vec<FactId>) = parts.iter().partition(|part| along(part));
        let certainty = if is_all_of_sangong(context, id, &parts) { Certainty::Likely } else { Certainty::Conjecture };
        let readings = vec![Formula::Sum(plus, minus)];
        found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
    }
}

/// The changes that a list behind a change names, to the end of its sentence.
pub(super) fn parts(context: &Context, id: FactId) -> Vec<FactId> {
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
