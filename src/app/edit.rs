//! One replacement in the text. Whatever changes the document is one of these, so that it can be undone and so that places found before
//! it can be found after it.

use super::offsets::units;

/// A replacement, in UTF-16 code units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where it begins.
    pub start: usize,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

impl Edit {
    /// The one replacement that turns `old` into `new`; nothing where they are the same.
    pub fn between(old: &str, new: &str) -> Option<Edit> {
        if old == new {
            return None;
        }
        let prefix: usize = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let (old_rest, new_rest) = (&old[prefix..], &new[prefix..]);
        let suffix: usize = old_rest
            .chars()
            .rev()
            .zip(new_rest.chars().rev())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        Some(Edit {
            start: units(&old[..prefix]),
            removed: old_rest[..old_rest.len() - suffix].to_owned(),
            inserted: new_rest[..new_rest.len() - suffix].to_owned(),
        })
    }

    /// The text after the replacement; nothing where `text` does not hold what it removes.
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut at = 0;
        let from = if self.start == 0 {
            0
        } else {
            text.char_indices().find_map(|(byte, ch)| {
                at += ch.len_utf16();
                (at >= self.start).then_some(byte + ch.len_utf8())
            })?
        };
        let rest = text[from..].strip_prefix(self.removed.as_str())?;
        Some([&text[..from], &self.inserted, rest].concat())
    }

    /// The replacement that takes it back.
    pub fn inverse(&self) -> Edit {
        Edit { start: self.start, removed: self.inserted.clone(), inserted: self.removed.clone() }
    }

    /// Where a stretch stands after the replacement; nothing where the replacement touched it.
    pub fn map(&self, (start, end): (usize, usize)) -> Option<(usize, usize)> {
        let removed_end = self.start + units(&self.removed);
        if end <= self.start {
            Some((start, end))
        } else if start >= removed_end {
            let inserted = units(&self.inserted);
            let shift = |at: usize| at - removed_end + self.start + inserted;
            Some((shift(start), shift(end)))
        } else {
            None
        }
    }

    /// The stretch of the new text that it wrote.
    pub fn written(&self) -> (usize, usize) {
        (self.start, self.start + units(&self.inserted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_the_change_and_takes_it_back() {
        for (old, new) in
            [("支出𠮷100万元", "支出𠮷120万元"), ("aaa", "aa"), ("", "收入"), ("收入", ""), ("收𠮷入", "收𠮸入")]
        {
            let edit = Edit::between(old, new).expect("they differ");
            assert_eq!(edit.apply(old).as_deref(), Some(new));
            assert_eq!(edit.inverse().apply(new).as_deref(), Some(old));
        }
        assert_eq!(Edit::between("同", "同"), None);
    }

    #[test]
    fn a_text_that_does_not_hold_the_removed_words_is_refused() {
        let edit = Edit { start: 2, removed: "100".into(), inserted: "1".into() };
        assert_eq!(edit.apply("收入200"), None);
        assert_eq!(edit.apply("收"), None);
    }

    #[test]
    fn places_move_with_the_text_around_the_change() {
        let edit = Edit { start: 4, removed: "10".into(), inserted: "1000".into() };
        assert_eq!(edit.map((0, 4)), Some((0, 4)));
        assert_eq!(edit.map((6, 8)), Some((8, 10)));
        assert_eq!(edit.map((5, 7)), None);
        assert_eq!(edit.written(), (4, 8));
    }
}
