// The report contract, gouji-report/1. It only grows.

/** Compiles the module; wait for it before the first {@link check}. `source` where `gouji.wasm` is not beside this file. */
export function init(source?: string | URL | Request | Response | BufferSource | WebAssembly.Module): Promise<void>;

/** Checks one document. Any text is accepted. */
export function check(text: string, options?: Options): Report;

/**
 * Reads a structured report, gouji-input/1 (docs/input.md, docs/input.schema.json), into the text to check: `check(read(json).text)`.
 * Throws an Error that tells everything wrong with the JSON, a line each, with path, line and column. `options.language` is theirs.
 */
export function read(json: string, options?: Options): Reading;

export interface Reading {
  /** What `check` takes; the spans of its report point into this. */
  text: string;
  /** Where the words of the text come from, in its order; the form's own words come from nowhere. */
  origins: Origin[];
}

/** `text.slice(start, end)` is the value at `path` of the JSON. */
export interface Origin {
  start: number;
  end: number;
  /** `$.tables[2].rows[5][1]` */
  path: string;
  /** In the JSON, from 1. */
  line: number;
  /** In the JSON, from 1, in characters. */
  column: number;
}

export interface Options {
  /** The language of messages; `zh` unless told. */
  language?: 'zh' | 'en';
  /** Whether `document.blocks` is filled, which a page needs to draw the document. */
  blocks?: boolean;
}

export interface Report {
  schema: 'gouji-report/1';
  document: DocumentInfo;
  summary: Summary;
  /** Every relation that was evaluated, in the order of the document. */
  checks: Check[];
  /** What a person should look at, in the order of the document; one finding a cause. */
  findings: Finding[];
  scorecards: Scorecard[];
  charts: Charts;
}

export interface DocumentInfo {
  /** Empty where none was recognised. */
  title: string;
  /** The department or unit that reports; empty where none was recognised. */
  unit: string;
  /** The year of the accounts. */
  year: number | null;
  sections: number;
  tables: number;
  notes: Note[];
  /** The layout; only with `blocks: true`. */
  blocks?: Block[];
}

export interface Note {
  /** A stable name, in kebab case. */
  kind: string;
  message: string;
}

export interface Block {
  kind: 'heading' | 'paragraph' | 'table' | 'furniture';
  span: Span;
  /** The depth of a heading, from 1. */
  level?: number;
  /** The cells of a table, row by row. */
  rows?: Span[][];
}

export interface Summary {
  /** Relations evaluated: `passed + rounding + failed`. */
  checks: number;
  passed: number;
  /** Relations that hold within rounding (尾差). */
  rounding: number;
  failed: number;
  errors: number;
  warnings: number;
}

/** A stretch of the text that was checked: `text.slice(start, end)`. */
export interface Span {
  start: number;
  end: number;
  /** From 1. */
  line: number;
  /** From 1, in characters. */
  column: number;
}

export interface Place {
  /** The text of the span, verbatim. */
  text: string;
  span: Span;
}

export interface Check {
  /** From 1. */
  id: number;
  /** The rule's id, in kebab case. */
  rule: string;
  status: 'pass' | 'rounding' | 'fail';
  /** The arithmetic in the report's own numbers. */
  formula: string;
  /** The number that the relation determines. */
  result: Place;
  operands: Place[];
  stated: string;
  expected: string;
}

export interface Finding {
  rule: string;
  /** `error`: arithmetic proves it. `warning`: a likely slip. `info`: 尾差, or for a person to judge. */
  severity: 'error' | 'warning' | 'info';
  text: string;
  span: Span;
  stated: string;
  /** Empty where no value follows. */
  expected: string;
  message: string;
  related: Place[];
  /** The id of the check behind it. */
  check: number | null;
  /** A repair in one replacement. */
  fix: Fix | null;
}

export interface Fix {
  span: Span;
  replacement: string;
  why: string;
}

/** A scoring form: what it states beside what its own rules compute. */
export interface Scorecard {
  title: string;
  span: Span;
  indicators: Indicator[];
  groups: ScoreGroup[];
  weight: ScoreValue;
  total: ScoreValue;
  band?: Band;
  notes: Note[];
}

/** A row of a scoring form. */
export interface Indicator {
  path: string[];
  name: string;
  span: Span;
  weight: Place | null;
  target: Place | null;
  actual: Place | null;
  rule: Place | null;
  score: ScoreValue;
  met: boolean | null;
  status: 'pass' | 'rounding' | 'fail' | 'derived' | 'unscored' | 'judge' | 'unread';
  /** What kind of method its rule is: 是否、分级、比率、扣分; `usual` without a rule, `judge` where it asks a person, `unread` where it was not
   * understood. */
  method: 'usual' | 'whether' | 'tiers' | 'ratio' | 'deduction' | 'judge' | 'unread';
  formula: string;
  /** The ids of the checks that the row takes part in. */
  checks: number[];
}

/** A group of indicators with a weight or a subtotal of its own. */
export interface ScoreGroup {
  path: string[];
  weight: ScoreValue;
  score: ScoreValue;
}

/** A number that is printed, computed, or both. */
export interface ScoreValue {
  stated: Place | null;
  computed: string | null;
}

/** What can be drawn: only what was checked and holds. */
export interface Charts {
  structures: Structure[];
  changes: Change[];
}

/** A whole and the parts that make it. */
export interface Structure {
  name: string;
  whole: Place;
  parts: {
    name: string;
    amount: Place;
    /** Per cent of the whole, to two decimals. */
    share: string;
  }[];
}

/** An amount of this year and that of the year before. */
export interface Change {
  name: string;
  now: Place;
  before: string;
  /** Per cent, to two decimals, with a minus where it fell. */
  rate: string;
}

/** The band of a total: 优, 良, 中, 差. */
export interface Band {
  name: string;
  own: boolean;
  /** From which total on 优, 良 and 中 are given; below the last of them stands 差. */
  floors: string[];
}
