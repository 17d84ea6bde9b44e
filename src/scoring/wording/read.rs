//! From the text of a rule to what it says: each wording is tried in turn, the most telling first.

use super::{Award, Bound, Wording};
use crate::facts::{FactId, Quantity, Token, TokenKind, Unit, tokens};
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

/// The methods as the regulations name them. What stands before a name explains the indicator and is no rule.
const METHODS: [&str; 5] = ["比率分值法", "分级评分法", "是否评分法", "缺（错）项扣分法", "缺(错)项扣分法"];

/// Reads a rule. `register` makes a fact of a number that the rule uses.
pub fn read(chars: &[char], register: &mut Register) -> Option<Wording> {
    let text: String = chars.iter().collect();
    let named = METHODS.iter().filter_map(|name| text.find(name).map(|at| (at + name.len(), *name))).min();
    let from = named.map_or(0, |(end, _)| text[..end].chars().count());
    let (chars, text) = (&chars[from..], &text[named.map_or(0, |(end, _)| end)..]);
    let register: &mut Register = &mut |quantity, start, end| register(quantity, start + from, end + from);
    let reader = Reader { chars, text, method: named.map_or("", |(_, name)| name), figures: figures(chars) };
    reader.wording(register).or_else(|| reader.judged())
}

/// The numbers of a text.
fn figures(chars: &[char]) -> Vec<Figure> {
    let quantity = |token: Token| match token.kind {
        TokenKind::Quantity(quantity) => Some(Figure { quantity, start: token.start, end: token.end }),
        _ => None,
    };
    let mut figures: Vec<Figure> = tokens(chars).into_iter().filter_map(quantity).collect();
    for at in 0..figures.len() {
        // 80%（含）-90%, 80-90%: no sign, and one unit for both.
        let to = |c: char| matches!(c, '-' | '~' | '～' | '—' | '至');
        let figure = &mut figures[at];
        if figure.quantity.figure.is_sign_negative() && figure.start > 0 && chars[figure.start] == '-' {
            figure.quantity.figure = figure.quantity.figure.abs();
            figure.start += 1;
        }
        let (first, last) = figures.split_at_mut(at);
        if let (Some(before), [figure, ..]) = (first.last_mut(), last)
            && before.quantity.unit == Unit::Bare
            && figure.quantity.unit == Unit::Percent
            && before.end < figure.start
            && chars[before.end..figure.start].iter().all(|c| to(*c))
        {
            before.quantity.unit = Unit::Percent;
        }
    }
    figures
}

