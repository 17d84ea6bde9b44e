//! Arithmetic that a text prints gives what the text says it gives: 预算完成率=（950/1000）×100%=95%.

use super::{Context, Found, Rule};
use crate::facts::{Paragraph, Quantity, Unit};
use crate::relations::{Certainty, Expression, FactId, Formula, Operand, Relation};
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "printed-calculation",
    name: ["算式", "printed arithmetic"],
    doc: [
        "文中（表中）写出的算式，如“=（950/1000）×100%=95%”“95%（950万元÷1000万元）”，等号两边应相等。整数按所写的数计算，小数按四舍五入的区间计算。",
        "Arithmetic that a text or a form prints gives what is printed as its result. Whole numbers are computed with as they stand, others as everything that rounds to them.",
    ],
    fails: "公用经费控制率=（实际支出额/预算安排额）×100%=（120万元÷150万元）×100%=85%。",
    passes: "公用经费控制率=（实际支出额/预算安排额）×100%=（120万元÷150万元）×100%=80%。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for paragraph in &context.reading.paragraphs {
        let chars = paragraph.chars(0, usize::MAX);
        for id in paragraph.facts.clone() {
            let result = context.fact(id);
            if result.quantity.loose {
                continue;
            }
            let (start, end) = result.at;
            let expression = if chars[..start].ends_with(&['=']) {
                // =2.5/10=25%: what goes on is no result.
                let goes_on = sign(chars.get(end).copied()).is_some();
                let text = Text { context, paragraph, chars, end: start - 1, named: true };
                if goes_on { None } else { text.read(text.begin()) }
            } else if result.quantity.unit == Unit::Percent {
                behind(context, paragraph, chars, end)
            } else {
                None
            };
            if let Some(expression) = expression {
                let readings = readings(context, &expression, &result.quantity);
                let certainty = Certainty::Sure;
                found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
            }
        }
    }
}

/// 95%（950万元÷1000万元）: how a rate was computed, in brackets behind it.
fn behind(context: &Context, paragraph: &Paragraph, chars: &[char], at: usize) -> Option<Expression> {
    if chars.get(at) != Some(&'（') {
        return None;
    }
    let mut depth = 0;
    let ends = |c: &char| {
        depth += i32::from(opens(*c)) - i32::from(closes(*c));
        depth == 0
    };
    let close = at + chars[at..].iter().take(LONGEST).position(ends)?;
    // 96%（上年95/100）: a name would say that it is another rate.
    let text = Text { context, paragraph, chars, end: close, named: false };
    text.read(at + 1 + usize::from(chars.get(at + 1) == Some(&'='))).filter(Expression::divides)
}

/// 万.
const TEN_THOUSAND: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// How many characters a calculation can take.
const LONGEST: usize = 160;

/// The ways to understand the numbers of a calculation: with the units that they print, or as mere figures where some leave theirs out; with
/// a hundred that has lost its percent sign, or a result that has; and with a result in 万 that does not say so.
fn readings(context: &Context, expression: &Expression, result: &Quantity) -> Vec<Formula> {
    let quantity = |operand: Operand| context.fact(operand.id).quantity;
    let hundred = |unit: Unit| {
        if matches!(unit, Unit::Percent | Unit::Times) { Decimal::ONE_HUNDRED } else { Decimal::ONE }
    };
    let figures =
        |quantity: Quantity| if quantity.unit == Unit::Percent { Decimal::ONE_HUNDRED } else { quantity.scale.into() };
    let plain = expression.map(&|operand| Operand { per: figures(quantity(operand)), ..operand });
    let printed = expression.map(&|operand| Operand { per: hundred(quantity(operand).unit), ..operand });
    let numbers = || expression.operands().into_iter().map(quantity);
    let is_rate = hundred(result.unit) > Decimal::ONE;
    let bare_hundred = numbers().any(|q| q.unit == Unit::Bare && q.figure == Decimal::ONE_HUNDRED);
    let lost_sign = !is_rate && result.unit == Unit::Bare && numbers().any(|q| q.unit == Unit::Percent);
    let mut formulas = Vec::new();
    for (expression, times) in [(printed, hundred(result.unit)), (plain, figures(*result))] {
        formulas.push(Formula::Printed(Box::new(expression.clone()), times));
        if is_rate && bare_hundred {
            formulas.push(Formula::Printed(Box::new(expression), times / Decimal::ONE_HUNDRED));
        } else if lost_sign {
            formulas.push(Formula::Printed(Box::new(expression), times * Decimal::ONE_HUNDRED));
        } else if result.unit == Unit::Bare && result.decimals > 0 {
            formulas.push(Formula::Printed(Box::new(expression), times / TEN_THOUSAND));
        }
    }
    formulas
}

