//! The rates of a survey: 发放问卷200份，收回196份，其中有效问卷190份，有效率96.94%.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "survey-rate",
    name: ["问卷回收率", "rates of a survey"],
    doc: [
        "回收率 = 收回份数 ÷ 发放份数；有效率 = 有效份数 ÷ 收回（或发放）份数。",
        "The rate of return is what came back divided by what was handed out; the valid ones are counted against either.",
    ],
    fails: "本次评价共发放调查问卷250份，收回有效问卷240份，有效回收率98%。",
    passes: "本次评价共发放调查问卷250份，收回有效问卷240份，有效回收率96%。",
    find,
};

const RATES: [&str; 5] = ["回收率", "收回率", "有效率", "回收有效率", "问卷有效率"];

fn find(context: &Context, found: &mut Found) {
    let is_rate = |fact: &Fact| fact.quantity.unit == Unit::Percent && !fact.quantity.loose;
    for (id, rate) in context.facts().filter(|(_, fact)| is_rate(fact)) {
        let clause = context.reading.clause(id);
        if !RATES.iter().any(|name| clause.ends_with(name)) {
            continue;
        }
        // What was handed out may stand in the sentence before.
        let near = context.before(id).take_while(|(_, fact)| fact.sentence + 1 >= rate.sentence);
        let mut counts: Vec<(FactId, &Fact)> = near.filter(|(_, fact)| is_copies(fact)).collect();
        // 收回285份（发放300份）: what was handed out stands behind.
        if counts.len() >= 2 && context.reading.lead(counts[0].0).contains("发放") {
            counts.swap(0, 1);
        }
        let Some((&(part, _), wholes)) = counts.split_first() else { continue };
        if context.fact(part).sentence != rate.sentence {
            continue;
        }
        // A second survey in the sentence has copies of its own.
        let handed_out = wholes.iter().position(|&(id, _)| context.reading.lead(id).contains("发放"));
        let readings: Vec<Formula> = wholes
            .iter()
            .take(handed_out.map_or(wholes.len(), |at| at + 1))
            .filter(|(_, fact)| fact.quantity.value() >= context.fact(part).quantity.value())
            .map(|&(whole, _)| Formula::Share { part, whole })
            .collect();
        if !readings.is_empty() {
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Likely });
        }
    }
}

/// Copies of a questionnaire.
fn is_copies(fact: &Fact) -> bool {
    fact.quantity.unit.counts_by("份") && !fact.quantity.loose
}

#[cfg(test)]
mod tests {
    use crate::report::Status;
    use crate::{Options, check};

    fn checks(text: &str) -> Vec<bool> {
        let checks = check(text, &Options::default()).checks;
        checks.iter().filter(|check| check.rule == "survey-rate").map(|check| check.status == Status::Pass).collect()
    }

    #[test]
    fn reads_the_copies_of_each_survey() {
        assert_eq!(
            checks("本次评价共发放问卷320份，回收问卷312份，回收率97.5%，其中有效问卷300份，有效率96.15%。"),
            [true, true]
        );
        assert_eq!(
            checks("面向学生发放问卷500份，回收493份，回收率98.60%；面向教师发放问卷60份，回收57份，回收率95%。"),
            [true, true]
        );
        assert_eq!(checks("共回收有效问卷285份（发放300份），有效回收率95%。"), [true]);
        assert_eq!(checks("共发放问卷300份。收回有效问卷270份，有效回收率92%。"), [false]);
    }
}
