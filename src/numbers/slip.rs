//! Slips of the hand: the one keystroke that turns the right number into the printed one.

use rust_decimal::Decimal;

/// How a number went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// One digit is another (239.16 for 219.16).
    Digit,
    /// Two neighbours changed places (239.16 for 293.16).
    Transposed,
    /// A digit is missing.
    Dropped,
    /// A digit is there twice, or one too many.
    Added,
    /// The decimal point stands elsewhere (8.9% for 0.89%).
    Point,
    /// 元 for 万元, or the other way round.
    Unit,
    /// The sign or the direction is the wrong way round.
    Sign,
    /// The digits behind the last one were cut off, not rounded (47.10% for 47.109%).
    Cut,
    /// A rate of change was taken of this year's amount, not of the one before.
    Base,
}

/// The slip that explains `printed` where `right` was meant, both as figures with the same number of decimals.
pub fn slip(printed: Decimal, right: Decimal, decimals: u32) -> Option<Slip> {
    if printed == right {
        return None;
    }
    if printed == -right {
        return Some(Slip::Sign);
    }
    // A keystroke that changes a digit leaves the sign.
    if printed.is_sign_negative() != right.is_sign_negative() {
        return None;
    }
    let (a, b) = (digits(printed, decimals), digits(right, decimals));
    if is_ten_thousandfold(printed, right) {
        return Some(Slip::Unit);
    }
    if a.len() == b.len() {
        let differing: Vec<usize> = (0..a.len()).filter(|&i| a[i] != b[i]).collect();
        return match differing[..] {
            [_] => Some(Slip::Digit),
            [i, j] if j == i + 1 && a[i] == b[j] && a[j] == b[i] => Some(Slip::Transposed),
            _ => is_shifted(printed, right).then_some(Slip::Point),
        };
    }
    if is_shifted(printed, right) {
        return Some(Slip::Point);
    }
    if a.len() + 1 == b.len() && is_one_left_out(&a, &b) {
        return Some(Slip::Dropped);
    }
    if b.len() + 1 == a.len() && is_one_left_out(&b, &a) {
        return Some(Slip::Added);
    }
    None
}

fn digits(value: Decimal, decimals: u32) -> Vec<u8> {
    let figure = format!("{:.1$}", value.abs(), decimals as usize);
    figure.bytes().filter(u8::is_ascii_digit).collect()
}

fn is_ten_thousandfold(a: Decimal, b: Decimal) -> bool {
    let factor = Decimal::from(10_000);
    a.checked_mul(factor) == Some(b) || b.checked_mul(factor) == Some(a)
}

fn is_shifted(a: Decimal, b: Decimal) -> bool {
    [10, 100].iter().any(|&factor| {
        let factor = Decimal::from(factor);
        let near = |x: Decimal, y: Decimal| x.checked_mul(factor).is_some_and(|x| x == y);
        near(a, b) || near(b, a)
    })
}

/// Whether the longer is the shorter with one digit more.
fn is_one_left_out(short: &[u8], long: &[u8]) -> bool {
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    short[same..] == long[same + 1..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(printed: &str, right: &str) -> Option<Slip> {
        slip(printed.parse().unwrap(), right.parse().unwrap(), 2)
    }

    #[test]
    fn names_the_keystroke() {
        assert_eq!(of("239.16", "293.16"), Some(Slip::Transposed));
        assert_eq!(of("349.34", "249.34"), Some(Slip::Digit));
        assert_eq!(of("33.45", "333.45"), Some(Slip::Dropped));
        assert_eq!(of("3333.45", "333.45"), Some(Slip::Added));
        assert_eq!(of("8.90", "0.89"), Some(Slip::Point));
        assert_eq!(of("-5.00", "5.00"), Some(Slip::Sign));
        assert_eq!(of("1147.09", "11470900.00"), Some(Slip::Unit));
        assert_eq!(of("94.36", "90.48"), None);
        assert_eq!(of("0.00", "-10.00"), None);
    }
}
