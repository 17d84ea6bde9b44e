// Starts the page. This text, with the glue of wasm-bindgen, checker.js and inflate.js before it, is one classic script; the page runs it, and so does
// the worker, which is why the page can be one file.

if (typeof document === 'undefined') answerChecks(wasm_bindgen.initSync, wasm_bindgen.check);
else loadPage();

function loadPage() {
  window.goujiLoaded = true;
  // The script's address in the static folder, nothing in the single file.
  const script = document.currentScript;
  const address = script.src;

  // The shell is painted first, then the work begins. A page in the background is never painted, hence the limit.
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    bytes().then(run).catch((error) => window.goujiRefuse(String(error)));
  };
  requestAnimationFrame(() => setTimeout(begin, 0));
  setTimeout(begin, 300);

  // The module: beside the script, or in the page, packed and in base64.
  function bytes() {
    if (address) {
      return fetch(new URL('gouji.wasm', address)).then((response) => {
        if (!response.ok) throw new Error('gouji.wasm: ' + response.status);
        return response.arrayBuffer();
      });
    }
    const element = document.getElementById('gouji-wasm');
    const text = atob(element.textContent);
    const packed = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) packed[i] = text.charCodeAt(i);
    return Promise.resolve(inflate(packed, Number(element.dataset.size)).buffer);
  }

  function run(wasm) {
    let blob = '';
    const start = () => {
      if (address) return new Worker(address);
      blob = blob || URL.createObjectURL(new Blob([script.textContent], { type: 'text/javascript' }));
      return new Worker(blob);
    };
    globalThis.goujiWorker = makeChecker(start, wasm, wasm_bindgen.check);
    return wasm_bindgen({ module_or_path: wasm }).then(() => {
      wasm_bindgen.mount(document.getElementById('gouji'));
      if (address && 'serviceWorker' in navigator) navigator.serviceWorker.register('sw.js').catch(() => {});
    });
  }
}
