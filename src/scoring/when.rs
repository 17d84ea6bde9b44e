//! Dates of forms: 2022年10月31日前, 12月底前, 年底前, 2022.6.30, and what can be said of one against another.

use std::str::FromStr;

/// A day, or the days among which one lies. Days and months are counted from 1; the 31st stands for the end of any month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The year, where the text prints it.
    year: Option<u32>,
    /// The first day that may be meant, as month and day; before all of them where the text only says until when.
    from: (u32, u32),
    /// The last one.
    to: (u32, u32),
}

/// The last day of a year.
const END: (u32, u32) = (12, 31);

impl When {
    /// The date that a cell names: one with its year anywhere in it, one without where the cell says nothing else.
    pub fn read(chars: &[char]) -> Option<When> {
        let text: String = chars.iter().filter(|c| **c != ' ').collect();
        full(&text).or_else(|| alone(&text))
    }

    /// Whether what was done then was done in time; none where the dates leave it open.
    pub fn meets(self, wanted: When) -> Option<bool> {
        match (self.year, wanted.year) {
            (Some(mine), Some(theirs)) if mine != theirs => return Some(mine < theirs),
            (Some(_), Some(_)) => {}
            // Months without a year are those of the year that the form is of; January behind a plan for December may be the next one's.
            (None, None) if wanted.to.0 < self.from.0 + 9 => {}
            (None, None) if self.from.0 == 0 => {}
            _ => return None,
        }
        if self.to <= wanted.to { Some(true) } else { (self.from > wanted.to).then_some(false) }
    }
}

/// 2020年12月31日, with whatever stands around it.
fn full(text: &str) -> Option<When> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, behind) = rest.split_once('日')?;
    let start = year.char_indices().rev().take_while(|(_, c)| c.is_ascii_digit()).last()?.0;
    let (year, month, day) = (number(&year[start..])?, number(month)?, number(day)?);
    let until = behind.starts_with('前') || behind.starts_with("之前") || behind.starts_with("以前");
    Some(When { year: Some(year), from: if until { (0, 0) } else { (month, day) }, to: (month, day) })
}

/// A date that is all that a cell says: 12月底前完成, 年底, 2022年6月, 2022.06.30.
fn alone(text: &str) -> Option<When> {
    let text = text.trim_start_matches(['≤', '在', '于']).trim_end_matches("完成");
    let bare = ["之前", "以前", "前"].iter().find_map(|word| text.strip_suffix(word));
    let until = bare.is_some();
    let text = bare.unwrap_or(text);
    let (year, text) = match text.split_once('年') {
        Some((year, rest)) if year.len() == 4 => (Some(number(year)?), rest),
        Some(("", "底" | "末" | "内")) => (None, "底"),
        Some(_) => return None,
        None => dotted(text).map_or((None, text), |(year, rest)| (Some(year), rest)),
    };
    let (from, to) = match text {
        "底" | "末" => ((12, 1), END),
        "" | "内" => ((1, 1), END),
        // 6.30 without a year is a number.
        _ if year.is_none() && !text.contains('月') => return None,
        _ => month(text)?,
    };
    // 2022年 alone is a year and no date.
    let is_date = year.is_none() || !text.is_empty();
    is_date.then_some(When { year, from: if until { (0, 0) } else { from }, to })
}

/// 6月, 6月底, 6月30日, 06.30.
fn month(text: &str) -> Option<((u32, u32), (u32, u32))> {
    let (month, rest) = text.split_once(['月', '.', '/'])?;
    let month = number(month).filter(|month| (1..=12).contains(month))?;
    match rest.trim_end_matches(['份', '内']) {
        "" => Some(((month, 1), (month, 31))),
        "底" | "末" => Some(((month, 21), (month, 31))),
        "初" | "上旬" => Some(((month, 1), (month, 10))),
        "中旬" => Some(((month, 11), (month, 20))),
        "下旬" => Some(((month, 21), (month, 31))),
        day => {
            let day = number(day.trim_end_matches('日')).filter(|day| (1..=31).contains(day))?;
            Some(((month, day), (month, day)))
        }
    }
}

/// The year of 2022.6.30 and 2022/06/30, and what is behind it.
fn dotted(text: &str) -> Option<(u32, &str)> {
    let (year, rest) = text.split_once(['.', '/'])?;
    let is_date = year.len() == 4 && rest.contains(['.', '/']);
    is_date.then_some((number(year)?, rest))
}

fn number(text: &str) -> Option<u32> {
    u32::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<When> {
        When::read(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn dates_are_read_with_and_without_their_year() {
        let when = |year, from, to| Some(When { year, from, to });
        assert_eq!(read("2022年10月31日前"), when(Some(2022), (0, 0), (10, 31)));
        assert_eq!(read("2022 年 10 月 20 日"), when(Some(2022), (10, 20), (10, 20)));
        assert_eq!(read("12月底前"), when(None, (0, 0), (12, 31)));
        assert_eq!(read("11月"), when(None, (11, 1), (11, 31)));
        assert_eq!(read("年底前完成"), when(None, (0, 0), END));
        assert_eq!(read("2022.06.30"), when(Some(2022), (6, 30), (6, 30)));
        assert_eq!(read("2022年6月"), when(Some(2022), (6, 1), (6, 31)));
        for text in ["2022年", "3个月", "12月工资", "1年", "6.5", "年底前验收3处", "13月"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_dates_prove_is_said() {
        let meets = |actual: &str, wanted: &str| read(actual).unwrap().meets(read(wanted).unwrap());
        assert_eq!(meets("11月", "12月底前"), Some(true));
        assert_eq!(meets("12月20日", "12月底前"), Some(true));
        assert_eq!(meets("9月", "8月底前"), Some(false));
        assert_eq!(meets("6月", "6月15日前"), None);
        assert_eq!(meets("12月底前", "年底前"), Some(true));
        assert_eq!(meets("年底前", "10月底前"), None);
        // Of this year or of the next one?
        assert_eq!(meets("1月", "12月底前"), None);
        assert_eq!(meets("2022年12月20日", "12月底前"), None);
        assert_eq!(meets("2023年1月5日", "2022年12月31日"), Some(false));
    }
}
