//! The bands of a total: 优, 良, 中, 差.

use super::standard;
use crate::document::Flow;
use rust_decimal::Decimal;

/// The names, from the best down.
pub const NAMES: [&str; 4] = ["优", "良", "中", "差"];

/// From which total on each of the first three is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    floors: [Decimal; 3],
    /// Whether the document prints them.
    pub own: bool,
}

impl Default for Bands {
    fn default() -> Self {
        Bands { floors: standard::BANDS, own: false }
    }
}

impl Bands {
    /// The bands that a sentence prints; none where it is not about bands, or says something else than floors.
    pub fn read(text: &str) -> Option<Bands> {
        let mut floors = Vec::new();
        for clause in text.split(['，', '；', '、', '。', ',']) {
            let Some(name) = NAMES.get(floors.len()) else { break };
            if !clause.contains("分") || !names(clause, name) {
                continue;
            }
            let floor = clause
                .split(|c: char| !(c.is_ascii_digit() || c == '.'))
                .filter_map(|number| number.parse::<Decimal>().ok())
                .min()?;
            floors.push(floor);
        }
        let floors: [Decimal; 3] = floors.get(..3)?.try_into().ok()?;
        (floors[0] > floors[1] && floors[1] > floors[2]).then_some(Bands { floors, own: true })
    }

    /// The bands that a paragraph prints.
    pub fn printed(words: &Flow) -> Option<Bands> {
        let names_all = NAMES.iter().all(|name| words.contains(name));
        names_all.then(|| Bands::read(&words.text(0, words.chars().len()))).flatten()
    }

    /// From which total on each of the first three is given.
    pub fn floors(&self) -> [Decimal; 3] {
        self.floors
    }

    /// The band of a total.
    pub fn of(&self, total: Decimal) -> &'static str {
        NAMES[self.floors.iter().position(|floor| total >= *floor).unwrap_or(3)]
    }
}

/// 的为优, 评为“优”, 为优秀.
fn names(clause: &str, name: &str) -> bool {
    ["为", "为“", "为\"", "属", "是"].iter().any(|lead| clause.contains(&format!("{lead}{name}")))
        || clause.ends_with(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_own_bands_come_first() {
        assert_eq!(Bands::default().of(Decimal::from(90)), "优");
        assert_eq!(Bands::default().of(Decimal::new(5999, 2)), "差");
        let own = Bands::read(
            "综合得分在85分（含）以上的为优，75分（含）—85分的为良，60分（含）—75分的为中，60分以下的为差。",
        )
        .unwrap();
        assert_eq!(
            (own.of(Decimal::from(86)), own.of(Decimal::from(76)), own.of(Decimal::from(61))),
            ("优", "良", "中")
        );
        assert_eq!(Bands::read("自评得分97分，评价等级为“优”。"), None);
    }
}
