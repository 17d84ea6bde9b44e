//! One slip that stands in several cells is told once: a row whose total repeats under several heads (合计, 小计, 基本支出), and a cell that
//! another table repeats. What the prose says again is told at each place, for each has to be put right.

use super::Status;
use super::{Cause, Verdict};
use crate::facts::Reading;
use crate::relations::{FactId, Formula};
use std::collections::{BTreeMap, BTreeSet};

/// Joins the causes that are one amount with one right value, printed again in the same row or in another table.
pub fn join(reading: &Reading, verdicts: &[Verdict], causes: Vec<Cause>) -> Vec<Cause> {
    let mut equal: BTreeSet<(FactId, FactId)> = BTreeSet::new();
    for verdict in verdicts.iter().filter(|v| v.status != Status::Fail) {
        if let Formula::Equal(other) = verdict.formula
            && [other, verdict.target].iter().any(|&id| reading.facts[id].cell.is_some())
        {
            equal.insert((verdict.target, other));
        }
    }
    let one_row = |a: FactId, b: FactId| {
        let cells = reading.facts[a].cell.zip(reading.facts[b].cell);
        cells.is_some_and(|(a, b)| (a.table, a.row) == (b.table, b.row))
    };
    let one_fact = |a: FactId, b: FactId| equal.contains(&(a, b)) || equal.contains(&(b, a));
    // Each cause with all the cells that it stands in.
    let mut joined: Vec<(Cause, Vec<FactId>)> = Vec::new();
    let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for cause in causes {
        let key = (reading.facts[cause.fact].quantity.value(), cause.expected);
        let first =
            same.get(&key).into_iter().flatten().copied().find(|&at| {
                joined[at].1.iter().any(|&other| one_row(other, cause.fact) || one_fact(other, cause.fact))
            });
        match first {
            Some(first) if cause.expected.is_some() => {
                let (known, cells) = &mut joined[first];
                known.repaired.extend(cause.repaired);
                cells.push(cause.fact);
            }
            _ => {
                same.entry(key).or_default().push(joined.len());
                let cells = vec![cause.fact];
                joined.push((cause, cells));
            }
        }
    }
    joined.into_iter().map(|(cause, _)| cause).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    #[test]
    fn a_passage_printed_twice_is_told_twice() {
        let text = "2023年收入合计660.00万元，其中：财政拨款收入624.40万元，占94.61%；其他收入35.60万元，占5.93%。\n";
        let findings = check(&[text, "二、附件\n", text].concat(), &Options::default()).findings;
        assert_eq!(findings.iter().filter(|finding| finding.text == "5.93%").count(), 2, "{findings:?}");
    }

    #[test]
    fn a_total_that_repeats_under_two_heads_is_one_finding() {
        let text = "一般公共预算财政拨款基本支出决算表\n公开06表\n金额单位：万元\n科目编码\t科目名称\t合计\t人员经费\t公用经费\n\t合计\t94.25\t87.00\t7.25\n301\t工资福利支出\t87.00\t87.00\t\n30101\t基本工资\t61.50\t61.50\t\n30102\t津贴补贴\t15.30\t15.30\t\n302\t商品和服务支出\t7.25\t\t7.25\n30201\t办公费\t7.25\t\t7.25";
        let findings = check(text, &Options::default()).findings;
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].related.len() >= 3);
    }
}
