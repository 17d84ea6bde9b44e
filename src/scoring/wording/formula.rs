//! Rules that are formulas: a rate of the points, what a rate leaves of them, straight lines between marks.

use super::read::{Figure, Reader, Register};
use super::{Bound, Kept, Line, Rest, Wording};
use crate::facts::{FactId, Quantity, Unit};
use crate::scoring::goal::{Comparison, comparison};
use rust_decimal::Decimal;

impl Reader<'_> {
    /// 满分:≥90% 合格:60% 零分:≤50% 其他:合格之上:60+40*(实际值-60%)/20% 合格之下:60-60*(60%-实际值)/10%
    pub(super) fn marks(&self, register: &mut Register) -> Option<Wording> {
        let behind = |word: &str| {
            let at = self.find(word)? + word.chars().count();
            self.figures
                .iter()
                .find(|f| f.start >= at && f.start <= at + 3 && f.quantity.unit == Unit::Percent)
                .copied()
        };
        let (full, pass, zero) = (behind("满分")?, behind("合格")?, behind("零分")?);
        let comparison = comparison(self.chars, full.start, full.end).unwrap_or(Comparison::AtLeast);
        let lines = [self.line("合格之上", '+', register), self.line("合格之下", '-', register)];
        let mut fact = |f: Figure| register(f.quantity, f.start, f.end);
        Some(Wording::Marks { full: Bound { comparison, fact: fact(full) }, pass: fact(pass), zero: fact(zero), lines })
    }

    /// The four figures of a line, behind the words that lead it.
    pub(super) fn line(&self, lead: &str, sign: char, register: &mut Register) -> Option<Line> {
        let from = self.find(lead)? + lead.chars().count();
        let figures: Vec<Figure> = self.figures.iter().filter(|f| f.start >= from).take(4).copied().collect();
        let [start, rise, mark, divisor] = figures[..] else { return None };
        let between =
            |a: Figure, b: Figure| self.chars[a.end..b.start].iter().filter(|c| **c != ' ').collect::<String>();
        let shaped = start.start <= from + 2
            // The lexer may take the sign for that of the number behind it.
            && between(start, rise).trim_matches('-') == if sign == '+' { "+" } else { "" }
            && between(rise, mark).starts_with(['*', '×'])
            && between(mark, divisor).ends_with(['/', '÷']);
        let mut fact = |mut f: Figure| {
            f.quantity.figure = f.quantity.figure.abs();
            register(f.quantity, f.start, f.end)
        };
        shaped.then(|| Line { start: fact(start), rise: fact(rise), mark: fact(mark), divisor: fact(divisor) })
    }

    /// What a text says the score is: the formula behind 得分=, without its spaces, with the place where it begins and where it ends.
    fn formula(&self) -> Option<(String, usize, usize)> {
        let at = ["得分=", "得分＝"].iter().find_map(|lead| self.find(lead))?;
        let start = at + "得分=".chars().count();
        let ends = |c: &char| matches!(c, '。' | '；' | '，' | ',');
        let end = self.chars[start..].iter().position(ends).map_or(self.chars.len(), |at| start + at);
        Some((self.chars[start..end].iter().filter(|c| **c != ' ').collect(), start, end))
    }

    /// The points that a term of a formula ends with, behind ×100% or without it.
    fn times(&self, start: usize, end: usize) -> Option<&Figure> {
        let figures: Vec<&Figure> = self.figures.iter().filter(|f| f.start >= start && f.end <= end).collect();
        let (points, others) = figures.split_last()?;
        let whole = |f: &&&Figure| f.quantity.unit == Unit::Percent && f.quantity.value() == Decimal::ONE_HUNDRED;
        let closes = self.chars[points.end..end].iter().all(|c| *c == ' ');
        let is_points = matches!(points.quantity.unit, Unit::Bare | Unit::Score) && closes;
        (is_points && others.iter().filter(|f| !whole(f)).count() == 0).then_some(points)
    }

    fn points(&self, figure: &Figure, register: &mut Register) -> FactId {
        register(Quantity { unit: Unit::Score, ..figure.quantity }, figure.start, figure.end)
    }

    /// 得分=（1-部门整体预算结余率）×100%×2, or a sum of such terms.
    pub(super) fn rest(&self, register: &mut Register) -> Option<Wording> {
        let (_, mut start, last) = self.formula()?;
        let mut parts = Vec::new();
        for end in (start..=last).filter(|&i| i == last || matches!(self.chars[i], '+' | '＋')) {
            let term: String = self.chars[start..end].iter().filter(|c| **c != ' ').collect();
            let (rate, behind) = term.strip_prefix("（1-")?.split_once('）')?;
            let close = start + self.chars[start..end].iter().position(|c| *c == '）')?;
            if rate.is_empty() || rate.contains(['÷', '/']) || behind.contains(['÷', '/', '-']) {
                return None;
            }
            parts.push((rate.to_owned(), *self.times(close, end)?));
            start = end + 1;
        }
        let rest = |(rate, f): (String, Figure)| Rest { rate, points: self.points(&f, register) };
        Some(Wording::Rest(parts.into_iter().map(rest).collect()))
    }

    /// 得分=完成数量÷总数×100%×4, 得分=4-未完成数量÷总数×100%×4, 得分=实际完成值÷指标值×分值.
    pub(super) fn quotient(&self, register: &mut Register) -> Option<Wording> {
        let (formula, start, end) = self.formula()?;
        let first = self.figures.first().filter(|f| f.start == start);
        let less = first.is_some_and(|f| self.chars.get(f.end) == Some(&'-'));
        let term = if less { formula.split_once('-')?.1 } else { &formula };
        let (part, behind) = term.split_once(['÷', '/'])?;
        let (whole, factors) = behind.split_once(['×', '*'])?;
        let plain = |name: &str| !name.is_empty() && !name.contains(['×', '*', '÷', '/', '+', '＋', '-', '=']);
        let of_weight = factors.ends_with("分值") || factors.ends_with("权重");
        // ÷（总预算数-节约金额）: what a bracket makes has no name that could be found, but the rule is understood.
        let bracketed = whole.starts_with('（') && whole.ends_with('）');
        if !plain(part) || !plain(whole) && !bracketed || factors.contains(['÷', '/', '+', '＋', '-']) {
            return None;
        }
        let measured = |name: &str, words: &[&str]| words.iter().any(|word| name.contains(word));
        let points: Vec<Figure> = first.filter(|_| less).copied().into_iter().collect();
        let sign = start + self.chars[start..end].iter().rposition(|c| matches!(c, '÷' | '/'))?;
        let points = match self.times(sign, end) {
            Some(last) => [points, vec![*last]].concat(),
            None if of_weight => points,
            None => return None,
        };
        // What was reached by the row's own target.
        if !less && measured(part, &["实际", "完成值"]) && measured(whole, &["指标值", "目标值", "计划"]) {
            return Some(Wording::Target { own: None, proportional: true, else_zero: false });
        }
        Some(Wording::Quotient {
            part: part.to_owned(),
            whole: whole.to_owned(),
            less,
            points: points.iter().map(|f| self.points(f, register)).collect(),
        })
    }

    /// 得分=资产利用率×分值, 得分=预算执行率×100%×10; full points from a limit on: 执行率≥90%得满分，否则得分=执行率×10.
    pub(super) fn rate(&self, register: &mut Register) -> Option<Wording> {
        let (formula, start, end) = self.formula()?;
        let (rate, factors) = formula.split_once(['×', '*'])?;
        let named = rate.ends_with('率') && !rate.contains(['（', '(', '+', '-', '÷', '/', '=']);
        let of_weight = factors.ends_with("分值") || factors.ends_with("权重") || factors == "100%";
        let points = self.times(start, end);
        if !named || factors.contains(['÷', '/', '+', '＋', '-']) || points.is_none() && !of_weight {
            return None;
        }
        let outside: Vec<&Figure> = self.figures.iter().filter(|f| f.end <= start || f.start >= end).collect();
        let cap = match outside[..] {
            [] => None,
            [cap] if self.comparison(cap).is_some_and(Comparison::is_forward) && self.text.contains("满分") => {
                Some(cap)
            }
            _ => return None,
        };
        Some(Wording::Rate {
            rate: rate.to_owned(),
            cap: cap.map(|f| register(f.quantity, f.start, f.end)),
            points: points.iter().map(|f| self.points(f, register)).collect(),
        })
    }

    /// 得分=预算结余率小于10%的常年项目数量÷部门预算常年项目总数×100%×2+…
    pub(super) fn kept(&self, register: &mut Register) -> Option<Wording> {
        let mut start = self.find("得分=")? + "得分=".chars().count();
        let last = self.chars[start..].iter().position(|c| *c == '。').map_or(self.chars.len(), |at| start + at);
        let mut parts = Vec::new();
        for end in (start..=last).filter(|&i| i == last || matches!(self.chars[i], '+' | '＋')) {
            let term: String = self.chars[start..end].iter().filter(|c| **c != ' ').collect();
            let inside: Vec<&Figure> = self.figures.iter().filter(|f| f.start >= start && f.end <= end).collect();
            start = end + 1;
            let [rate, whole, points] = inside[..] else { return None };
            let kind = term.split_once("%的")?.1.split("项目").next()?.to_owned();
            let shaped =
                term.contains("数量÷") && term.contains("总数×") && whole.quantity.value() == Decimal::ONE_HUNDRED;
            let mut fact = |f: &Figure, unit: Unit| register(Quantity { unit, ..f.quantity }, f.start, f.end);
            if !shaped || kind.is_empty() {
                return None;
            }
            parts.push(Kept { kind, rate: fact(rate, Unit::Percent), points: fact(points, Unit::Score) });
        }
        Some(Wording::Kept(parts))
    }

    /// Goals in a row, points in a row, and in proportion what misses its goal.
    pub(super) fn progress(&self, register: &mut Register) -> Option<Wording> {
        let proportional =
            self.has(&["未达到"]) && ["比重", "比例", "比率"].iter().any(|word| self.text.contains(word));
        if !proportional {
            return None;
        }
        let behind = |f: &Figure, words: &[&str]| {
            let before: String = self.chars[f.start.saturating_sub(4)..f.start].iter().filter(|c| **c != ' ').collect();
            words.iter().any(|word| before.ends_with(word))
        };
        let run = |from: usize| -> Vec<Figure> {
            let joined =
                |pair: &&[Figure]| self.chars[pair[0].end..pair[1].start].iter().all(|c| matches!(c, '、' | ' '));
            let length = self.figures[from..].windows(2).take_while(joined).count() + 1;
            self.figures[from..from + length].to_vec()
        };
        let runs = || {
            (0..self.figures.len())
                .filter(|&i| i == 0 || !run(i - 1)[1..].iter().any(|f| f.start == self.figures[i].start))
        };
        let goals = runs().map(run).find(|run| {
            run.len() >= 2 && run.iter().all(|f| f.quantity.unit == Unit::Percent) && behind(&run[0], &["达到"])
        })?;
        let points = runs().map(run).find(|run| {
            run.len() == goals.len()
                && run.last().is_some_and(|f| f.quantity.unit == Unit::Score)
                && behind(&run[0], &["分别得", "各得"])
        })?;
        let mut facts = |figures: Vec<Figure>, unit: Unit| -> Vec<FactId> {
            figures.into_iter().map(|f| register(Quantity { unit, ..f.quantity }, f.start, f.end)).collect()
        };
        Some(Wording::Progress { goals: facts(goals, Unit::Percent), points: facts(points, Unit::Score) })
    }

    /// 全年执行数/全年预算数*4分（执行率≥90%，按4分计算）.
    pub(super) fn execution(&self, register: &mut Register) -> Option<Wording> {
        let led = |f: &Figure| f.start > 0 && matches!(self.chars[f.start - 1], '*' | '×' | '按' | '（' | '得' | ' ');
        let points: Vec<&Figure> = self.figures.iter().filter(|f| f.quantity.unit == Unit::Score).collect();
        let cap = self.figures.iter().find(|f| {
            f.quantity.unit == Unit::Percent
                && comparison(self.chars, f.start, f.end).is_some_and(Comparison::is_forward)
        });
        (!points.is_empty() && points.iter().all(|f| led(f))).then(|| Wording::Rate {
            rate: "执行率".to_owned(),
            cap: cap.map(|f| register(f.quantity, f.start, f.end)),
            points: points.into_iter().map(|f| register(f.quantity, f.start, f.end)).collect(),
        })
    }
}
