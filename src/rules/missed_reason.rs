//! Why a target was missed, against whether it was: 未完成原因, 偏差原因分析及改进措施.

use super::target_met::met;
use super::{Context, Found, Rule};
use crate::relations::{FactId, Truth, WordCheck};

/// The rule.
pub const RULE: Rule = Rule {
    id: "missed-reason",
    name: ["未完成原因", "reasons for what was missed"],
    doc: [
        "自评表中写明未完成原因的指标，完成值应未达到指标值；称已完成的，完成值应达到指标值。写明原因而已达到的仅作提示：原因可能说的是指标的另一方面。",
        "A row that says why its target was missed has missed it, and one that says it was completed has reached it. A reason beside a target that was reached is a note: it may speak of another side of the indicator.",
    ],
    fails: "项目支出绩效自评表\n一级指标\t三级指标\t年度指标值\t实际完成值\t未完成原因\n数量指标\t新增图书\t≥700册\t655册\t已完成\n数量指标\t流动服务\t≥20场\t22场\t",
    passes: "项目支出绩效自评表\n一级指标\t三级指标\t年度指标值\t实际完成值\t未完成原因\n数量指标\t新增图书\t≥700册\t655册\t采购推迟，未完成\n数量指标\t流动服务\t≥20场\t22场\t",
    find,
};

/// Words that say that a target was missed.
const MISSED: [&str; 9] =
    ["未完成", "未能完成", "没有完成", "未达到", "未达标", "未实现", "未按时", "未按期", "未达成"];

/// Words that say that it was reached, where a cell begins with them.
const REACHED: [&str; 9] =
    ["已完成", "全部完成", "已全部完成", "按时完成", "已按时完成", "超额完成", "完成目标", "达到目标", "达到预期"];

/// A cell that says no more than that has so many characters at most.
const SHORT: usize = 8;

fn find(context: &Context, found: &mut Found) {
    for row in context.reading.forms.iter().flat_map(|form| &form.indicators).filter(|row| !row.unread) {
        let (Some(reason), Some(target)) = (&row.reason, &row.target) else { continue };
        let Some(met) = met(context, row) else { continue };
        let text = reason.text.as_str();
        let says_missed = MISSED.iter().any(|word| text.contains(word)) && !is_none(text);
        let says_reached = !says_missed && REACHED.iter().any(|word| text.starts_with(word));
        // What else is said may be the reason for what was missed, and need not be one for what was not.
        if is_none(text) && !says_reached || met && !says_missed && !says_reached {
            continue;
        }
        let figures = [&row.actual, &row.target].into_iter().flatten().filter_map(|goal| goal.figures());
        let mut operands: Vec<FactId> = figures.flatten().collect();
        operands.dedup();
        found.words.push(WordCheck {
            rule: RULE.id,
            span: reason.span,
            operands,
            holds: if met { !says_missed } else { !says_reached },
            truth: Some(Truth::OtherOutcome),
            // A sign says how the target is meant, and few words say nothing else.
            judge: met || target.comparison.is_none() || text.chars().count() > SHORT,
        });
    }
}

/// 无, /, 不适用: there is nothing to explain.
fn is_none(text: &str) -> bool {
    text.starts_with('无') || text.starts_with("没有未") || text.starts_with("不适用") || text.chars().count() < 2
}

#[cfg(test)]
mod tests {
    use crate::report::{Severity, Status};
    use crate::{Options, check};

    fn statuses(target: &str, actual: &str, reason: &str) -> Vec<Status> {
        let form = format!(
            "项目支出绩效自评表\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t未完成原因和改进措施\n产出指标\t时效指标\t发放时限\t{target}\t{actual}\t{reason}\n产出指标\t数量指标\t流动服务\t≥20场\t22场\t"
        );
        let report = check(&form, &Options::default());
        let loud = report.findings.iter().filter(|finding| finding.severity != Severity::Info).count();
        assert_eq!(loud, usize::from(reason == "已完成"), "{:#?}", report.findings);
        report.checks.iter().filter(|check| check.rule == "missed-reason").map(|check| check.status).collect()
    }

    #[test]
    fn a_reason_stands_where_a_target_was_missed() {
        assert_eq!(statuses("7-8个工作日", "15-30 个工作日", "汇总后集中申请"), [Status::Pass]);
        assert_eq!(statuses("≤8个工作日", "15个工作日", "已完成"), [Status::Fail]);
        assert_eq!(statuses("8月底前", "9月", "汇总后集中申请"), [Status::Pass]);
        assert_eq!(statuses("10月底前", "9月", "材料不齐，未按时发放"), [Status::Fail]);
    }

    #[test]
    fn nothing_is_asked_where_nothing_is_explained() {
        for (actual, reason) in [("9个工作日", "无未完成事项"), ("9个工作日", "/"), ("5个工作日", "系统升级后提速")]
        {
            assert!(statuses("≤8个工作日", actual, reason).is_empty(), "{reason}");
        }
    }
}
