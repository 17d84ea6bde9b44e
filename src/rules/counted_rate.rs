//! Rates of those counted: 参加考核120人，合格114人，合格率95%.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Role, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "counted-rate",
    name: ["计数比率", "rates of those counted"],
    doc: [
        "合格率、满意率、通过率等 = 紧接其前的合格（满意、通过）数 ÷ 同句所列的总数。",
        "A rate of those who passed, were satisfied or took part is their number, which stands right before it, divided by a number of the same things before that.",
    ],
    fails: "全年参加考核120人，合格114人，合格率90%。",
    passes: "全年参加考核120人，合格114人，合格率95%。",
    find,
};

/// What the rates and the numbers have in common.
const OUTCOMES: [&str; 22] = [
    "合格", "满意", "通过", "及格", "优秀", "优良", "达标", "参训", "出勤", "就业", "签约", "完好", "结业", "毕业",
    "办结", "结案", "验收", "知晓", "参保", "入住", "成活", "治愈",
];

fn find(context: &Context, found: &mut Found) {
    let is_rate = |fact: &Fact| fact.quantity.unit == Unit::Percent && !fact.quantity.loose;
    for (id, _) in context.facts().filter(|(_, fact)| is_rate(fact)) {
        let clause = context.reading.clause(id);
        let Some(name) = clause.strip_suffix('率') else { continue };
        let Some(outcome) = OUTCOMES.iter().find(|outcome| name.ends_with(*outcome)) else { continue };
        let readings = wholes(context, id, outcome);
        if !readings.is_empty() {
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Likely });
        }
    }
}

/// The number right before a rate that has its outcome, by each number of the same things before that which can hold it.
fn wholes(context: &Context, rate: FactId, outcome: &str) -> Vec<Formula> {
    let sentence = context.fact(rate).sentence;
    let is_count = |fact: &Fact| {
        matches!(fact.quantity.unit, Unit::Count(_))
            && matches!(fact.role, Role::Value(_))
            && !fact.quantity.loose
            && fact.sentence == sentence
    };
    let Some((part, passed)) = context.before(rate).next().filter(|(_, fact)| is_count(fact)) else {
        return Vec::new();
    };
    let clause = context.reading.clause(part);
    let named = |before: &str| !before.ends_with(['不', '未']);
    let has_it = clause.starts_with(outcome) || clause.strip_suffix(outcome).is_some_and(named);
    // Nothing but the rate's own clause stands between: 合格114人，其中优秀30人，合格率….
    let beside = context.reading.lead(rate).trim_start_matches(['，', ',', '（']) == context.reading.clause(rate);
    if !has_it || !beside {
        return Vec::new();
    }
    let holds =
        |fact: &Fact| fact.quantity.unit == passed.quantity.unit && fact.quantity.value() >= passed.quantity.value();
    let numbers = context.before(part).take_while(|(_, fact)| fact.sentence == sentence);
    let numbers = numbers.filter(|(_, fact)| is_count(fact) && holds(fact));
    numbers.map(|(whole, _)| Formula::Share { part, whole }).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::told;

    fn told(text: &str) -> Vec<String> {
        told::texts(super::RULE.id, text)
    }

    #[test]
    fn those_who_passed_are_held_against_all_who_may_be_meant() {
        assert_eq!(told("发放问卷200份，收回180份，满意162份，满意率95%。"), ["95%"]);
        assert!(told("发放问卷200份，收回180份，满意162份，满意率90%。").is_empty());
        assert!(told("发放问卷200份，收回180份，满意162份，满意率81%。").is_empty());
        assert!(told("参加培训120人，不合格6人，合格率95%。").is_empty());
        assert!(told("参加培训120人，合格114人，其中优秀30人，合格率95%，满意率98%。").is_empty());
        assert!(told("参加培训120人，成绩合格114人。群众满意率98%，合格率99%。").is_empty());
    }
}
