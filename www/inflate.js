// Raw DEFLATE (RFC 1951) into `size` bytes, bit by bit as the RFC tells it. The module is packed with it in the single file; engines have
// an inflater of their own for scripts only since Chromium 103.
function inflate(source, size) {
  const target = new Uint8Array(size);
  let to = 0;
  let from = 0;
  let held = 0;
  let count = 0;

  function bits(wanted) {
    while (count < wanted) {
      held |= source[from++] << count;
      count += 8;
    }
    const value = held & ((1 << wanted) - 1);
    held >>>= wanted;
    count -= wanted;
    return value;
  }

  // A canonical Huffman code: how many codes of each length there are, and the symbols in the order of their codes.
  function code(lengths) {
    const counts = new Uint16Array(16);
    const starts = new Uint16Array(16);
    const symbols = new Uint16Array(lengths.length);
    for (const length of lengths) counts[length]++;
    counts[0] = 0;
    for (let length = 1; length < 15; length++) starts[length + 1] = starts[length] + counts[length];
    lengths.forEach((length, symbol) => {
      if (length) symbols[starts[length]++] = symbol;
    });
    return { counts, symbols };
  }

  function symbol({ counts, symbols }) {
    let value = 0;
    let first = 0;
    let start = 0;
    for (let length = 1; length < 16; length++) {
      value |= bits(1);
      if (value - first < counts[length]) return symbols[start + value - first];
      start += counts[length];
      first = (first + counts[length]) << 1;
      value <<= 1;
    }
    throw new Error('the packed module is damaged');
  }

  function block(literals, distances) {
    for (;;) {
      const read = symbol(literals);
      if (read < 256) target[to++] = read;
      else if (read === 256) return;
      else {
        const length = read === 285 ? 258 : read < 265 ? read - 254 : copied(read - 261, 2) + 3;
        const reach = symbol(distances);
        const distance = reach < 4 ? reach + 1 : copied(reach - 2, 1) + 1;
        for (let end = to + length; to < end; to++) target[to] = target[to - distance];
      }
    }
  }

  // Lengths and distances come in groups of `2 ** shift` symbols, each group one extra bit wider than the one before.
  function copied(read, shift) {
    const wider = read >> shift;
    return (((1 << shift) | (read & ((1 << shift) - 1))) << wider) | bits(wider);
  }

  const fixed = () => Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8));

  function codes() {
    const sizes = [bits(5) + 257, bits(5) + 1];
    const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    const meta = new Array(19).fill(0);
    for (let last = bits(4) + 4, at = 0; at < last; at++) meta[order[at]] = bits(3);
    const metaCode = code(meta);
    const lengths = [];
    while (lengths.length < sizes[0] + sizes[1]) {
      const read = symbol(metaCode);
      const again = read < 16 ? 1 : read === 16 ? 3 + bits(2) : read === 17 ? 3 + bits(3) : 11 + bits(7);
      const length = read < 16 ? read : read === 16 ? lengths[lengths.length - 1] : 0;
      for (let at = 0; at < again; at++) lengths.push(length);
    }
    return [code(lengths.slice(0, sizes[0])), code(lengths.slice(sizes[0]))];
  }

  for (let last = 0; !last; ) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) {
      held = count = 0;
      const length = source[from] | (source[from + 1] << 8);
      target.set(source.subarray(from + 4, from + 4 + length), to);
      from += 4 + length;
      to += length;
    } else if (kind === 1) block(code(fixed()), code(new Array(30).fill(5)));
    else block.apply(null, codes());
  }
  if (to !== size) throw new Error('the packed module is damaged');
  return target;
}
