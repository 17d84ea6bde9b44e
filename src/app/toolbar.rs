//! The bar over the page, and the bar over the document.

use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::page::{Page, PageProps};
use super::samples::SAMPLES;
use super::state::{Action, Notice};
use super::words::fill;
use super::{dom, files, transcript};
use crate::report::{Language, Report};

/// The bar over the page.
#[component(Toolbar)]
pub fn toolbar(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let other = match page.language {
        Language::Zh => Language::En,
        Language::En => Language::Zh,
    };
    html! {
        <header class="toolbar">
            <h1><span class="brand">{ words.brand }</span><span class="tagline">{ words.tagline }</span></h1>
            <div class="tools" role="toolbar" aria-label={words.brand}>
                <OpenButton page={page.clone()} />
                <Examples page={page.clone()} />
                <ExportMenu page={page.clone()} />
                <button type="button" class="clear" disabled={page.is_blank()} onclick={page.on(Action::Clear)}>{ words.clear }</button>
                <button type="button" class="plain" aria-label={words.other_language_label} onclick={page.on(Action::Language(other))}>
                    { words.other_language }
                </button>
                <button type="button" class="plain" title={words.help_key} onclick={page.on(Action::Help(true))}>{ words.help }</button>
            </div>
        </header>
    }
}

#[component(OpenButton)]
fn open_button(PageProps { page }: &PageProps) -> Html {
    let input = use_node_ref();
    let onclick = {
        let input = input.clone();
        move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        }
    };
    let onchange = {
        let page = page.clone();
        move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                page.open(file);
            }
            // The same file can be opened again once it has changed.
            input.set_value("");
        }
    };
    html! {
        <>
            <button type="button" class="open" {onclick}>{ page.words().open }</button>
            <input ref={input} type="file" accept=".txt,.md,.csv,.json,text/*,application/json" hidden=true {onchange} />
        </>
    }
}

#[component(Examples)]
fn examples(PageProps { page }: &PageProps) -> Html {
    let onchange = {
        let page = page.clone();
        move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let sample = usize::try_from(select.selected_index() - 1).ok().and_then(|index| SAMPLES.get(index));
            select.set_selected_index(0);
            // The keys belong to the page again, not to the menu.
            let _ = select.blur();
            if let Some(sample) = sample {
                page.send(sample.open(page.language));
            }
        }
    };
    let words = page.words();
    html! {
        <select class="examples" aria-label={words.examples} {onchange}>
            <option selected=true>{ words.examples }</option>
            { for SAMPLES.iter().map(|sample| html! { <option>{ sample.name(page.language) }</option> }) }
        </select>
    }
}

#[component(ExportMenu)]
fn export_menu(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let menu = use_node_ref();
    let choose = |act: fn(&Page)| {
        let (page, menu) = (page.clone(), menu.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(menu) = menu.cast::<Element>() {
                let _ = menu.remove_attribute("open");
            }
            act(&page);
        })
    };
    let onfocusout = {
        let menu = menu.clone();
        move |event: FocusEvent| {
            let menu = menu.cast::<Element>();
            let inside = dom::closest(event.related_target(), ".export");
            if let Some(menu) = menu.filter(|_| event.related_target().is_some() && inside.is_none()) {
                let _ = menu.remove_attribute("open");
            }
        }
    };
    let unreported = page.report().is_none();
    html! {
        <details class="export" ref={menu.clone()} {onfocusout}>
            <summary>{ words.export }</summary>
            <div class="menu">
                <button type="button" disabled={unreported} onclick={choose(save_report)}>{ words.export_json }</button>
                <button type="button" disabled={page.is_blank()} onclick={choose(save_text)}>{ words.export_text }</button>
                <button type="button" disabled={unreported} onclick={choose(copy_findings)}>{ words.copy_findings }</button>
                <button type="button" disabled={unreported} onclick={choose(print)}>{ words.print }</button>
            </div>
        </details>
    }
}

fn save_report(page: &Page) {
    let Some(report) = page.report() else { return };
    let mut document = report.document.clone();
    // The layout serves the page alone.
    document.blocks.clear();
    let report = Report { document, ..report.clone() };
    let json = serde_json::to_string_pretty(&report).map_err(|error| error.to_string());
    let saved = json
        .and_then(|json| files::save(&file_name(page, "json"), "application/json", &json).map_err(|_| String::new()));
    if saved.is_err() {
        page.send(Action::Tell(Notice::NotSaved));
    }
}

fn save_text(page: &Page) {
    if files::save(&file_name(page, "txt"), "text/plain;charset=utf-8", &page.text).is_err() {
        page.send(Action::Tell(Notice::NotSaved));
    }
}

fn copy_findings(page: &Page) {
    let (count, text) = transcript::findings(page);
    page.send(Action::Tell(if files::copy(&text) { Notice::Copied(count) } else { Notice::CopyFailed }));
}

fn print(_: &Page) {
    // A browser that cannot print says so itself.
    let _ = dom::window().print();
}

/// The name of a file to save: that of the document, without its ending.
fn file_name(page: &Page, ending: &str) -> String {
    let title = title(page);
    let stem = title.rsplit_once('.').map_or(title.as_str(), |(stem, _)| stem);
    format!("{stem}-{}.{ending}", page.words().brand)
}

/// What the document is called: by its file, or else by what it says.
fn title(page: &Page) -> String {
    let recognised = page.report().map_or("", |report| report.document.title.as_str());
    let name = [&*page.name, recognised, page.words().untitled].into_iter().find(|name| !name.trim().is_empty());
    name.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The bar over the document.
#[component(DocumentBar)]
pub fn document_bar(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let status = match (page.is_blank(), page.is_checking()) {
        (true, _) => "",
        (false, true) => words.checking,
        (false, false) => words.checked,
    };
    let characters = {
        let text = page.text.clone();
        use_memo(page.version, move |_| text.chars().filter(|ch| !ch.is_whitespace()).count())
    };
    html! {
        <div class="bar">
            <h2 class="title">
                if page.is_blank() { { words.document } } else { { title(page) } }
            </h2>
            if !page.is_blank() {
                <span class="size">{ fill(words.characters, &[&characters.to_string()]) }</span>
            }
            <span class={classes!("status", page.is_checking().then_some("busy"))} role="status">{ status }</span>
            <span class="buttons">
                <button type="button" class="undo" disabled={!page.can_undo()} onclick={page.on(Action::Undo)}>{ words.undo }</button>
                <button type="button" class="redo" disabled={!page.can_redo()} onclick={page.on(Action::Redo)}>{ words.redo }</button>
                if !page.is_blank() {
                    <button type="button" class="edit" aria-pressed={page.editing.to_string()} title={words.edit_hint}
                        onclick={page.on(Action::Edit(!page.editing))}>
                        { if page.editing { words.edit_done } else { words.edit } }
                    </button>
                }
            </span>
        </div>
    }
}