impl Reader<'_> {
    /// Each wording in turn.
    fn wording(&self, register: &mut Register) -> Option<Wording> {
        let has = |word: &str| self.text.contains(word);
        if self.has(&["满分", "合格", "零分"]) {
            return self.marks(register);
        }
        if has("则：X") || has("则：") && self.text.contains('N') {
            return self.norms(register);
        }
        if has("得分=预算结余率小于") {
            return self.kept(register);
        }
        if self.text.contains('①') {
            return self.split(register).or_else(|| self.grants(register));
        }
        if let Some(progress) = self.progress(register) {
            return Some(progress);
        }
        // Parts that are scored one by one (半年、前三季度) have rules of their own.
        if ["半年", "季度", "各得", "分别得", "6月"].iter().any(|word| has(word)) {
            return self.parts(register);
        }
        if has("得分=（1-") {
            return self.rest(register);
        }
        if (has("执行数/") || has("执行数÷")) && has("预算数") {
            return self.execution(register);
        }
        if has("得分=") || has("得分＝") {
            return self.quotient(register).or_else(|| self.rate(register)).or_else(|| self.grants(register));
        }
        self.deduct(register)
            .or_else(|| self.target(register))
            .or_else(|| self.tiers(register))
            .or_else(|| self.whether(register))
            .or_else(|| self.words(register))
            .or_else(|| self.grants(register))
    }

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

    /// 1.制度健全的得2分。2.执行有效的得1分; 每压减1%得0.2分，累计不超过1分: points for each of several things, none of which is another tier of
    /// one before. Where nothing says so, points may as well be those of alternatives.
    fn grants(&self, register: &mut Register) -> Option<Wording> {
        let listed = ["①", "1.", "1．", "（1）", "一是"].iter().any(|mark| self.text.contains(mark));
        if !listed && !self.method.contains("扣分法") || self.text.contains('扣') || self.text.contains("酌情") {
            return None;
        }
        let mut parts = Vec::new();
        let mut steps = false;
        for figure in &self.figures {
            let before: String = self.chars[..figure.start].iter().filter(|c| **c != ' ').collect();
            let clause = before.rsplit(['，', '。', '；', ',', ';']).next().unwrap_or_default();
            let most = ["不超过", "最多", "最高", "上限为"].iter().any(|word| before.ends_with(word));
            match figure.quantity.unit {
                Unit::Score if most && steps => {
                    steps = false;
                    parts.push(*figure);
                }
                Unit::Score if clause.contains('每') => steps = true,
                Unit::Score if !steps && before.ends_with(['得', '计', '记', '（']) => parts.push(*figure),
                _ if self.is_number(figure) => {}
                _ if clause.contains('每') => {}
                _ => return None,
            }
        }
        let facts = |f: Figure| register(f.quantity, f.start, f.end);
        (parts.len() >= 2 && !steps).then(|| Wording::Grants(parts.into_iter().map(facts).collect()))
    }

    /// 符合要求的，得2分，否则不得分; 是否评分法 that takes all: 不符合要求的扣3分.
    fn whether(&self, register: &mut Register) -> Option<Wording> {
        let points: Vec<&Figure> = self.figures.iter().filter(|f| !f.quantity.figure.is_zero()).collect();
        let [points] = points[..] else { return None };
        let before = self.chars[..points.start].last()?;
        let given = *before == '得' && self.else_zero();
        let taken = *before == '扣' && self.method == "是否评分法";
        let long = self.chars[..points.start].len() > SHORT;
        (points.quantity.unit == Unit::Score && long && (given || taken))
            .then(|| Wording::Whether(register(points.quantity, points.start, points.end)))
    }

    /// Words that leave nothing to compute: no figures but points, or a judgement that is asked for.
    fn judged(&self) -> Option<Wording> {
        let only_points = self.figures.iter().all(|f| f.quantity.unit == Unit::Score || self.is_number(f));
        let formula = self.text.contains(['÷', '×', '*']) || self.text.contains("比例") || self.text.contains("比率");
        let asks = ["酌情", "视情", "综合评判", "综合评定"].iter().any(|word| self.text.contains(word));
        let is_blank = self.text.trim().is_empty();
        (!is_blank && (asks || only_points && !formula)).then_some(Wording::Judged)
    }

    /// Whether a figure only numbers what follows it: 1., 2）.
    fn is_number(&self, figure: &Figure) -> bool {
        let marks = |c: &char| matches!(c, '.' | '．' | '、' | '）' | ')');
        figure.quantity.unit == Unit::Bare
            && figure.quantity.decimals == 0
            && self.chars.get(figure.end).is_some_and(marks)
    }

    /// 达到目标得满分，未达到的按比例得分.
    fn target(&self, register: &mut Register) -> Option<Wording> {
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
        // Limits of its own make it a rule of tiers, but for one that full marks begin at.
        let limits: Vec<&Figure> = self.figures.iter().filter(|f| self.comparison(f).is_some()).collect();
        let percents = limits.iter().any(|f| f.quantity.unit == Unit::Percent);
        let own = match limits[..] {
            [limit] if proportional && full && self.figures.len() == 1 => Some(limit),
            _ if percents && !self.text.contains("三档") => return None,
            _ => None,
        };
        let applies = proportional || full && reached;
        let own = own.filter(|_| applies).and_then(|limit| {
            let comparison = self.comparison(limit)?;
            Some(Bound { comparison, fact: register(limit.quantity, limit.start, limit.end) })
        });
        applies.then(|| Wording::Target { own, proportional, else_zero: self.else_zero() && !proportional })
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
            && words.chars().count() <= SHORT
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

/// How many characters words have that what was reached may repeat.
const SHORT: usize = 12;

/// A rule's text with its numbers.
pub(super) struct Reader<'c> {
    pub(super) chars: &'c [char],
    pub(super) text: &'c str,
    /// The method that the text names, or nothing.
    pub(super) method: &'static str,
    pub(super) figures: Vec<Figure>,
}

