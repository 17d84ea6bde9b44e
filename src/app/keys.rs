//! The keyboard.

use web_sys::{EventTarget, KeyboardEvent};

use super::dom;
use super::page::Page;
use super::state::{Action, Selection};

/// Acts on a key that is pressed anywhere on the page. Keys in a text field belong to the field, but for Escape.
pub fn press(page: &Page, event: &KeyboardEvent) {
    let target = dom::origin(event);
    if !is_ours(target.clone()) || event.is_composing() || event.alt_key() {
        return;
    }
    let in_text = dom::takes_text(target.clone());
    let action = if event.ctrl_key() || event.meta_key() {
        if in_text { None } else { with_control(event) }
    } else if event.key() == "Escape" {
        Some(Action::Escape)
    } else if in_text || page.help {
        None
    } else {
        plain(page, event, target)
    };
    if let Some(action) = action {
        event.prevent_default();
        page.send(action);
    }
}

/// Whether an event belongs to the page: one that began in it, or in nothing at all. In a page that embeds this one, others do not.
pub fn is_ours(target: Option<EventTarget>) -> bool {
    dom::closest(target.clone(), ".gouji").is_some() || dom::closest(target, "body *").is_none()
}

fn with_control(event: &KeyboardEvent) -> Option<Action> {
    match event.key().as_str() {
        "z" => Some(Action::Undo),
        "Z" | "y" => Some(Action::Redo),
        _ => None,
    }
}

fn plain(page: &Page, event: &KeyboardEvent, target: Option<EventTarget>) -> Option<Action> {
    let finding = match page.selection {
        Some(Selection::Finding(finding)) => Some(finding),
        _ => None,
    };
    // Arrows scroll the document where the focus is in it, and Enter presses the button that has the focus.
    let in_document = || dom::closest(target.clone(), ".document").is_some();
    let on_control = || dom::closest(target.clone(), "button, summary, a").is_some();
    match event.key().as_str() {
        "j" => Some(Action::Walk { onward: true }),
        "k" => Some(Action::Walk { onward: false }),
        "ArrowDown" if !in_document() => Some(Action::Walk { onward: true }),
        "ArrowUp" if !in_document() => Some(Action::Walk { onward: false }),
        "Enter" if page.selection.is_some() && !on_control() => Some(Action::Jump(0)),
        "a" => {
            let finding = finding?;
            page.report()?.findings.get(finding)?.fix.as_ref()?;
            Some(Action::Fix(finding))
        }
        "i" => Some(Action::AskIgnore(Some(finding?))),
        "?" => Some(Action::Help(true)),
        _ => None,
    }
}
