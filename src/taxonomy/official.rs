//! The codes that the official classifications (政府收支分类科目) give to names.

use super::{economic, functional, tables};

/// The code that a printed one mistypes by one digit or two transposed ones, where the name has another.
pub fn mistyped(name: &str, printed: &str) -> Option<u32> {
    let lists = [economic::ACCOUNTS, functional::ACCOUNTS];
    let named = lists.into_iter().flatten().filter(|(account, _)| *account == name).flat_map(|(_, codes)| *codes);
    let codes: Vec<u32> = named.copied().chain(tables::class(name).filter(|_| printed.len() == 3)).collect();
    let known = codes.iter().any(|code| code.to_string() == printed);
    codes.into_iter().find(|code| !known && is_one_slip(&code.to_string(), printed))
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
        assert_eq!(mistyped("行政运行", "2101510"), None);
        assert_eq!(mistyped("教育支出", "250"), Some(205));
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
