//! What Gouji checks, what the marks mean, and the keys.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::page::PageProps;
use super::state::Action;
use super::words::place;
use crate::rules::RULES;

/// The help, as a modal dialog: the browser keeps the focus inside and gives it back.
#[component(Help)]
pub fn help(PageProps { page }: &PageProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(page.help, move |&open| {
            let Some(dialog) = node.cast::<HtmlDialogElement>() else { return };
            if open && !dialog.open() {
                // Only a dialog that is open already refuses.
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
            }
        });
    }
    let words = page.words();
    let language = place(page.language);
    let onclose = page.on::<Event>(Action::Help(false));
    let marks = [
        ("finding error", words.error, words.help_error),
        ("finding warning", words.warning, words.help_warning),
        ("finding info", words.info, words.help_info),
        ("check pass", "12.37%", words.help_pass),
    ];
    let keys: [(&[&str], &str); 7] = [
        (&["j", "↓", "k", "↑"], words.key_walk),
        (&["Enter"], words.key_jump),
        (&["a"], words.key_fix),
        (&["i"], words.key_ignore),
        (&["Ctrl Z", "Ctrl Y"], words.key_undo),
        (&["Esc"], words.key_escape),
        (&["?"], words.key_help),
    ];
    html! {
        <dialog ref={node} class="help" aria-label={words.help} {onclose}>
            <header>
                <h2>{ words.help_what }</h2>
                <button type="button" onclick={page.on(Action::Help(false))}>{ words.close }</button>
            </header>
            <div class="help-body">
                <p>{ words.help_intro }</p>
                <p>{ words.help_rounding }</p>
                <dl class="rules">
                    { for RULES.iter().map(|rule| html! {
                        <>
                            <dt>{ rule.name[language] }</dt>
                            <dd>{ rule.doc[language] }</dd>
                        </>
                    }) }
                </dl>
                <h3>{ words.help_marks }</h3>
                <ul class="legend">
                    { for marks.into_iter().map(|(class, sample, meaning)| html! {
                        <li><span {class}>{ sample }</span><span>{ meaning }</span></li>
                    }) }
                </ul>
                <h3>{ words.help_keys }</h3>
                <dl class="keys">
                    { for keys.into_iter().map(|(keys, meaning)| html! {
                        <>
                            <dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt>
                            <dd>{ meaning }</dd>
                        </>
                    }) }
                </dl>
                <h3>{ words.help_privacy }</h3>
                <p>{ words.help_privacy_text }</p>
            </div>
        </dialog>
    }
}
