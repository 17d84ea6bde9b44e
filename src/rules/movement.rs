//! What a change or a rate of change is about: this year's amount and the one before. Shared by the rules on changes.

use super::Context;
use crate::facts::{Against, Basis, Claim, Direction, Fact, Joint, Period, Role, Unit, label};
use crate::relations::{Certainty, FactId};
use crate::taxonomy::{self, Concept};
use std::collections::BTreeMap;

/// The amounts of this year that a change or rate can be about, the likeliest first.
pub struct Currents {
    /// The amounts.
    pub ids: Vec<FactId>,
    /// How sure it is that the first one is meant.
    pub certainty: Certainty,
}

/// How alike two names must be to mean the same thing in one paragraph.
const ALIKE: f32 = 0.7;

/// Finds this year's amounts for the change (or, without one, the rate) at `id`.
pub fn currents(context: &Context, id: FactId, unit_of: &Fact) -> Currents {
    // A number in a row (分别增加a、b) speaks of what the row speaks of.
    let (row, _) = context.place_in_run(id);
    let fact = &Fact {
        subject: context.fact(row).subject.clone(),
        concept: context.fact(row).concept,
        ..context.fact(id).clone()
    };
    let measured = |f: &Fact| {
        f.planned().is_some() && !f.quantity.loose && f.quantity.unit == unit_of.quantity.unit && f.depth <= fact.depth
    };
    // A budget that moved is only spoken of where nothing says what was done.
    let sentence = context.before(id).find(|(_, f)| measured(f)).map(|(_, f)| f.sentence);
    let said = |f: &Fact| Some(f.sentence) == sentence && measured(f);
    let budget_said = !says_done(&fact.subject) && context.before(id).any(|(_, f)| said(f) && !f.is_actual());
    // The parts of a budget that do not say so are planned as it is.
    let done = |id: FactId, f: &Fact| f.is_actual() && !context.lists_of(id).any(|list| list.mixed);
    let planned = budget_said && !context.before(id).any(|(id, f)| said(f) && done(id, f));
    let fits = |f: &Fact| measured(f) && (f.is_actual() || budget_said && said(f));
    // 分别减少a、b behind 分别是A、B: each change has its own amount.
    if let Some(paired) = context.paired(id, fits).or_else(|| context.paired_across(id, fits)) {
        return Currents { ids: vec![paired], certainty: Certainty::Likely };
    }
    let mut candidates: Vec<FactId> = context.before(id).filter(|(_, f)| fits(f)).map(|(id, _)| id).collect();
    // A clause in the same brackets speaks of what stands in them.
    candidates.sort_by_key(|&c| {
        let candidate = context.fact(c);
        std::cmp::Reverse((candidate.sentence == fact.sentence, candidate.is_actual(), candidate.depth))
    });
    if let Some(concept) = fact.concept
        && let Some(currents) = of_concept(context, id, concept, planned, &fits, label::is_general(&fact.subject))
    {
        return currents;
    }
    if fact.subject.is_empty() || fact.subject.chars().count() == 1 {
        // 同口径完成A，增收N: what stands right before is spoken of, though nothing can be computed from it.
        let spoken_of = context.before(id).find(|(_, f)| {
            f.quantity.unit == unit_of.quantity.unit && !matches!(f.role, Role::Change(..)) && f.depth <= fact.depth
        });
        if spoken_of.is_some_and(|(_, f)| f.role == Role::Other && f.sentence == fact.sentence) {
            return Currents { ids: Vec::new(), certainty: Certainty::Likely };
        }
        let same_sentence = candidates.first().is_some_and(|&c| context.fact(c).sentence == fact.sentence);
        // What follows in a list of parts may speak of the last part or of the whole: an amount with a list behind it stays possible.
        return Currents {
            ids: candidates,
            certainty: if same_sentence && !planned { Certainty::Sure } else { Certainty::Likely },
        };
    }
    let likeness = |c: &FactId| {
        let other = context.fact(*c);
        if other.subject == fact.subject {
            1.0
        } else if other.subject.contains(&*fact.subject) {
            0.9
        } else {
            label::likeness(&other.subject, &fact.subject)
        }
    };
    candidates.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
    let best = candidates.first().map_or(0.0, likeness);
    let certainty = if best >= 0.9 && !planned { Certainty::Sure } else { Certainty::Likely };
    if best >= 1.0 {
        candidates.retain(|c| likeness(c) >= 1.0);
    }
    if best < ALIKE {
        // Nothing in the paragraph has that name: the words speak of something whose amount is not printed here.
        candidates.retain(|_| label::is_general(&fact.subject));
    }
    Currents { ids: candidates, certainty }
}

