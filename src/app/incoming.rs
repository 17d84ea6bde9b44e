//! A text that comes in from outside: a file, a paste or a drop.

use super::decode;
use super::state::{Action, Notice};
use crate::input;

/// Puts a text in place of the document. JSON is opened as the text that it stands for, or told what is wrong with it.
pub fn open(text: &str, name: String) -> Action {
    let text = decode::normalise(text);
    if !input::is_json(&text) {
        return Action::Open { text, name };
    }
    match input::read(&text) {
        Ok(reading) => Action::Open { text: reading.text, name },
        Err(faults) => Action::Tell(Notice::Faults(faults)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_opened_as_its_text_or_its_faults_are_told() {
        let open = |text: &str| open(text, "a.json".to_owned());
        let json = "{\"schema\": \"gouji-input/1\",\r\n \"title\": \"示例市档案馆2023年度部门决算\"}";
        let text = "示例市档案馆2023年度部门决算\n".to_owned();
        assert_eq!(open(json), Action::Open { text, name: "a.json".to_owned() });
        assert!(matches!(open("{}"), Action::Tell(Notice::Faults(faults)) if faults.len() == 1));
        assert!(matches!(open("一、收入\r\n"), Action::Open { text, .. } if text == "一、收入\n"));
    }
}
