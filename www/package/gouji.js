// The door of the package: `await init()`, then `check(text)`, or `check(read(json).text)` for a structured report.
import start, { check as run, read as readJson } from './bindings.js';

let started;

// Compiles the module. `source` is for places where it is not simply beside this file: an address, a Response, its bytes (Node.js), or a
// WebAssembly.Module. Calls after the first wait for the first.
export function init(source) {
  if (!started) {
    started = start(source === undefined ? undefined : { module_or_path: source }).then(() => undefined);
    started.catch(() => (started = undefined));
  }
  return started;
}

// Checks one text. See index.d.ts for what comes back.
export function check(text, options) {
  if (!started) throw new Error('gouji: call init() and wait for it before check()');
  return run(text, options);
}

// Reads a structured report, gouji-input/1, into the text to check. Throws an Error that tells everything wrong with the JSON.
export function read(json, options) {
  if (!started) throw new Error('gouji: call init() and wait for it before read()');
  return readJson(json, options);
}
