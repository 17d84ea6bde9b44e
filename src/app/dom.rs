//! The few things that are asked of the browser's document itself.

use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, Event, EventTarget, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, Window,
};

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

/// The document of the window.
pub fn document() -> Document {
    window().document().expect("a window has a document")
}

/// Where an event began. Seen from the document, the target of one from an embedded page is the element that embeds it.
pub fn origin(event: &Event) -> Option<EventTarget> {
    event.composed_path().get(0).dyn_into().ok()
}

/// The nearest element, from the target of an event upward, that a selector names.
pub fn closest(target: Option<EventTarget>, selector: &str) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

/// A number that an element carries in an attribute.
pub fn number(element: &Element, attribute: &str) -> Option<usize> {
    element.get_attribute(attribute)?.parse().ok()
}

/// Whether the target of an event takes text, so that keys and pastes belong to it.
pub fn takes_text(target: Option<EventTarget>) -> bool {
    closest(target, "input, textarea, select").is_some()
}

/// Scrolls `pane`, and a wide table in it, so that `element` is seen: not at all where it is, to the middle where it is not.
pub fn show(pane: &Element, element: &Element) {
    let wanted = element.get_bounding_client_rect();
    let margin = 32.0;
    let table = element.closest(".table").ok().flatten();
    // A table's head may lie over its rows.
    let head = table.as_ref().filter(|_| element.closest("tbody").is_ok_and(|body| body.is_some()));
    let head = head.and_then(|table| table.query_selector("thead").ok().flatten());
    let covered = head.map_or(0.0, |head| f64::from(head.client_height()));
    let seen_in = |pane: &Element| {
        let seen = pane.get_bounding_client_rect();
        wanted.top() >= seen.top() + margin + covered && wanted.bottom() <= seen.bottom() - margin
    };
    let wide = table.filter(|table| table.matches(".wide").unwrap_or_default());
    let visible = seen_in(pane) && wide.as_ref().is_none_or(seen_in);
    let options = ScrollIntoViewOptions::new();
    options.set_block(if visible { ScrollLogicalPosition::Nearest } else { ScrollLogicalPosition::Center });
    options.set_inline(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Puts the focus on an element.
pub fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
