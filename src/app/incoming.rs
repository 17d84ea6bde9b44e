//! A text that comes in from outside: a file, a paste or a drop.

use super::state::{Action, Notice};
use crate::input;

/// Puts a text in place of the document. JSON is opened as the text that it stands for, or told what is wrong with it.
pub fn open(text: &str, name: String) -> Action {
    let text = one_line_end(text);
    if !input::is_json(&text) {
        return Action::Open { text, name };
    }
    match input::read(&text) {
        Ok(reading) => Action::Open { text: reading.text, name },
        Err(faults) => Action::Tell(Notice::Faults(faults)),
    }
}

/// The text with one kind of line end, as a text area gives it back, so that offsets mean the same everywhere.
fn one_line_end(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_kind_of_line_end() {
        assert_eq!(one_line_end("a\r\nb\rc\n"), "a\nb\nc\n");
    }

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
