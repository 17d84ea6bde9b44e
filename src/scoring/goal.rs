//! What was to be reached, and what was: a quantity with its comparison, a date, or words.

use crate::facts::{FactId, Quantity, TokenKind, Unit, tokens};
use crate::source::ByteSpan;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// How an actual figure is held against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// ≥, 不低于, 以上.
    AtLeast,
    /// >, 高于.
    Above,
    /// ≤, 不超过, 以内.
    AtMost,
    /// <, 少于.
    Below,
    /// =.
    Exactly,
}

use Comparison::*;

impl Comparison {
    /// Whether an ordering of actual to target fulfils it.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            AtLeast => order.is_ge(),
            Above => order.is_gt(),
            AtMost => order.is_le(),
            Below => order.is_lt(),
            Exactly => order.is_eq(),
        }
    }

    /// Whether more is better.
    pub fn is_forward(self) -> bool {
        matches!(self, AtLeast | Above)
    }
}

/// The words and signs right before a figure. Forms print 》 for ≥ and 《 for ≤; which of ≥ and > is meant they do not say, so the milder
/// one is taken.
const BEFORE: [(&str, Comparison); 22] = [
    ("不低于", AtLeast),
    ("不少于", AtLeast),
    ("不小于", AtLeast),
    ("大于等于", AtLeast),
    ("≥", AtLeast),
    ("≧", AtLeast),
    ("》", AtLeast),
    ("达到", AtLeast),
    ("不高于", AtMost),
    ("不超过", AtMost),
    ("不大于", AtMost),
    ("小于等于", AtMost),
    ("≤", AtMost),
    ("≦", AtMost),
    ("《", AtMost),
    ("高于", Above),
    ("大于", Above),
    (">", Above),
    ("低于", Below),
    ("少于", Below),
    ("小于", Below),
    ("<", Below),
];

/// The words right behind a figure.
const BEHIND: [(&str, Comparison); 5] =
    [("及以上", AtLeast), ("以上", AtLeast), ("以下", AtMost), ("以内", AtMost), ("及以下", AtMost)];

/// The comparison that stands at a figure.
pub fn comparison(chars: &[char], start: usize, end: usize) -> Option<Comparison> {
    let before: String = chars[start.saturating_sub(5)..start].iter().filter(|c| **c != ' ').collect();
    let behind: String = chars[end..chars.len().min(end + 4)].iter().collect();
    if before.ends_with('=') {
        return Some(if before.ends_with(">=") {
            AtLeast
        } else if before.ends_with("<=") {
            AtMost
        } else {
            Exactly
        });
    }
    BEFORE
        .iter()
        .find(|(word, _)| before.ends_with(word))
        .or_else(|| BEHIND.iter().find(|(word, _)| behind.starts_with(word)))
        .map(|(_, c)| *c)
}

/// A cell that says what was to be reached, or what was.
#[derive(Debug, Clone)]
pub struct Goal {
    /// Its text without spaces.
    pub text: String,
    /// Where it stands.
    pub span: ByteSpan,
    /// Its figure, where it has one and only one.
    pub fact: Option<FactId>,
    /// The comparison that it states.
    pub comparison: Option<Comparison>,
    /// The day that it names, as year, month and day.
    pub day: Option<(u32, u32, u32)>,
}

/// The one quantity of a text, with its place and comparison.
pub fn quantity(chars: &[char]) -> Option<(Quantity, usize, usize, Option<Comparison>)> {
    let mut found = tokens(chars).into_iter().filter_map(|token| match token.kind {
        TokenKind::Quantity(quantity) => Some((quantity, token.start, token.end)),
        _ => None,
    });
    let (quantity, start, end) = found.next()?;
    // Months and days of a date are no quantities; two figures are a range or a description.
    (found.next().is_none() && day(chars).is_none()).then(|| (quantity, start, end, comparison(chars, start, end)))
}