/// A sign of arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

fn sign(c: Option<char>) -> Option<Sign> {
    match c? {
        '+' => Some(Sign::Plus),
        '-' => Some(Sign::Minus),
        '×' | '*' | '✕' | '╳' => Some(Sign::Times),
        '÷' | '/' | '∕' => Some(Sign::Over),
        _ => None,
    }
}

fn opens(c: char) -> bool {
    matches!(c, '（' | '[' | '［' | '【' | '〔' | '{' | '｛')
}

fn closes(c: char) -> bool {
    matches!(c, '）' | ']' | '］' | '】' | '〕' | '}' | '｝')
}

/// A stretch of a paragraph that may hold a calculation up to its end.
struct Text<'t> {
    context: &'t Context<'t>,
    paragraph: &'t Paragraph,
    chars: &'t [char],
    end: usize,
    /// Whether its numbers may have their names before them: 预算完成数950万元/预算数1000万元.
    named: bool,
}

impl Text<'_> {
    /// The number of the paragraph that begins at a place.
    fn number_at(&self, at: usize) -> Option<FactId> {
        let facts = self.paragraph.facts.clone();
        let before = self.context.reading.facts[facts.clone()].partition_point(|fact| fact.at.0 < at);
        let id = facts.start + before;
        (id < facts.end && self.context.fact(id).at.0 == at).then_some(id)
    }

    /// Where the calculation that goes to the end begins: behind an equals sign, a mark that parts clauses, or the bracket around it.
    fn begin(&self) -> usize {
        let mut depth = 0;
        let from = self.end.saturating_sub(LONGEST);
        let parts = |at: &usize| {
            let c = self.chars[*at];
            let groups = c == ',' && self.chars.get(at + 1).is_some_and(char::is_ascii_digit);
            depth += i32::from(closes(c)) - i32::from(opens(c));
            depth < 0
                || !groups && matches!(c, '=' | '，' | ',' | '。' | '；' | '：' | '！' | '？' | '、' | '≈' | '≥' | '≤')
        };
        (from..self.end).rev().find(parts).map_or(from, |at| at + 1)
    }

    /// The calculation between two places: all of it, or nothing.
    fn read(&self, from: usize) -> Option<Expression> {
        let mut at = from;
        let expression = self.sum(&mut at)?;
        (at == self.end && expression.operands().len() > 1).then_some(expression)
    }

    /// The next character that is no blank.
    fn next(&self, at: &mut usize) -> Option<char> {
        while *at < self.end && self.chars[*at].is_whitespace() {
            *at += 1;
        }
        (*at < self.end).then(|| self.chars[*at])
    }

    fn sum(&self, at: &mut usize) -> Option<Expression> {
        let mut terms = vec![(false, self.product(at)?)];
        loop {
            let next = sign(self.next(at));
            match next {
                // ）-32: the sign is read with the number.
                Some(Sign::Minus) if self.number_at(*at).is_some() => terms.push((false, self.product(at)?)),
                Some(sign @ (Sign::Plus | Sign::Minus)) => {
                    *at += 1;
                    terms.push((sign == Sign::Minus, self.product(at)?));
                }
                _ => break,
            }
        }
        if terms.len() == 1 {
            return terms.pop().map(|(_, term)| term);
        }
        // a−b/c without brackets is written for (a−b)/c as well.
        let loose =
            |term: &Expression| matches!(term, Expression::Product(factors) if factors.iter().any(|(over, _)| *over));
        (!terms.iter().any(|(_, term)| loose(term))).then_some(Expression::Sum(terms))
    }

    fn product(&self, at: &mut usize) -> Option<Expression> {
        let mut factors = vec![(false, self.factor(at)?)];
        while let Some(sign @ (Sign::Times | Sign::Over)) = sign(self.next(at)) {
            *at += 1;
            factors.push((sign == Sign::Over, self.factor(at)?));
        }
        Some(if factors.len() == 1 { factors.pop()?.1 } else { Expression::Product(factors) })
    }

    /// A number, with or without its name before it, or a calculation in brackets.
    fn factor(&self, at: &mut usize) -> Option<Expression> {
        loop {
            let c = self.next(at)?;
            if let Some(id) = self.number_at(*at) {
                let fact = self.context.fact(id);
                *at = fact.at.1;
                let whole = fact.quantity.decimals == 0;
                return Some(Expression::Number(Operand { id, per: Decimal::ONE, whole }));
            }
            if opens(c) {
                *at += 1;
                let inside = self.sum(at)?;
                let close = self.next(at).filter(|c| closes(*c));
                *at += 1;
                return close.map(|_| inside);
            }
            if !self.named || closes(c) || sign(Some(c)).is_some() {
                return None;
            }
            *at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::told;

    fn told(text: &str) -> Vec<String> {
        told::texts(super::RULE.id, text)
    }

    #[test]
    fn what_is_computed_in_the_line_is_computed_again() {
        assert_eq!(told("预算完成率=950/1000×100%=96%。"), ["96%"]);
        assert_eq!(told("预算完成率=（预算完成数950万元/预算数1000万元）×100%=96%，得满分。"), ["96%"]);
        assert_eq!(told("控制率=实际支出数/预算安排数=10/12=90%。"), ["90%"]);
        assert_eq!(told("变动率=[（41.50-32）÷32]×100%=28.69%"), ["28.69%"]);
        assert_eq!(told("支出进度为96%（950万元÷1000万元×100%）。"), ["96%"]);
        assert_eq!(told("得分=4×95%=3.9分。"), ["3.9分"]);
        for right in [
            "预算完成率=950/1000×100%=95%。",
            "预算完成率=（预算完成数950万元/预算数1000）×100%=95%。",
            "控制率=实际支出数/预算安排数=10/12=83.33%。",
            "变动率=[（41.50-32）÷32]×100%=29.69%",
            "支出进度为95%（950万元÷1000万元×100%）。",
            "变动率=（12.5-10）/10=2.5/10=25%。",
            "执行率=（950÷1000）×100=95%。",
            "应发补助=9000×280+60×250=253.50",
            "得分=5-（100%-95%）×10=4.5分。",
        ] {
            assert!(told(right).is_empty(), "{right}: {:?}", told(right));
        }
    }

    #[test]
    fn a_form_computes_as_well() {
        let form = |rate: &str| {
            format!(
                "部门整体支出绩效评价指标表\n一级指标\t三级指标\t分值\t指标说明\t得分\n过程\t预算完成率\t5\t预算完成率=(95/100)×100%={rate}\t4.5\n过程\t公用经费控制率\t5\t控制率=12÷15×100%=80%\t5"
            )
        };
        assert_eq!(told(&form("90%")), ["90%"]);
        assert!(told(&form("95%")).is_empty());
    }

    #[test]
    fn what_is_no_calculation_is_none() {
        for text in [
            "截至2023/12，每人1/2，计3-4项，〔2023〕5号。",
            "实施“1+3”工程=4项。",
            "完成率=（完成数/预算数）×100%=95%。",
            "执行率=120万元-结转20万元/100万元=100%。",
            "项目1和2的执行率95/100=96%。",
            "支出进度为96%（目标100%）。",
            "执行率为96%（其中：甲项目95/100），乙项目为96%（上年950/1000）。",
        ] {
            assert!(told(text).is_empty(), "{text}: {:?}", told(text));
        }
    }
}
