//! The codes that the official classifications (政府收支分类科目) give to names.

use super::{economic, functional, tables};

/// Names that many groups have, each with the number that its account has in all of them.
const SHARED: [(&str, u32); 4] = [("行政运行", 1), ("一般行政管理事务", 2), ("机关服务", 3), ("事业运行", 50)];

/// The accounts of such a name that have another number.
const APART: [(&str, u32); 1] = [("事业运行", 2_130_104)];

/// Groups whose accounts are known for all years since the classification of 2007: nearly every office has them.
const COMPLETE: [(u32, &[u32]); 3] =
    [(20805, &[1, 2, 3, 4, 5, 6, 7, 8, 99]), (21011, &[1, 2, 3, 99]), (22102, &[1, 2, 3])];

/// The classes of expenditure of all years lie below this one, and those of the economic classification above 300.
const FIRST_FREE: u32 = 235;

/// The code that a printed one mistypes, where the name has another: by one digit or two transposed ones, or as one that there is not.
pub fn mistyped(name: &str, printed: &str) -> Option<u32> {
    let lists = [economic::ACCOUNTS, functional::ACCOUNTS];
    let named = lists.into_iter().flatten().filter(|(account, _)| *account == name).flat_map(|(_, codes)| *codes);
    let apart = APART.iter().filter(|(account, _)| *account == name).map(|(_, code)| *code);
    let codes: Vec<u32> = named
        .copied()
        .chain(tables::class(name).filter(|_| printed.len() == 3))
        .chain(shared(name, printed))
        .chain(apart)
        .collect();
    let known = codes.iter().any(|code| code.to_string() == printed);
    let is_none = is_none(printed);
    let of_group = |code: &str| is_none && code.len() == printed.len() && code[..5] == printed[..5];
    codes.into_iter().find(|code| {
        let code = code.to_string();
        !known && (is_one_slip(&code, printed) || of_group(&code))
    })
}

/// The code that a name which many groups have has in the group of a printed one.
fn shared(name: &str, printed: &str) -> Option<u32> {
    let (_, number) = SHARED.iter().find(|(account, _)| *account == name)?;
    let group: u32 = printed.get(..5).filter(|_| printed.len() == 7 && printed.starts_with('2'))?.parse().ok()?;
    Some(group * 100 + number)
}

/// Whether no year has an account of this code, in a group that is known to its last one.
pub fn is_none(code: &str) -> bool {
    let number = || code.parse::<u32>().ok().filter(|_| code.len() == 7);
    number().is_some_and(|code| {
        COMPLETE.iter().any(|(group, accounts)| *group == code / 100 && !accounts.contains(&(code % 100)))
    })
}

/// Whether no year has a class of this code.
pub fn is_no_class(code: &str) -> bool {
    code.len() == 3 && code.parse().is_ok_and(|class: u32| (FIRST_FREE..300).contains(&class))
}

fn is_one_slip(right: &str, printed: &str) -> bool {
    let (a, b) = (right.as_bytes(), printed.as_bytes());
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|&at| a[at] != b[at]).collect();
    a.len() == b.len()
        && match differing[..] {
            [_] => true,
            [i, j] => j == i + 1 && a[i] == b[j] && a[j] == b[i],
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_code() {
        assert_eq!(mistyped("差旅费", "30281"), Some(30211));
        assert_eq!(mistyped("差旅费", "30211"), None);
        assert_eq!(mistyped("住房公积金", "30311"), None);
        assert_eq!(mistyped("住房公积金", "2210201"), None);
        assert_eq!(mistyped("培训费", "50203"), None);
        assert_eq!(mistyped("培训费", "30261"), Some(30216));
        assert_eq!(mistyped("行政单位医疗", "2101102"), Some(2_101_101));
        assert_eq!(mistyped("行政运行", "2101510"), Some(2_101_501));
        assert_eq!(mistyped("事业运行", "2101555"), Some(2_101_550));
        assert_eq!(mistyped("事业运行", "2130104"), None);
        assert_eq!(mistyped("事业运行", "2101502"), None);
        assert_eq!(mistyped("住房公积金", "2210299"), Some(2_210_201));
        assert_eq!(mistyped("教育支出", "250"), Some(205));
    }

    #[test]
    fn what_no_year_has_is_known_where_all_else_is() {
        for code in ["2210299", "2080598", "2101104"] {
            assert!(is_none(code), "{code}");
        }
        for code in ["2210201", "2080599", "2050399", "22102", "30199"] {
            assert!(!is_none(code), "{code}");
        }
        assert!(is_no_class("299") && !is_no_class("229") && !is_no_class("301") && !is_no_class("23501"));
    }

    #[test]
    fn no_name_stands_twice_and_each_account_lies_in_its_class() {
        for list in [economic::ACCOUNTS, functional::ACCOUNTS] {
            let mut names: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
            names.sort_unstable();
            assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
            let lengths = |code: &u32| matches!(code.to_string().len(), 5 | 7);
            assert!(list.iter().flat_map(|(_, codes)| *codes).all(lengths));
        }
    }
}
