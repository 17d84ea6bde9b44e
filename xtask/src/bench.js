const { init, check } = await import('./package/gouji.js');
await init();

// As in the native bench: the best of some runs, at least three, about half a second of them.
const best = (work) => {
  const start = performance.now();
  let best = Infinity;
  for (let runs = 0; runs < 3 || (runs < 50 && performance.now() - start < 500); runs++) {
    const before = performance.now();
    work();
    best = Math.min(best, performance.now() - before);
  }
  return Math.max(best, 0.005) / 1000; // The clock's own grain.
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
