//! The numbering that opens a heading or an item: 第二部分, 一、, （一）, 1., （1）, ①, 附件1.

/// The marker at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// The depth that the genre gives it: 1 for 第一部分 and 附件, 2 for 一、, 3 for （一）, 4 for 1., 5 for （1）, 6 for ①.
    pub level: u8,
    /// How many characters it takes.
    pub len: usize,
    /// Whether it opens an annex, whose figures are about its own subject.
    pub annex: bool,
    /// The number of a part: 2 for 第二部分.
    pub part: Option<usize>,
}

/// Reads the marker that opens a line, if one does.
pub fn marker(chars: &[char]) -> Option<Marker> {
    let found = |level, len| Some(Marker { level, len, annex: false, part: None });
    let first = *chars.first()?;
    match first {
        '第' => {
            let count = numerals(&chars[1..]);
            let part = (count == 1).then(|| "一二三四五六七八九十".chars().position(|c| c == chars[1]));
            (count > 0 && chars[1 + count..].starts_with(&['部', '分'])).then_some(Marker {
                level: 1,
                len: count + 3,
                annex: false,
                part: part.flatten().map(|at| at + 1),
            })
        }
        '附' => {
            let len = match chars.get(1) {
                Some('件' | '表' | '录') => 2,
                _ => return None,
            };
            let count = chars[len..].iter().take_while(|c| c.is_ascii_digit() || is_numeral(**c)).count();
            let behind = chars.get(len + count);
            // 附件 in the middle of a sentence (附件1所示) opens nothing.
            matches!(behind, None | Some('：' | ' ' | '.' | '、')).then_some(Marker {
                level: 1,
                len: len + count,
                annex: true,
                part: None,
            })
        }
        '（' => {
            let close = chars.iter().take(6).position(|&c| c == '）')?;
            let inside = &chars[1..close];
            if inside.is_empty() {
                None
            } else if inside.iter().all(|&c| is_numeral(c)) {
                found(3, close + 1)
            } else if inside.iter().all(char::is_ascii_digit) && inside.len() <= 2 {
                found(5, close + 1)
            } else {
                None
            }
        }
        '①'..='⑳' => found(6, 1),
        '-' | '●' | '·' | '•' => {
            let inner = marker(&chars[1..])?;
            Some(Marker { len: inner.len + 1, ..inner })
        }
        _ if is_numeral(first) => {
            let count = numerals(chars);
            matches!(chars.get(count), Some('、' | '.')).then_some(Marker {
                level: 2,
                len: count + 1,
                annex: false,
                part: None,
            })
        }
        _ if first.is_ascii_digit() => {
            let count = chars.iter().take_while(|c| c.is_ascii_digit()).count();
            let stop = chars.get(count)?;
            let next = chars.get(count + 1);
            let opens = count <= 2 && matches!(stop, '.' | '、') && !next.is_some_and(|c| c.is_ascii_digit());
            // `1.（1）` and `（1）.` are one marker for reading.
            opens.then_some(Marker { level: 4, len: count + 1, annex: false, part: None })
        }
        _ => None,
    }
}

/// Whether a character is a Chinese numeral of a heading.
pub fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

fn numerals(chars: &[char]) -> usize {
    chars.iter().take_while(|c| is_numeral(**c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(text: &str) -> Option<u8> {
        marker(&text.chars().collect::<Vec<_>>()).map(|m| m.level)
    }

    #[test]
    fn knows_the_six_levels() {
        let levels = ["第二部分 说明", "三、支出", "（十）其他", "1.教育", "（1）概况", "①办公费"].map(level);
        assert_eq!(levels, [1, 2, 3, 4, 5, 6].map(Some));
    }

    #[test]
    fn a_number_is_no_marker() {
        for text in ["1.16万元", "2020年度", "（项）支出", "万元，占", "第三方机构", "一是加强", "附件所示", "12345.6"]
        {
            assert_eq!(level(text), None, "{text}");
        }
    }
}
