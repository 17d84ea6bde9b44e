// <gouji-checker>: the whole page as one element, for portals. Importing this file defines it.
import start, { check, mount } from './bindings.js';
import { makeChecker } from './checker.js';

let ready;

// All elements of a document share one module and one worker.
function prepare() {
  if (!ready) {
    ready = fetch(new URL('gouji.wasm', import.meta.url))
      .then((response) => response.arrayBuffer())
      .then((wasm) => {
        const worker = () => new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
        globalThis.goujiWorker = makeChecker(worker, wasm, check);
        return start({ module_or_path: wasm });
      });
  }
  return ready;
}

class GoujiChecker extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const shadow = this.attachShadow({ mode: 'open' });
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = new URL('style.css', import.meta.url);
    const root = document.createElement('div');
    root.textContent = '正在载入…';
    shadow.append(style, root);
    prepare().then(
      () => {
        mount(root);
        this.dispatchEvent(new Event('ready'));
      },
      (error) => {
        root.textContent = '勾稽没能载入：' + error;
        this.dispatchEvent(new ErrorEvent('error', { error }));
      },
    );
  }
}

if (!customElements.get('gouji-checker')) customElements.define('gouji-checker', GoujiChecker);
