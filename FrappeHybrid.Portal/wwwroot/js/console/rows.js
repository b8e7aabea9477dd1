// The lines that a console holds, and which of them are shown. Rows are numbered without gaps, also backwards when older ones are put before them.
import { levelOf, matcher, plain } from "./text.js";

/** Held at most while the newest are followed; the oldest go. */
export const mostRows = 30000;

export class Rows {
  constructor() {
    this.filter = { match: null, levels: new Set(), context: 0 };
    this.clear();
  }

  clear() {
    this.all = [];
    this.view = this.all;
    this.first = 0;
    if (this.isFiltered) this.show();
  }

  get isFiltered() { return Boolean(this.filter.match || this.filter.levels.size); }

  static plain(row) { return row.plain ??= plain(row.text); }

  static level(row) { return row.level ??= row.isNotice ? "" : levelOf(Rows.plain(row)); }

  append(rows) {
    for (const row of rows) {
      row.number = this.first + this.all.length;
      this.all.push(row);
    }
    if (!this.isFiltered) return rows;
    const before = this.view.length;
    for (const row of rows) this.consider(row);
    return this.view.slice(before);
  }

  /** Older rows; gives how many more are shown. */
  prepend(rows) {
    this.first -= rows.length;
    rows.forEach((row, at) => row.number = this.first + at);
    this.all.unshift(...rows);
    if (!this.isFiltered) return rows.length;
    const before = this.view.length;
    this.show();
    return this.view.length - before;
  }

  /** Drops the oldest beyond the most; gives how many of the shown went. */
  trim(most) {
    const many = this.all.length - most;
    // Seldom and much, instead of always and little.
    if (many < 500) return 0;
    this.all.splice(0, many);
    this.first += many;
    if (!this.isFiltered) return many;
    let gone = 0;
    while (gone < this.view.length && this.view[gone].number < this.first) gone++;
    this.view.splice(0, gone);
    return gone;
  }

  /** An Error when the expression is wrong; then nothing changes. */
  setFilter({ text, isRegex, levels, context }) {
    const match = matcher(text, isRegex);
    if (match instanceof Error) return match;
    this.filter = { match, levels: new Set(levels), context };
    this.show();
    return null;
  }

  matches(row) {
    if (row.isNotice) return true;
    const { match, levels } = this.filter;
    return (!match || match.test(Rows.plain(row))) && (!levels.size || levels.has(Rows.level(row)));
  }

  show() {
    if (!this.isFiltered) {
      this.view = this.all;
      for (const row of this.all) row.isContext = false;
      return;
    }
    this.view = [];
    this.rest = 0;
    for (const row of this.all) this.consider(row);
  }

  // A row that matches brings its neighbours along: those before it that are not shown yet, and so many after it.
  consider(row) {
    if (this.matches(row)) {
      const shown = this.view.length ? this.view[this.view.length - 1].number : this.first - 1;
      for (let number = Math.max(shown + 1, row.number - (row.isNotice ? 0 : this.filter.context)); number < row.number; number++) this.add(this.all[number - this.first], true);
      this.add(row, false);
      if (!row.isNotice) this.rest = this.filter.context;
    } else if (this.rest > 0) {
      this.rest--;
      this.add(row, true);
    }
  }

  add(row, isContext) {
    row.isContext = isContext;
    this.view.push(row);
  }
}

/** Rows of the columns in which the portal sends lines. */
export function rowsOf(lines) {
  if (!lines) return [];
  const errors = lines.errors ? new Set(lines.errors) : null;
  return lines.texts.map((text, at) => row(text, lines.times[at], lines.digests[at], lines.services?.[at] ?? "", errors?.has(at) ?? false, false));
}

/** Something that is said between the lines. */
export const notice = text => row(text, 0, 0, "", false, true);

// All that a row will ever have, at once: rows of one shape are quick.
const row = (text, time, digest, service, isError, isNotice) => ({ text, time, digest, service, isError, isNotice, isContext: false, isOdd: false, number: 0, top: 0, height: 0, plain: null, level: null });

/** By which the portal finds a line again. */
export const markOf = row => `${row.time}-${row.digest}-1-${row.digest}`;
