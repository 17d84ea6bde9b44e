//! The examples that the page offers, all of them made up.

use super::state::Action;
use crate::report::Language;

/// An example.
#[derive(Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl Sample {
    /// Its name in a language.
    pub fn name(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }

    /// Puts it in place of the document.
    pub fn open(&self, language: Language) -> Action {
        Action::Open { text: self.text.to_owned(), name: self.name(language).to_owned() }
    }
}

/// Every example, in the order of the menu.
pub static SAMPLES: &[Sample] = &[
    Sample {
        zh: "档案馆决算公开（三处差错）",
        en: "Archives, final accounts (three slips)",
        text: include_str!("../../www/samples/archives.txt"),
    },
    Sample {
        zh: "图书馆决算情况说明",
        en: "Library, final accounts",
        text: include_str!("../../www/samples/final-accounts.txt"),
    },
    Sample {
        zh: "图书馆绩效自评报告",
        en: "Library, self-evaluation",
        text: include_str!("../../www/samples/self-evaluation.txt"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_has_a_name_and_a_text() {
        for sample in SAMPLES {
            assert!(!sample.zh.is_empty() && !sample.en.is_empty());
            assert!(sample.text.chars().count() > 200, "{} is too short", sample.zh);
            assert!(!sample.text.contains('\r'), "{} has line ends that the page would change", sample.zh);
        }
    }
}