#[cfg(test)]
mod tests {
    use super::super::{Norm, Rest, Tier};
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
            Some(Wording::Rate { rate: "执行率".into(), cap: Some(0), points: vec![1, 2] })
        );
        assert_eq!(
            reading("未达到目标的按完成比例得分").0,
            Some(Wording::Target { own: None, proportional: true, else_zero: false })
        );
        assert_eq!(
            reading("发现一处不合规扣1分，扣完为止").0,
            Some(Wording::Deduct { limit: None, step: None, each: 0, beyond: None, full: None })
        );
        let rest = |rate: &str, points| Rest { rate: rate.into(), points };
        assert_eq!(reading("得分=（1-结余率）×6").0, Some(Wording::Rest(vec![rest("结余率", 0)])));
        let (wording, numbers) = reading("得分=（1-收入偏离度）×100%×4+（1-支出偏离度）×100%×2。");
        assert_eq!(wording, Some(Wording::Rest(vec![rest("收入偏离度", 0), rest("支出偏离度", 1)])));
        assert_eq!(numbers, ["4", "2"]);
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
    fn reads_what_a_person_judges() {
        let grants = "缺（错）项扣分法已制定制度的，得1分。制度得到落实，得3分。否则该项不得分。";
        assert_eq!(reading(grants), (Some(Wording::Grants(vec![0, 1])), vec!["1".into(), "3".into()]));
        let capped =
            "得分=基础分值+加分值。1.基础分值。较上年压减得2分。2.加分值。较上年每压减1%得0.5分，累计不超过3分。";
        assert_eq!(reading(capped), (Some(Wording::Grants(vec![0, 1])), vec!["2".into(), "3".into()]));
        let whether =
            "岗位设置是否符合要求是否评分法合理设置岗位，明确职责并实行不相容岗位分离的，得2分。否则该项不得分。";
        assert_eq!(reading(whether).0, Some(Wording::Whether(0)));
        assert_eq!(reading("是否评分法对适宜的项目预留采购份额，不符合要求的扣3分。").0, Some(Wording::Whether(0)));
        for text in
            ["账实不符不得分", "根据实际情况酌情给分", "①符合意见 ②符合办法（4分）", "制度健全得2分，计划合理得1分"]
        {
            assert_eq!(reading(text).0, Some(Wording::Judged), "{text}");
        }
    }

    #[test]
    fn reads_formulas() {
        let quotient = |less, points: Vec<usize>| {
            let (part, whole) = ("已评项目数量".into(), "项目总数".into());
            Some(Wording::Quotient { part, whole, less, points })
        };
        assert_eq!(reading("得分=已评项目数量÷项目总数×100%×4。").0, quotient(false, vec![0]));
        let (wording, numbers) = reading("比率分值法得分=4-已评项目数量÷项目总数×100%×4。项目10个以下的全部纳入。");
        assert_eq!((wording, numbers), (quotient(true, vec![0, 1]), vec!["4".into(), "4".into()]));
        let target = Some(Wording::Target { own: None, proportional: true, else_zero: false });
        assert_eq!(reading("得分=实际完成值÷年度指标值×分值").0, target);
        let rate = |cap, points| Some(Wording::Rate { rate: "到位率".into(), cap, points });
        assert_eq!(reading("得分=到位率×分值").0, rate(None, vec![]));
        assert_eq!(reading("到位率≥95%得满分，否则得分=到位率×100%×6。").0, rate(Some(0), vec![1]));
        assert_eq!(reading("得分=（产出A+产出B）÷2×3").0, None);
    }

    #[test]
    fn reads_what_misses_a_target() {
        let (wording, numbers) = reading("达到目标得10分，每少1期扣2分，扣完为止");
        let short = |full| Some(Wording::Short { forward: true, step: Some(0), each: 1, full });
        assert_eq!((wording, numbers), (short(Some(2)), vec!["1".into(), "2".into(), "10".into()]));
        assert_eq!(reading("达到目标得满分，每降低1%扣0.5分").0, short(None));
        let own = |fact| Some(Bound { comparison: Comparison::AtLeast, fact });
        let wording = reading("满意度≥90%得满分，未达到的按比例得分").0;
        assert_eq!(wording, Some(Wording::Target { own: own(0), proportional: true, else_zero: false }));
        for fault in ["每有一处差错扣1分", "每发现1例扣1分", "每有一个问题点扣1分，扣完为止"]
        {
            assert!(matches!(reading(fault).0, Some(Wording::Deduct { limit: None, .. })), "{fault}");
        }
    }

    #[test]
    fn reads_limits_however_they_are_marked() {
        let (wording, numbers) = reading("以100%为标准。控制率≦100%，计5分；每超过一个百分点扣0.5分，扣完为止。");
        assert!(
            matches!(wording, Some(Wording::Deduct { limit: Some(_), step: Some(_), full: Some(_), .. })),
            "{wording:?}"
        );
        assert_eq!(numbers, ["100", "5", "1", "0.5"]);
        let (wording, _) = reading("100%计满分，每低于5%扣2分，扣完为止。");
        let Some(Wording::Deduct { limit: Some(limit), .. }) = wording else { panic!("{wording:?}") };
        assert_eq!(limit.comparison, Comparison::AtLeast);
        for (text, tiers) in [
            ("控制率=0，计5分；0-10%（含），计4分；10-20%（含），计3分；大于20%不得分。", 4),
            ("90%（含）以上计4分；80%（含）-90%，计3分；低于80%计0分。", 3),
            ("结余率≤10%的，得10分；10%-20%的，得5分；超过20%的，不得分。", 3),
        ] {
            let (wording, _) = reading(text);
            assert!(
                matches!(&wording, Some(Wording::Tiers { tiers: read, .. }) if read.len() == tiers),
                "{text} {wording:?}"
            );
        }
        assert_eq!(reading("100%计满分，每超过（降低）5%扣2分。").0, None);
    }

    #[test]
    fn reads_tiers_of_what_there_may_be_none_of() {
        let text = "变化率=本年数÷上年数×100%，变化率在60%以下的得2分，60-80%的得1分，80%以上的不得分。两年均无闲置资产的，得3分。";
        let Some(Wording::Absent { none, points, tiers }) = reading(text).0 else { panic!("{text}") };
        assert_eq!((none.as_str(), points, tiers.len()), ("无闲置资产", 6, 3));
    }

    #[test]
    fn says_what_it_does_not_understand() {
        for text in ["半年进度率≥45%，得2分；前三季度进度率≥75%，得3分。", "以上年为基准，按增收额的2.5倍比较计分", ""]
        {
            assert_eq!(reading(text).0, None, "{text}");
        }
    }
}
