const { init, check } = await import('./package/gouji.js');
await init();

let kept; // Results are kept, so that no engine leaves the work out.

// As in the native bench: the best of some runs, at least three, about half a second of them; each of so many repetitions that the grain of
// the browser's clock does not matter.
const timed = (work, times) => {
  const before = performance.now();
  for (let i = 0; i < times; i++) kept = work();
  return performance.now() - before;
};
const best = (work) => {
  let times = 1;
  for (let steady = 0; steady < 3; ) {
    if (timed(work, times) < 5) times *= 2;
    else steady++; // Engines get faster as they go.
  }
  const start = performance.now();
  let best = Infinity;
  for (let runs = 0; runs < 3 || (runs < 50 && performance.now() - start < 500); runs++) {
    best = Math.min(best, timed(work, times) / times);
  }
  return best / 1000;
};

const digitRuns = (text) => {
  let inside = false;
  let runs = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const digit = unit >= 48 && unit <= 57;
    if (digit && !inside) runs++;
    inside = digit;
  }
  return runs;
};

const rows = [];
for (const [number, name] of NAMES.entries()) {
  const bytes = new Uint8Array(await (await fetch(`/texts/${number}`)).arrayBuffer());
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });
  const text = decoder.decode(bytes);
  rows.push({
    name,
    bytes: bytes.length,
    checks: check(text).summary.checks,
    check: best(() => check(text)),
    utf8: best(() => decoder.decode(bytes)),
    digits: best(() => digitRuns(text)),
  });
}
return rows;
