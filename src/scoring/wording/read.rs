//! From the text of a rule to what it says: each wording is tried in turn, the most telling first.

use super::{Award, Wording};
use crate::facts::{Quantity, TokenKind, Unit, tokens};
use crate::relations::FactId;
use crate::scoring::goal::{Comparison, comparison};

/// A number of the text.
#[derive(Clone, Copy)]
pub(super) struct Figure {
    pub(super) quantity: Quantity,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Makes a fact of a number that a rule uses.
pub type Register<'f> = dyn FnMut(Quantity, usize, usize) -> FactId + 'f;

/// Reads a rule. `register` makes a fact of a number that the rule uses.
pub fn read(chars: &[char], register: &mut Register) -> Option<Wording> {
    let text: String = chars.iter().collect();
    let figures: Vec<Figure> = tokens(chars)
        .into_iter()
        .filter_map(|token| match token.kind {
            TokenKind::Quantity(quantity) => Some(Figure { quantity, start: token.start, end: token.end }),
            _ => None,
        })
        .collect();
    let reader = Reader { chars, text: &text, figures };
    // Parts that are scored one by one (半年、前三季度) have rules of their own.
    let parted = ["半年", "季度", "各得", "分别得", "6月"].iter().any(|word| text.contains(word));
    if reader.has(&["满分", "合格", "零分"]) {
        return reader.marks(register);
    }
    if text.contains("则：X") || text.contains("则：") && text.contains('N') {
        return reader.norms(register);
    }
    if text.contains("得分=预算结余率小于") {
        return reader.kept(register);
    }
    if text.contains('①') {
        return reader.split(register);
    }
    if let Some(progress) = reader.progress(register) {
        return Some(progress);
    }
    if parted {
        return reader.parts(register);
    }
    if text.contains("得分=（1-") {
        return reader.rest(register);
    }
    if text.contains("执行数/") && text.contains("预算数") || text.contains("执行数÷") && text.contains("预算数")
    {
        return reader.execution(register);
    }
    if let Some(deduct) = reader.deduct(register) {
        return Some(deduct);
    }
    if let Some(target) = reader.target() {
        return Some(target);
    }
    reader.tiers(register).or_else(|| reader.words(register))
}

impl Reader<'_> {
    pub(super) fn has(&self, words: &[&str]) -> bool {
        words.iter().all(|word| self.text.contains(word))
    }

    pub(super) fn else_zero(&self) -> bool {
        [
            "否则不得分",
            "否则得0分",
            "否则0分",
            "否则，不得分",
            "否则该项不得分",
            "否则为0分",
            "否则记0分",
            "未达到不得分",
            "未完成不得分",
        ]
        .iter()
        .any(|word| self.text.contains(word))
    }

