// Both ends of the conversation between the page and the worker that checks texts beside it.

// The page's end. `start` makes a worker (or throws), `wasm` is the module's bytes, `here` checks in the page itself, which is what happens
// where no worker can be made. A check that crashes rejects its own promise; the worker, whose memory may be spoilt, is replaced, and the
// checks that waited behind it go to the new one.
function makeChecker(start, wasm, here) {
  let worker = null;
  let lives = false;
  let noWorkers = false;
  let last = 0;
  const waiting = new Map();

  function checkHere(text, options) {
    return new Promise((resolve) => resolve(here(text, options)));
  }

  function giveUpWorkers() {
    noWorkers = true;
    stop();
    const calls = Array.from(waiting.values());
    waiting.clear();
    for (const call of calls) checkHere(call.text, call.options).then(call.resolve, call.reject);
  }

  function stop() {
    if (worker) worker.terminate();
    worker = null;
    lives = false;
  }

  function ask(id, call) {
    worker.postMessage({ id, text: call.text, options: call.options });
  }

  function launch() {
    const fresh = start();
    worker = fresh;
    fresh.onmessage = (event) => {
      if (worker !== fresh) return;
      const answer = event.data;
      if (answer.id === 0) {
        if (answer.error) giveUpWorkers();
        else lives = true;
        return;
      }
      const call = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (!answer.error) return call.resolve(answer.report);
      call.reject(new Error(answer.error));
      stop();
      if (waiting.size > 0) resume();
    };
    fresh.onerror = (event) => {
      if (worker !== fresh) return;
      if (!lives) return giveUpWorkers();
      // It died without saying at which text.
      const calls = Array.from(waiting.values());
      waiting.clear();
      stop();
      for (const call of calls) call.reject(new Error(event.message || 'the worker died'));
    };
    fresh.postMessage({ id: 0, wasm });
  }

  function resume() {
    try {
      launch();
      waiting.forEach((call, id) => ask(id, call));
    } catch (error) {
      giveUpWorkers();
    }
  }

  return {
    check(text, options) {
      if (noWorkers) return checkHere(text, options);
      return new Promise((resolve, reject) => {
        const call = { text, options, resolve, reject };
        const id = ++last;
        waiting.set(id, call);
        if (worker) ask(id, call);
        else resume();
      });
    },
  };
}

// The worker's end.
function answerChecks(initSync, check) {
  self.onmessage = (event) => {
    const { id, wasm, text, options } = event.data;
    const answer = { id };
    try {
      if (id === 0) initSync({ module: wasm });
      else answer.report = check(text, options);
    } catch (error) {
      answer.error = String((error && error.message) || error) || 'the check crashed';
    }
    self.postMessage(answer);
  };
}