/// The amounts of the concept that a change names, which is meant exactly, wherever the report states it. None where a name that any amount
/// can have leaves it open; what has a name of its own and is not stated is not guessed.
fn of_concept(
    context: &Context,
    id: FactId,
    concept: Concept,
    planned: bool,
    fits: &dyn Fn(&Fact) -> bool,
    general: bool,
) -> Option<Currents> {
    let of =
        |concept: Concept| context.amounts_before(concept, planned, id).filter(|&c| context.fact(c).cell.is_none());
    let is_it = |f: &Fact| fits(f) && f.concept == Some(concept);
    let near = context.before(id).find(|(_, f)| is_it(f)).map(|(id, _)| id);
    if let Some(meant) = near.or_else(|| of(concept).find(|&c| is_it(context.fact(c)))) {
        let certainty = if planned { Certainty::Likely } else { Certainty::Sure };
        return Some(Currents { ids: vec![meant], certainty });
    }
    // 收、支总计 may be stated as two totals of other names.
    let apart = taxonomy::TOTALS.iter().filter(|(total, _)| *total == concept).flat_map(|(_, both)| both);
    let ids: Vec<FactId> = apart.filter_map(|&one| of(one).next()).collect();
    // 收、支总计分别减少a、b: the first of the two changes is that of the first total.
    let (row, len) = context.place_in_run(id);
    if len > 1 && len == ids.len() {
        return Some(Currents { ids: vec![ids[id - row]], certainty: Certainty::Likely });
    }
    let stated = !ids.is_empty();
    (stated || !general)
        .then_some(Currents { ids, certainty: if stated { Certainty::Likely } else { Certainty::Sure } })
}

/// Whether a name speaks of what was done, and not of a budget.
fn says_done(name: &str) -> bool {
    ["决算", "执行", "实际"].iter().any(|word| name.contains(word))
}

/// 比报告数N增加M: the amount that the words right before a change hold it against.
pub fn reference(context: &Context, id: FactId) -> Option<FactId> {
    let change = context.fact(id);
    let (reference, fact) = context.before(id).next()?;
    let beside = change.joint == Joint::Words && fact.quantity.unit == change.quantity.unit && !fact.quantity.loose;
    let held = || context.reading.clause(reference).starts_with(['比', '较']);
    let prior = matches!(fact.role, Role::Value(basis) if !basis.is_plan()) && fact.period == Period::Prior && held();
    ((fact.role == Role::Reference || prior) && beside).then_some(reference)
}

/// The amount of the year before that stands beside the amount `current`, with no other amount of this year in between.
pub fn prior(context: &Context, id: FactId, current: FactId) -> Option<FactId> {
    let this = context.fact(current);
    let range = context.reading.paragraphs[this.paragraph].facts.clone();
    let near = |f: &Fact| {
        f.quantity.unit == this.quantity.unit
            && f.depth == this.depth
            && matches!(f.role, Role::Value(basis) if !basis.is_plan())
    };
    let is_prior = |p: &FactId| {
        let fact = context.fact(*p);
        let beside = fact.sentence == this.sentence || fact.sentence == context.fact(id).sentence;
        fact.period == Period::Prior && !fact.quantity.loose && beside
    };
    // 251万元，比上年285万元下降34万元；购置56万元: a change in between has closed the thought.
    let moved = |p: FactId| (p..current).any(|between| matches!(context.fact(between).role, Role::Change(..)));
    // 分别为A、B，与上年的C、D相比: each has the one in its place.
    let (row, len) = context.place_in_run(current);
    if len > 1 && (row..row + len).all(|other| context.fact(other).period == this.period) {
        let beside = |p: FactId| context.place_in_run(p) == (p, len) && near(context.fact(p)) && is_prior(&p);
        let behind = (row + len < id.min(range.end)).then_some(row + len);
        let before = (range.start < row).then(|| context.place_in_run(row - 1).0);
        return behind
            .filter(|&p| beside(p))
            .or(before.filter(|&p| beside(p) && !moved(p)))
            .map(|p| p + (current - row));
    }
    // A；其中B、C。与2017年N相比: the parts in between are not in the way, and the last of them is not what is spoken of.
    let is_part = |part: FactId, of: FactId| context.lists_of(part).any(|list| list.whole == of);
    let in_list = context.lists_of(current).any(|list| range.contains(&list.whole));
    let behind = (current + 1..id.min(range.end))
        .find(|&p| near(context.fact(p)) && !is_part(p, current))
        .filter(|p| is_prior(p) && !(in_list && context.fact(*p).sentence != this.sentence));
    behind
        .or_else(|| (range.start..current).rev().find(|&p| near(context.fact(p))).filter(|p| is_prior(p) && !moved(*p)))
}