    /// Each numbered part with one number of points.
    fn split(&self, register: &mut Register) -> Option<Wording> {
        let numbered = self.chars.iter().enumerate().filter(|(_, c)| ('①'..='⑳').contains(c)).map(|(i, _)| i);
        let starts: Vec<usize> = numbered.collect();
        let mut parts = Vec::new();
        for (i, &start) in starts.iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(self.chars.len());
            let mut points =
                self.figures.iter().filter(|f| f.quantity.unit == Unit::Score && f.start > start && f.end <= end);
            let bracketed = |f: &Figure| self.chars[f.start - 1] == '（' && self.chars.get(f.end) == Some(&'）');
            let only = points.next().filter(|f| bracketed(f) && points.next().is_none())?;
            parts.push(*only);
        }
        (parts.len() >= 2)
            .then(|| Wording::Split(parts.into_iter().map(|f| register(f.quantity, f.start, f.end)).collect()))
    }

    /// 达到目标得满分，未达到的按比例得分.
    fn target(&self) -> Option<Wording> {
        let proportional =
            self.text.contains('按') && ["比例", "比率", "完成率"].iter().any(|word| self.text.contains(word));
        let full = ["满分", "得全分"].iter().any(|word| self.text.contains(word));
        let reached = [
            "达到目标",
            "达到指标值",
            "达到预期",
            "完成目标",
            "达到年度",
            "达到标准",
            "达标",
            "截止",
            "截至",
            "按时完成",
        ]
        .iter()
        .any(|word| self.text.contains(word));
        // Limits of its own make it a rule of tiers.
        let own_limits = self
            .figures
            .iter()
            .any(|f| matches!(f.quantity.unit, Unit::Percent) && comparison(self.chars, f.start, f.end).is_some());
        let bands = self.text.contains("三档");
        let applies = (proportional || (full && reached)) && (!own_limits || bands);
        applies.then(|| Wording::Target { proportional, else_zero: self.else_zero() && !proportional })
    }

    /// 正常得满分；全部符合5分: words without figures before the points.
    fn words(&self, register: &mut Register) -> Option<Wording> {
        let end = self.chars.iter().position(|c| matches!(c, '，' | ',' | '；' | '。')).unwrap_or(self.chars.len());
        let first: String = self.chars[..end].iter().collect();
        // 制度健全得2分，计划合理得1分: whether these add up or one of them is given, the words do not say.
        let awards = self.figures.iter().filter(|f| f.quantity.unit == Unit::Score && !f.quantity.figure.is_zero());
        if awards.filter(|f| self.chars[..f.start].ends_with(&['得'])).count() > 1 {
            return None;
        }
        let points = self.figures.first().filter(|f| f.quantity.unit == Unit::Score);
        let (words, award) =
            if let Some(full) = ["得满分", "记满分", "计满分"].iter().find(|word| self.text.contains(**word)) {
                (first.split(full).next()?.to_owned(), Award::Full)
            } else {
                let points = points.filter(|f| f.start <= end + 2)?;
                let words: String = self.chars[..points.start.min(end)].iter().collect();
                (
                    words.trim_end_matches('得').to_owned(),
                    Award::Points(register(points.quantity, points.start, points.end)),
                )
            };
        let plain = !words.is_empty()
            && words.chars().count() <= 12
            && !words.contains(|c: char| c.is_ascii_digit())
            && !words.contains(['：', '、']);
        plain.then(|| Wording::Words { words, award, else_zero: self.else_zero() })
    }

    pub(super) fn comparison(&self, figure: &Figure) -> Option<Comparison> {
        comparison(self.chars, figure.start, figure.end)
    }

    pub(super) fn find(&self, word: &str) -> Option<usize> {
        self.text.find(word).map(|at| self.text[..at].chars().count())
    }
}

/// A rule's text with its numbers.
pub(super) struct Reader<'c> {
    pub(super) chars: &'c [char],
    pub(super) text: &'c str,
    pub(super) figures: Vec<Figure>,
}

#[cfg(test)]
mod tests {
    use super::super::{Bound, Norm, Tier};
    use super::*;
    use rust_decimal::Decimal;

    fn reading(text: &str) -> (Option<Wording>, Vec<String>) {
        let flow = crate::document::Flow::read(text, &[crate::source::ByteSpan { start: 0, end: text.len() }]);
        let mut numbers = Vec::new();
        let wording = read(flow.chars(), &mut |quantity, _, _| {
            numbers.push(quantity.figure.normalize().to_string());
            numbers.len() - 1
        });
        (wording, numbers)
    }

