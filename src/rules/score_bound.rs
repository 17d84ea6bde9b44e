//! A score above the weight that it is given out of.

use super::{Context, Found, Rule};
use crate::relations::{Certainty, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "score-bound",
    name: ["得分不超过分值", "no score above its weight"],
    doc: [
        "各项指标得分最高不能超过该指标的分值上限（财预〔2020〕10号）；合计得分不能超过合计分值。",
        "No indicator scores more than its weight, and no total more than the sum of the weights (财预〔2020〕10号).",
    ],
    fails: "项目支出绩效自评表\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t修缮渠道\t≥12公里\t12.6公里\t10\t12",
    passes: "项目支出绩效自评表\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t修缮渠道\t≥12公里\t12.6公里\t10\t10",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for form in &context.reading.forms {
        // Where the cells of a row were moved, the two may have been taken for each other.
        let sure = |straight: bool| if straight { Certainty::Sure } else { Certainty::Conjecture };
        let rows = form
            .indicators
            .iter()
            .filter(|row| !row.unread)
            .map(|row| (row.score, row.weight, sure(row.straight && !row.bonus)));
        // A total that is too much because of its rows is told at the row.
        let value = |id| context.fact(id).quantity.value();
        let told =
            form.indicators.iter().any(|row| row.score.zip(row.weight).is_some_and(|(s, w)| value(s) > value(w)));
        let totals = form.totals.iter().filter(|_| !told).map(|total| (total.score, total.weight, Certainty::Sure));
        let funds = form.funds.iter().map(|fund| (fund.score, fund.weight, Certainty::Sure));
        // Where only the groups have weights, no row scores more than its group.
        let grouped = form.groups.iter().flat_map(|group| {
            let rows = form.indicators[group.rows.clone()]
                .iter()
                .filter(|row| !row.unread && row.weight.is_none() && !row.extra);
            rows.map(|row| (row.score, Some(group.weight), Certainty::Likely))
        });
        for (score, weight, certainty) in rows.chain(totals).chain(funds).chain(grouped) {
            if let (Some(target), Some(weight)) = (score, weight) {
                found.relations.push(Relation {
                    rule: RULE.id,
                    target,
                    readings: vec![Formula::AtMost(weight)],
                    certainty,
                });
            }
        }
    }
}