/// 由A增加到B, 从A降至B: the amount that the movement started from.
pub fn started_from(context: &Context, current: FactId) -> Option<FactId> {
    const VERBS: [&str; 12] = ["增加", "增长", "上升", "提高", "减少", "下降", "降低", "下调", "增", "升", "减", "降"];
    let to = context.fact(current);
    let (start, from) = context.before(current).next()?;
    let words = context.reading.lead(current);
    let moved = VERBS
        .iter()
        .find_map(|verb| words.trim_start_matches(['，', ',']).strip_prefix(verb))
        .is_some_and(|rest| matches!(rest, "到" | "至" | "为" | "到了"));
    let alike = from.quantity.unit == to.quantity.unit && matches!(from.role, Role::Value(_)) && !from.quantity.loose;
    (moved && alike).then_some(start)
}

/// What an amount has changed by since the year before: the first numbers less the second.
#[derive(Debug, Default)]
pub struct Moved {
    /// What it takes.
    pub plus: Vec<FactId>,
    /// What it takes off.
    pub minus: Vec<FactId>,
    /// The change itself, where it is printed.
    pub printed: Option<(FactId, Direction)>,
}

/// What the amounts of money of this year in the prose have changed by: as it is printed (增加N), by the amount of the year before (上年B), or
/// by nothing (与上年持平).
pub fn moves(context: &Context) -> BTreeMap<FactId, Moved> {
    let mut moves = BTreeMap::new();
    let is_money = |fact: &Fact| fact.quantity.unit == Unit::Money && !fact.quantity.loose;
    for (id, fact) in context.facts().filter(|(_, fact)| is_money(fact)) {
        match fact.role {
            Role::Change(direction, Against::Prior) => {
                let currents = currents(context, id, fact);
                if let Some(&current) = currents.ids.first().filter(|_| currents.certainty >= Certainty::Likely) {
                    let printed = Some((id, direction));
                    let (plus, minus) = match direction {
                        Direction::Up => (vec![id], Vec::new()),
                        Direction::Down => (Vec::new(), vec![id]),
                    };
                    moves.insert(current, Moved { plus, minus, printed });
                }
            }
            Role::Value(Basis::Actual) if fact.period == Period::Prior => {
                if let Some(current) = right_before(context, id) {
                    let told = Moved { plus: vec![current], minus: vec![id], printed: None };
                    moves.entry(current).or_insert(told);
                }
            }
            _ => {}
        }
    }
    for statement in context.reading.statements.iter().filter(|statement| statement.claim == Claim::Unchanged) {
        let facts = context.reading.paragraphs[statement.paragraph].facts.clone().rev();
        let mut before = facts.filter(|&id| context.fact(id).at.1 <= statement.at.0);
        let current = before.find(|&id| matches!(context.fact(id).role, Role::Value(_) | Role::Change(..)));
        if let Some(current) = current.filter(|&id| context.fact(id).is_actual() && is_money(context.fact(id))) {
            moves.entry(current).or_default();
        }
    }
    moves
}

/// This year's amount of the same name right before one of the year before: 支出A，上年支出B.
pub fn right_before(context: &Context, id: FactId) -> Option<FactId> {
    let prior = context.fact(id);
    let (current, fact) = context.before(id).next()?;
    let beside = fact.is_actual() && fact.sentence == prior.sentence && fact.depth == prior.depth;
    let alike = fact.quantity.unit == prior.quantity.unit && !fact.quantity.loose && !fact.subject.is_empty();
    (beside && alike && *label::of_any_year(&prior.subject) == *fact.subject).then_some(current)
}

#[cfg(test)]
mod tests {
    use crate::rules::told;

    /// What is told of a text: the number and what it should be.
    fn told(text: &str) -> Vec<(String, String)> {
        told::corrections(&format!("示例市示例局2023年度部门决算\n一、情况说明\n{text}"))
    }

    #[test]
    fn changes_side_by_side_are_those_of_the_two_totals() {
        let text = "收入总计900.00万元，支出总计855.00万元，与上年相比，收、支总计分别减少100.00万元、45.00万元，下降10.00%、5.00%。";
        assert_eq!(told(text), []);
        let wrong = text.replace("5.00%。", "5.26%。");
        assert_eq!(told(&wrong), [("5.26%".to_owned(), "5.00%".to_owned())]);
    }

    #[test]
    fn two_rows_of_two_years_are_held_place_by_place() {
        let text = "财政拨款收、支总计分别为900.00万元、900.00万元，与2022年的1000.00万元、950.00万元相比，分别减少100.00万元、50.00万元，下降10.00%、5.26%。";
        assert_eq!(told(text), []);
        let wrong = text.replace("、50.00万元，", "、40.00万元，");
        assert_eq!(told(&wrong), [("40.00万元".to_owned(), "50.00万元".to_owned())]);
    }

    #[test]
    fn years_side_by_side_have_each_its_number() {
        let text = "2022年、2023年分别支出30.00万元、45.00万元，比上年增长15.00万元，增长50.00%。";
        assert_eq!(told(text), []);
        let wrong = text.replace("50.00%", "33.33%");
        assert_eq!(told(&wrong), [("33.33%".to_owned(), "50.00%".to_owned())]);
    }
}
