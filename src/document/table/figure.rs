//! What a cell looks like by itself.

use crate::document::garbled;

/// The look of a cell's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Nothing, or a dash that stands for nothing.
    Blank,
    /// Digits that can be a code of the classification as well as an amount.
    Code,
    /// A figure.
    Figure,
    /// Words.
    Words,
}

/// Tells what a cell's text looks like.
pub fn look(text: &str) -> Look {
    if text.chars().all(|c| matches!(c, '-' | '—' | '－' | '/' | '–' | ' ')) {
        Look::Blank
    } else if is_code(text) {
        Look::Code
    } else if is_figure(text) || garbled::meant(text).is_some() {
        Look::Figure
    } else {
        Look::Words
    }
}

/// 3, 5 or 7 digits that do not begin with a zero.
pub fn is_code(text: &str) -> bool {
    matches!(text.len(), 3 | 5 | 7) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0')
}

/// The marks that lead from a figure to a note below its table.
const NOTES: [char; 3] = ['*', '＊', '※'];

/// Digits with the marks that figures are printed with, in 万 or with a percent sign at most.
pub fn is_figure(text: &str) -> bool {
    let bare = text
        .trim_end_matches(NOTES)
        .trim_start_matches(['-', '（', '(', '¥', '￥'])
        .trim_end_matches(['）', ')', '%', '元', '万']);
    bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.ends_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' '))
        && bare.matches('.').count() <= 1
}

/// A small whole number, as 行次 and 栏次 print them.
pub fn ordinal(text: &str) -> Option<u32> {
    (text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_codes_figures_and_words_apart() {
        let looks =
            ["", "—", "20805", "1,358.87", "（7.53）", "-3.12", "3.60%", "28万", "合计", "9499人", "1-2", "2080505"]
                .map(look);
        use Look::*;
        assert_eq!(looks, [Blank, Blank, Code, Figure, Figure, Figure, Figure, Figure, Words, Words, Words, Code]);
        assert_eq!(["20.00*", "1OO.00", "*"].map(look), [Figure, Figure, Words]);
    }
}
