//! The distance between two rates: 15.68%，比上年的18.92%下降3.24个百分点.

use super::{Context, Found, Rule};
use crate::facts::{Direction, Fact, Unit, direction};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "percentage-points",
    name: ["百分点", "percentage points"],
    doc: [
        "“P，比Q上升（下降）N个百分点”的，N = 两个比率之差。",
        "Where the words hold one rate against another, the percentage points are the difference of the two.",
    ],
    fails: "2023年预算执行率为95.68%，比上年的98.92%下降3.42个百分点。",
    passes: "2023年预算执行率为95.68%，比上年的98.92%下降3.24个百分点。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, points) in context.facts().filter(|(_, f)| f.quantity.unit == Unit::Points && !f.quantity.loose) {
        if let Some((current, prior, direction)) = rates(context, id, points) {
            let readings = vec![Formula::Change { current, prior, direction }];
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Likely });
        }
    }
}

/// The rate, the one right before the points that it is held against, and the way it moved.
fn rates(context: &Context, id: FactId, points: &Fact) -> Option<(FactId, FactId, Direction)> {
    let mut before = context.before(id).take_while(|(_, f)| f.sentence == points.sentence);
    let (prior, against) = before.next()?;
    let (current, rate) = before.next()?;
    let is_rate = |f: &Fact| f.quantity.unit == Unit::Percent && !f.quantity.loose && f.depth == points.depth;
    // Only 比 or 较 at the head of the clause, and nothing but the way it moved behind: 占比重的11.46%，比上年提高 holds no rate against it.
    let held = context.reading.lead(prior).trim_start_matches(['，', ',']).starts_with(['比', '较']);
    let verb = context.reading.lead(id);
    let moved = direction(&verb).filter(|_| !verb.contains(['，', ',', '比', '较']))?;
    (is_rate(rate) && is_rate(against) && held).then_some((current, prior, moved))
}
