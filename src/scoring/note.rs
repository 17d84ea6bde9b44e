//! What the notes below a form set for it, instead of the nation's standard.

use super::Grades;
use super::band::Bands;

/// The rules that a form prints below it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Own {
    /// How what is told in words is graded: by the form's own note, or by the nation's standard.
    pub grades: Grades,
    /// The bands of its total.
    pub bands: Option<Bands>,
    /// Whether what misses its target is said to score in proportion.
    pub proportional: bool,
}

impl Own {
    /// What some notes say, each of them by itself.
    pub fn read<'n>(notes: impl Iterator<Item = &'n str> + Clone) -> Own {
        Own {
            grades: notes.clone().find_map(Grades::read).unwrap_or_default(),
            bands: notes.clone().find_map(Bands::read),
            proportional: notes.clone().any(is_proportional),
        }
    }
}

/// 定量指标达到目标值的记满分，未达到的按完成值与目标值的比例记分.
fn is_proportional(note: &str) -> bool {
    let missed = ["未达到", "未完成", "未达成"].iter().any(|word| note.contains(word));
    missed && note.contains("满分") && note.contains('按') && (note.contains("比例") || note.contains("比率"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_note_says_what_it_says() {
        let own = Own::read(
            ["定量指标完成的记满分，未完成的按比例记分。", "85分以上为优，75分以上为良，60分以上为中，60分以下为差。"]
                .into_iter(),
        );
        assert!(own.proportional && own.bands.is_some() && !own.grades.own);
        let own = Own::read(std::iter::once("其他资金包括自有资金。"));
        assert!(!own.proportional && own.bands.is_none());
    }
}
