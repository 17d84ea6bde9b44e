//! The three grades of what is told in words: reached, reached in part, not reached.

use super::standard;
use rust_decimal::Decimal;

/// From which part of the weight, in per cent, each grade scores up to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grades {
    floors: [Decimal; 3],
    /// Whether the form prints them.
    pub own: bool,
}

impl Default for Grades {
    fn default() -> Self {
        Grades { floors: standard::GRADES, own: false }
    }
}

/// How each grade is worded, the best first.
const WORDS: [&[&str]; 3] =
    [&["全部或基本达成", "达成预期", "达成年度", "全部达成", "基本达成"], &["部分达成"], &["未达成"]];

impl Grades {
    /// The grades that a note prints: 分别按照100%-80%（含）、80%-50%（含）、50%-10%合理确定分值; none where it prints no three that join.
    pub fn read(note: &str) -> Option<Grades> {
        let words: String = note.chars().filter(|c| !c.is_whitespace()).collect();
        let from = words.find("三档")?;
        let numbers: Vec<Decimal> = words[from..]
            .split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .filter_map(|number| number.parse().ok())
            .take(6)
            .collect();
        let [full, a, b, c, d, e] = numbers[..] else { return None };
        let joined = full == Decimal::ONE_HUNDRED && a == b && c == d && full > a && a > c && c > e;
        joined.then_some(Grades { floors: [a, c, e], own: true })
    }

    /// From where to where, in per cent of the weight, what was reached scores; none where its words are none of a grade.
    pub fn of(&self, reached: &str) -> Option<(Decimal, Decimal)> {
        let grade = WORDS.iter().position(|words| words.iter().any(|word| reached.starts_with(word)))?;
        let top = grade.checked_sub(1).map_or(Decimal::ONE_HUNDRED, |above| self.floors[above]);
        Some((self.floors[grade], top))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forms_own_grades_come_first() {
        let range = |lo: u32, hi: u32| Some((Decimal::from(lo), Decimal::from(hi)));
        assert_eq!(Grades::default().of("部分达成预期指标并具有一定效果"), range(60, 80));
        let note = "定性指标分为三档，分别按照100%-80%（含）、80%-50%（含）、50%-10%合理确定分值。";
        let own = Grades::read(note).unwrap();
        assert_eq!((own.of("达成预期指标"), own.of("未达成预期指标且效果较差")), (range(80, 100), range(10, 50)));
        assert_eq!(own.of("有所改善"), None);
        assert_eq!(Grades::read("定性指标分为三档，由评价组评分。"), None);
    }
}