/// A bare figure with the unit that stands in the next cell: 30000 | 元.
pub fn of_unit(quantity: Quantity, unit: &str) -> Quantity {
    let printed: Vec<char> = format!("{}{unit}", quantity.figure).chars().collect();
    match tokens(&printed)[..] {
        [token] if token.end == printed.len() => match token.kind {
            TokenKind::Quantity(with) => Quantity { unit: with.unit, scale: with.scale, ..quantity },
            _ => quantity,
        },
        _ => quantity,
    }
}

/// 2020年12月31日.
pub fn day(chars: &[char]) -> Option<(u32, u32, u32)> {
    let text: String = chars.iter().filter(|c| **c != ' ').collect();
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, _) = rest.split_once('日')?;
    let number = |text: &str| text.parse::<u32>().ok();
    let start = year.char_indices().rev().take_while(|(_, c)| c.is_ascii_digit()).last()?.0;
    Some((number(&year[start..])?, number(month)?, number(day)?))
}

/// How one quantity stands to another of the same unit. A figure without a unit is of the other's.
pub fn order(actual: &Quantity, target: &Quantity) -> Option<Ordering> {
    let bare = actual.unit == Unit::Bare || target.unit == Unit::Bare;
    if actual.unit != target.unit
        && !(bare && (actual.scale == target.scale || actual.scale > Decimal::ONE && target.scale > Decimal::ONE))
    {
        return None;
    }
    Some(actual.value().cmp(&target.value()))
}

impl Goal {
    /// From where to where the figure may lie: at it, or on one side of it where it is itself only a limit.
    pub fn range(&self, value: Decimal) -> (Option<Decimal>, Option<Decimal>) {
        match self.comparison {
            None | Some(Exactly) => (Some(value), Some(value)),
            Some(AtLeast | Above) => (Some(value), None),
            Some(AtMost | Below) => (None, Some(value)),
        }
    }

    /// Whether this, as what was reached, meets a target; none where that cannot be told.
    pub fn meets(&self, target: &Goal, quantity: &dyn Fn(FactId) -> Quantity) -> Option<bool> {
        if let (Some(mine), Some(wanted)) = (self.fact, target.fact) {
            let order = order(&quantity(mine), &quantity(wanted))?;
            let Some(wanted) = target.comparison else { return order.is_eq().then_some(true) };
            return match self.comparison {
                None | Some(Exactly) => Some(wanted.holds(order)),
                // What was reached is itself only a limit: it meets a target of the same direction that is no further.
                Some(own) if own.is_forward() == wanted.is_forward() && wanted != Exactly => {
                    let met = order.is_eq() || wanted.holds(order);
                    met.then_some(true)
                }
                Some(_) => None,
            };
        }
        if let (Some(mine), Some(wanted)) = (self.day, target.day) {
            return Some(mine <= wanted);
        }
        (self.text == target.text && !self.text.is_empty()).then_some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<String>, Option<Comparison>) {
        let chars: Vec<char> = text.chars().collect();
        let found = quantity(&chars);
        (found.map(|(q, ..)| q.value().normalize().to_string()), found.and_then(|(.., c)| c))
    }

    #[test]
    fn reads_figures_with_their_comparison() {
        assert_eq!(read("≥90%"), (Some("90".into()), Some(AtLeast)));
        assert_eq!(read("》 95%"), (Some("95".into()), Some(AtLeast)));
        assert_eq!(read("少于6天"), (Some("6".into()), Some(Below)));
        assert_eq!(read("90%以上"), (Some("90".into()), Some(AtLeast)));
        assert_eq!(read("=100%"), (Some("100".into()), Some(Exactly)));
        assert_eq!(read("5000家"), (Some("5000".into()), None));
        assert_eq!(read("2020年12月31日前"), (None, None));
        assert_eq!(day(&"2020年12月31日前".chars().collect::<Vec<_>>()), Some((2020, 12, 31)));
    }
}
