//! Figures that are garbled in print: letters for digits (1OO.00), marks doubled (100..00) or mistaken for the point (100、00). What such a
//! figure seems to be is no more than a likely reading: it may bear out what must hold, and never proves a fault.

/// The letters that are taken for digits.
pub fn digit(c: char) -> Option<char> {
    match c {
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        _ => None,
    }
}

/// What a garbled figure seems to be, in digits and a point; none for what is a figure, and for what is none at all.
pub fn meant(printed: &str) -> Option<String> {
    let bare = printed.trim_start_matches(['-', '（', '(', '¥', '￥']).trim_end_matches(['）', ')', '万', '元', '%']);
    let first = bare.chars().next().filter(|c| c.is_ascii_digit() || digit(*c).is_some())?;
    let is_part =
        |c: char| c.is_ascii_digit() || digit(c).is_some() || matches!(c, '.' | ',' | ' ' | '。' | '、' | '·');
    let is_whole = |c: char| c.is_ascii_digit() || digit(c).is_some();
    if !bare.chars().all(is_part) || !bare.ends_with(is_whole) || !bare.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut meant = String::with_capacity(bare.len());
    // The blank that stretches a figure is no fault of a cell, but a zero before other digits begins none.
    let mut faults = usize::from(digit(first).is_some());
    let mut last = first;
    meant.push(digit(first).unwrap_or(first));
    for (at, c) in bare.char_indices().skip(1) {
        let behind = &bare[at + c.len_utf8()..];
        match c {
            ' ' => {}
            '.' | ',' if last == c => faults += 1,
            '.' | ',' => meant.push(c),
            '。' | '、' | '·' => {
                let decimals = behind.len() == 2 && behind.bytes().all(|b| b.is_ascii_digit());
                if !decimals || meant.contains('.') {
                    return None;
                }
                faults += 1;
                meant.push('.');
            }
            c => {
                faults += usize::from(digit(c).is_some());
                meant.push(digit(c).unwrap_or(c));
            }
        }
        last = c;
    }
    let (whole, decimals) = meant.split_once('.').unwrap_or((&meant, ""));
    let grouped = whole.split(',').skip(1).all(|group| group.len() == 3);
    let digits = decimals.bytes().all(|b| b.is_ascii_digit());
    (faults > 0 && grouped && digits).then(|| meant.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_garbled_figure_has_one_reading() {
        for (printed, right) in [
            ("1OO.00", "100.00"),
            ("2O.5l", "20.51"),
            ("-l,234.00", "1234.00"),
            ("100..00", "100.00"),
            ("1,,234.50", "1234.50"),
            ("12。34", "12.34"),
            ("12、34", "12.34"),
        ] {
            assert_eq!(meant(printed).as_deref(), Some(right), "{printed}");
        }
    }

    #[test]
    fn figures_words_and_lists_are_not_garbled() {
        for printed in [
            "100.00",
            "1,358.87",
            "3,594, 026",
            "合计",
            "9499人",
            "1-2",
            "1、2",
            "2023.10.12",
            "IO",
            "",
            "A10",
            "1.2.3",
        ] {
            assert_eq!(meant(printed), None, "{printed}");
        }
    }
}
