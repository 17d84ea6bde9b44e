//! The root: the state, what it needs of the world, and the frame of the two panes.

use std::ops::Deref;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, File, Node};
use yew::prelude::*;

use super::document::DocumentPane;
use super::editor::Editor;
use super::help::Help;
use super::notice::NoticeBar;
use super::results::Results;
use super::state::{Action, Model, Notice};
use super::toolbar::{DocumentBar, Toolbar};
use super::words::{Words, words};
use super::{checker, dom, files, incoming, keys, storage};

/// The state as a component sees it, and the way to change it.
#[derive(Clone)]
pub struct Page {
    model: Rc<Model>,
    send: Callback<Action>,
}

impl PartialEq for Page {
    fn eq(&self, other: &Page) -> bool {
        // Every change makes a new model, so that models need not be compared.
        Rc::ptr_eq(&self.model, &other.model)
    }
}

impl Deref for Page {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.model
    }
}

impl Page {
    /// The words of the chosen language.
    pub fn words(&self) -> &'static Words {
        words(self.language)
    }

    /// Changes the state.
    pub fn send(&self, action: Action) {
        self.send.emit(action);
    }

    /// A handler that changes the state in one way, whatever the event.
    pub fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        self.send.reform(move |_| action.clone())
    }

    /// The way to change the state, to be kept beyond this state.
    pub fn sender(&self) -> Callback<Action> {
        self.send.clone()
    }

    /// Opens a file, or says why not.
    pub fn open(&self, file: File) {
        let send = self.send.clone();
        spawn_local(async move { send.emit(files::read(file).await) });
    }
}

/// What a component is given.
#[derive(Properties, Clone, PartialEq)]
pub struct PageProps {
    /// The state.
    pub page: Page,
}

struct Store {
    model: Rc<Model>,
}

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut model = (*self.model).clone();
        model.apply(action);
        Rc::new(Store { model: Rc::new(model) })
    }
}

/// The page.
#[component(App)]
pub fn app() -> Html {
    let store = use_reducer(|| Store { model: Rc::new(Model::new(storage::load())) });
    let send = use_callback(store.dispatcher(), |action, store| store.dispatch(action));
    let page = Page { model: store.model.clone(), send };
    use_checks(&page);
    let root = use_node_ref();
    use_memory(&page, &root);
    use_listeners(&page);

    let dragging = use_state(|| false);
    let ondragenter = {
        let dragging = dragging.clone();
        move |event: DragEvent| {
            event.prevent_default();
            dragging.set(true);
        }
    };
    let lang = page.words().lang;
    html! {
        <div class="gouji" ref={root} {lang} {ondragenter} ondragover={allow_drop}>
            <Toolbar page={page.clone()} />
            <main class="panes">
                <section class="pane left" aria-label={page.words().document}>
                    <DocumentBar page={page.clone()} />
                    if page.editing || page.is_blank() {
                        <Editor page={page.clone()} />
                    } else {
                        <DocumentPane page={page.clone()} />
                    }
                    <NoticeBar page={page.clone()} />
                </section>
                <section class="pane right" aria-label={page.words().results}>
                    <Results page={page.clone()} />
                </section>
            </main>
            <Help page={page.clone()} />
            if *dragging {
                <DropZone page={page} done={Callback::from(move |()| dragging.set(false))} />
            }
        </div>
    }
}

/// Checks the text whenever the state wants it.
#[hook]
fn use_checks(page: &Page) {
    let page = page.clone();
    use_effect_with(page.wanted(), move |&wanted| {
        let Some(request) = wanted else { return };
        page.send(Action::Asked(request));
        spawn_local(async move {
            // The frame that shows the new text comes first, even where the check runs on this thread.
            gloo_timers::future::TimeoutFuture::new(0).await;
            let answer = checker::check(&page.text, request.language).await;
            page.send(Action::Answered(request, answer.map(Box::new)));
        });
    });
}

/// Keeps in the browser what is to survive a reload, and tells the browser the language and the title.
#[hook]
fn use_memory(page: &Page, root: &NodeRef) {
    let kept = page.clone();
    // What was just loaded needs no keeping, and a store that is closed should not be complained of at once.
    let first = use_mut_ref(|| true);
    use_effect_with(page.version, move |_| {
        let is_first = std::mem::take(&mut *first.borrow_mut());
        if !is_first && !storage::keep_document(&kept.text, &kept.name) {
            kept.send(Action::Tell(Notice::NotStored));
        }
    });
    let root = root.clone();
    use_effect_with(page.language, move |&language| {
        storage::keep_language(language);
        // A page that embeds this one keeps its own language.
        let is_embedded =
            root.cast::<Node>().is_none_or(|root| root.get_root_node().node_type() != Node::DOCUMENT_NODE);
        if let Some(page) = dom::document().document_element().filter(|_| !is_embedded) {
            // Without the attribute the page is merely spoken with another accent.
            let _ = page.set_attribute("lang", words(language).lang);
        }
    });
    let ignored = page.ignored.clone();
    use_effect_with(ignored, |ignored| storage::keep_ignored(ignored));
}

/// Keys and pastes, wherever on the page they come from.
#[hook]
fn use_listeners(page: &Page) {
    let latest = use_mut_ref(|| page.clone());
    *latest.borrow_mut() = page.clone();
    use_effect_with((), move |()| {
        let document = dom::document();
        let for_keys = latest.clone();
        let keys = EventListener::new_with_options(
            &document,
            "keydown",
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                let page = for_keys.borrow().clone();
                keys::press(&page, event.unchecked_ref());
            },
        );
        let for_pastes = latest.clone();
        let pastes = EventListener::new(&document, "paste", move |event| {
            let page = for_pastes.borrow().clone();
            let target = dom::origin(event);
            if !dom::takes_text(target.clone()) && keys::is_ours(target) {
                paste(&page, event.unchecked_ref());
            }
        });
        move || drop((keys, pastes))
    });
}

/// Takes pasted text as the document where there is none.
pub fn paste(page: &Page, event: &ClipboardEvent) {
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    page.send(if !page.is_blank() {
        Action::Tell(Notice::PasteRefused)
    } else if text.trim().is_empty() {
        Action::Tell(Notice::NothingPasted)
    } else {
        incoming::open(&text, String::new())
    });
}

/// Says that a drop is welcome, which the browser would refuse otherwise.
fn allow_drop(event: DragEvent) {
    event.prevent_default();
}

#[derive(Properties, PartialEq)]
struct DropZoneProps {
    page: Page,
    done: Callback<()>,
}

/// Covers the page while a file is dragged over it.
#[component(DropZone)]
fn drop_zone(props: &DropZoneProps) -> Html {
    let ondragleave = props.done.reform(|_: DragEvent| ());
    let ondrop = {
        let (page, done) = (props.page.clone(), props.done.clone());
        move |event: DragEvent| {
            event.prevent_default();
            done.emit(());
            let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
            let text = event.data_transfer().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
            match file {
                Some(file) => page.open(file),
                None if !text.trim().is_empty() => {
                    page.send(incoming::open(&text, String::new()));
                }
                None => page.send(Action::Tell(Notice::Unreadable)),
            }
        }
    };
    html! {
        <div class="dropzone" {ondragleave} {ondrop}>
            <p>{ props.page.words().drop_here }</p>
        </div>
    }
}
