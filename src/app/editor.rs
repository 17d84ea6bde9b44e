//! The raw text, to edit or to paste into.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlTextAreaElement};
use yew::prelude::*;

use super::page::{self, Page, PageProps};
use super::samples::SAMPLES;
use super::state::Action;
use super::{dom, layout};

/// The text is taken from the field after a pause this long: reading it costs, and nobody reads findings while typing.
const PAUSE_MS: u32 = 250;

/// The text area and what was last taken from it.
struct Field {
    node: NodeRef,
    taken: RefCell<Rc<str>>,
    timer: RefCell<Option<Timeout>>,
}

impl Field {
    fn area(&self) -> Option<HtmlTextAreaElement> {
        self.node.cast()
    }

    /// Takes the text now. Nothing happens where nothing was typed since.
    fn take(&self, send: &Callback<Action>) {
        let waiting = self.timer.borrow_mut().take().is_some();
        if let Some(area) = self.area().filter(|_| waiting) {
            let text = area.value();
            *self.taken.borrow_mut() = text.as_str().into();
            send.emit(Action::Typed(text));
        }
    }
}

/// The left pane while the raw text is edited, or while there is none.
#[component(Editor)]
pub fn editor(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let node = use_node_ref();
    let field = {
        let node = node.clone();
        use_memo((), move |()| Field { node, taken: RefCell::new("".into()), timer: RefCell::new(None) })
    };
    {
        let (field, page) = (field.clone(), page.clone());
        use_effect_with(page.version, move |_| {
            // The field keeps its own text: it is given one only where something else changed it, and then keeps its caret.
            let Some(area) = field.area().filter(|_| *page.text != **field.taken.borrow()) else { return };
            let caret = area.selection_start().ok().flatten().unwrap_or(0);
            area.set_value(&page.text);
            let _ = area.set_selection_range(caret, caret);
            *field.taken.borrow_mut() = page.text.clone();
        });
    }
    {
        let field = field.clone();
        let is_editing = page.editing;
        use_effect_with((), move |()| {
            if let Some(area) = field.area().filter(|_| is_editing) {
                dom::focus(area.into());
            }
        });
    }
    {
        let (field, send) = (field.clone(), page.sender());
        // Closing the page right after a key must not lose the key.
        use_effect_with((), move |()| {
            let leaving = EventListener::new(&dom::window(), "pagehide", move |_| field.take(&send));
            move || drop(leaving)
        });
    }
    use_jumps(page, &field);

    let oninput = {
        let (field, send) = (field.clone(), page.sender());
        move |_: InputEvent| {
            let (waiting, send) = (field.clone(), send.clone());
            field.timer.replace(Some(Timeout::new(PAUSE_MS, move || waiting.take(&send))));
        }
    };
    let onblur = {
        let (field, send) = (field.clone(), page.sender());
        move |_: FocusEvent| field.take(&send)
    };
    let onpaste = {
        let page = page.clone();
        move |event: Event| {
            // A whole report pasted into the empty field is read, not edited.
            let is_empty = event.target_dyn_into::<HtmlTextAreaElement>().is_some_and(|area| area.value().is_empty());
            if let Some(event) = event.dyn_ref::<ClipboardEvent>().filter(|_| is_empty && page.is_blank()) {
                event.prevent_default();
                page::paste(&page, event);
            }
        }
    };
    html! {
        <div class="editor">
            <textarea ref={node} spellcheck="false" aria-label={words.edit_label} placeholder={words.paste_here}
                {oninput} {onblur} {onpaste} />
            if page.is_blank() {
                <div class="welcome">
                    <p>{ words.paste_hint }</p>
                    <p>
                        { for SAMPLES.iter().map(|sample| html! {
                            <button type="button" onclick={page.on(sample.open(page.language))}>{ sample.name(page.language) }</button>
                        }) }
                    </p>
                </div>
            }
        </div>
    }
}

/// Selects in the field what is looked at.
#[hook]
fn use_jumps(page: &Page, field: &Rc<Field>) {
    let place = page.jump_place;
    let target = layout::emphasis(page).into_iter().find(|emphasis| emphasis.place == place).and_then(|emphasis| {
        if emphasis.changed {
            Some((emphasis.start, emphasis.end))
        } else {
            page.current((emphasis.start, emphasis.end))
        }
    });
    // What is looked at when editing begins is gone to as well.
    let seen = use_mut_ref(|| None);
    let field = field.clone();
    use_effect_with(page.jump, move |&jump| {
        let is_new = seen.replace(Some(jump)) != Some(jump);
        let (Some(area), Some((start, end)), true) = (field.area(), target, is_new) else { return };
        // Chromium scrolls a text area to its caret when it receives the focus, and only then.
        let _ = area.blur();
        let _ = area.set_selection_range(start as u32, start as u32);
        dom::focus(area.clone().into());
        let _ = area.set_selection_range(start as u32, end as u32);
    });
}
