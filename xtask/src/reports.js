const { init, check } = await import('./package/gouji.js');
await init();

const answers = [];
for (let text = 0; text < COUNT; text++) {
  const bytes = await (await fetch(`/texts/${text}`)).arrayBuffer();
  const source = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes);
  for (const options of [{ language: 'zh', blocks: true }, { language: 'en', blocks: false }]) {
    answers.push({ text, options, report: check(source, options) });
  }
}
return answers;