    #[test]
    fn reads_the_common_wordings() {
        let (wording, numbers) = reading("①绩效指标明确（1分） ②监控有力（2分）");
        assert_eq!((wording, numbers), (Some(Wording::Split(vec![0, 1])), vec!["1".into(), "2".into()]));
        let (wording, numbers) = reading("全年完成数≥33万人(10分)");
        let tier = Tier { bounds: vec![Bound { comparison: Comparison::AtLeast, fact: 0 }], award: Award::Points(1) };
        assert_eq!(
            (wording, numbers),
            (Some(Wording::Tiers { tiers: vec![tier], else_zero: false }), vec!["33".into(), "10".into()])
        );
        let (wording, _) = reading("少于6天,得满分;否则不得分");
        let tier = Tier { bounds: vec![Bound { comparison: Comparison::Below, fact: 0 }], award: Award::Full };
        assert_eq!(wording, Some(Wording::Tiers { tiers: vec![tier], else_zero: true }));
        let (wording, _) = reading("正常运行,得4分,否则0分");
        assert_eq!(
            wording,
            Some(Wording::Words { words: "正常运行".into(), award: Award::Points(0), else_zero: true })
        );
        assert_eq!(
            reading("完成率在90%（含）和95%之间，得8分。完成率<90%的，得0分。")
                .0
                .map(|w| matches!(w, Wording::Tiers { tiers, .. } if tiers.len() == 2)),
            Some(true)
        );
        let (wording, numbers) = reading("90%以上得20分，80%-90%得15分，80%以下不得分");
        assert!(matches!(wording, Some(Wording::Tiers { tiers, .. }) if tiers.len() == 3));
        assert_eq!(numbers, ["90", "20", "80", "90", "15", "80"]);
        assert_eq!(
            reading("调整率绝对值≤5%，得5分。调整率绝对值>5%的，每增加0.1个百分点扣0.1分，扣完为止。").1,
            ["5", "5", "5", "0.1", "0.1"]
        );
        assert_eq!(
            reading("执行数/预算数*4分（执行率≥90%，按4分计算）").0,
            Some(Wording::Execution { cap: Some(0), points: vec![1, 2] })
        );
        assert_eq!(
            reading("未达到目标的按完成比例得分").0,
            Some(Wording::Target { proportional: true, else_zero: false })
        );
        assert_eq!(
            reading("发现一处不合规扣1分，扣完为止").0,
            Some(Wording::Deduct { limit: None, step: None, each: 0, beyond: None, full: None })
        );
        assert_eq!(reading("得分=（1-结余率）×6").0, Some(Wording::Rest { rate: "结余率".into(), points: 0 }));
        assert_eq!(reading("得分=（1-收入偏离度）×100%×4+（1-支出偏离度）×100%×2。").0, None);
    }

    #[test]
    fn reads_a_rule_in_parts() {
        let text = "半年进度：进度率≥45%，得2分；进度率<45%，得0分。 前三季度进度：进度率≥75%，得3分；进度率在60%（含）和75%之间，得2分；进度率<60%，得0分。";
        let Some(Wording::Parts(parts)) = reading(text).0 else { panic!("{text}") };
        let read: Vec<(&str, usize)> = parts.iter().map(|part| (part.name.as_str(), part.tiers.len())).collect();
        assert_eq!(read, [("半年进度", 2), ("前三季度进度", 3)]);
    }

    #[test]
    fn reads_what_keeps_within_a_rate() {
        let text = "得分=预算结余率小于 10%的常年项目数量÷部门预算常年项目总数×100%×3+预算结余率小于10%的一次性项目和阶段项目数量÷部门预算一次性项目和阶段项目总数×100%×2。";
        let Some(Wording::Kept(parts)) = reading(text).0 else { panic!("{text}") };
        assert_eq!(parts.iter().map(|part| part.kind.as_str()).collect::<Vec<_>>(), ["常年", "一次性"]);
    }

    #[test]
    fn reads_tiers_in_parts_of_a_norm() {
        let text = "家具利用率=超期家具价值÷家具价值×100%。家具利用率为 X，全市平均值为20%，则：X＞N，得 2 分；0.5N＜X≤N，得 1 分；X≤0.5N，得 0.5分。";
        let Some(Wording::Norms(norms)) = reading(text).0 else { panic!("{text}") };
        let [Norm { name, tiers, .. }] = &norms[..] else { panic!("{norms:?}") };
        assert_eq!(name, "家具利用率");
        let half = Some(Decimal::new(5, 1));
        let ends: Vec<_> = tiers.iter().map(|tier| (tier.above, tier.to)).collect();
        assert_eq!(ends, [(Some(Decimal::ONE), None), (half, Some(Decimal::ONE)), (None, half)]);
    }

    #[test]
    fn reads_goals_and_points_in_a_row() {
        let text = "执行进度在6、9、11月应达到序时进度的80%、90%、90%，即分别达到40%、67.5%、82.5%。达到的分别得1、2、3分，未达到的按其实际进度占目标进度的比重计算得分。";
        let (wording, numbers) = reading(text);
        assert_eq!(wording, Some(Wording::Progress { goals: vec![0, 1, 2], points: vec![3, 4, 5] }));
        assert_eq!(numbers, ["40", "67.5", "82.5", "1", "2", "3"]);
    }

    #[test]
    fn leaves_the_rest_to_a_person() {
        for text in [
            "账实不符不得分",
            "半年进度率≥45%，得2分；前三季度进度率≥75%，得3分。",
            "根据实际情况酌情给分",
            "①符合意见 ②符合办法（4分）",
            "",
        ] {
            assert_eq!(reading(text).0, None, "{text}");
        }
    }
}
