// A window of rows over many thousands: only what is seen is in the page, and its elements are used again. A row has a height of its own when lines are wrapped; it is known
// from its letters, because all are of one width, and measured where they may not be.
import { Rows } from "./rows.js";

const beyond = 6;

export class Screen {
  /** draw(row, element) fills an element; moved(isAtBottom) and reachedTop() tell of the reader. */
  constructor(viewport, { draw, moved, reachedTop }) {
    Object.assign(this, { viewport, draw, moved, reachedTop });
    this.canvas = document.createElement("div");
    this.canvas.className = "canvas";
    viewport.append(this.canvas);
    this.rows = [];
    this.live = new Map();
    this.pool = [];
    this.isFollowing = true;
    this.isWrapped = true;
    this.set = this.letter = this.left = this.width = this.height = 0;
    this.line = 18;
    this.columns = 80;
    this.longest = 0;
    viewport.addEventListener("scroll", () => this.scrolled(), { passive: true });
    viewport.addEventListener("wheel", event => { if (event.deltaY < 0 && viewport.scrollTop > 0) this.leave(); }, { passive: true });
    this.resizing = new ResizeObserver(() => this.resized());
    this.resizing.observe(viewport);
  }

  get base() { return this.rows.length ? this.rows[0].top : 0; }

  get end() {
    const last = this.rows[this.rows.length - 1];
    return last ? last.top + last.height : 0;
  }

  /** Other rows, or all of them look different now. */
  reset(rows) {
    this.rows = rows;
    this.longest = 0;
    this.place(0, 0);
    this.refill();
  }

  /** Rows were added at the end. */
  appended(count) {
    const from = this.rows.length - count;
    this.place(from, from > 0 ? this.rows[from - 1].top + this.rows[from - 1].height : 0);
    this.soon();
  }

  /** Rows were added at the beginning: what is seen stays where it is. */
  prepended(count) {
    if (!count) return;
    const first = this.rows[count];
    let top = first ? first.top : 0;
    for (let at = count - 1; at >= 0; at--) {
      const row = this.rows[at];
      row.height = this.heightOf(row);
      row.top = top -= row.height;
    }
    const added = (first ? first.top : this.end) - top;
    this.paint(added);
  }

  /** All rows are filled anew. */
  refill() {
    for (const element of this.live.values()) this.free(element);
    this.live.clear();
    this.soon();
  }

  wrap(isWrapped) {
    this.isWrapped = isWrapped;
    this.viewport.classList.toggle("wrapped", isWrapped);
    this.remeasure();
  }

  follow(isFollowing) {
    this.isFollowing = isFollowing;
    if (isFollowing) this.soon();
  }

  /** Brings a row into the middle. */
  reveal(row) {
    this.isFollowing = false;
    this.isRevealing = true;
    this.stretch();
    this.viewport.scrollTop = this.set = Math.max(0, row.top - this.base - this.viewport.clientHeight / 2);
    this.paint(0);
  }

  soon() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => { this.frame = 0; this.paint(0); });
  }

  /** shift: how far what is seen has moved down within the canvas. Reads first, then writes: the browser lays the page out once a frame. */
  paint(shift) {
    const view = this.viewport, height = this.height;
    if (!height) return;
    const base = this.base;
    const before = this.isFollowing ? this.set : view.scrollTop;
    const top = this.isFollowing ? Math.max(0, this.end - base + 8 - height) : before + shift;
    const wanted = this.seen(top + base, height);
    const shown = new Set(wanted), unused = [];
    for (const [row, element] of this.live) if (!shown.has(row)) { this.live.delete(row); unused.push(element); }
    let isOdd = false;
    for (const row of wanted) {
      let element = this.live.get(row);
      if (!element) {
        element = unused.pop() ?? this.take();
        this.draw(row, element);
        this.live.set(row, element);
        isOdd ||= this.isWrapped && row.isOdd;
      }
      const y = row.top - base;
      if (element.y !== y) element.style.top = `${element.y = y}px`;
    }
    for (const element of unused) this.free(element);
    this.stretch();
    const width = this.isWrapped ? 0 : Math.ceil(this.longest * this.letter + this.left + 12);
    if (this.width !== width) this.canvas.style.minWidth = width ? `${this.width = width}px` : (this.width = 0, "100%");
    if (this.isFollowing || top !== before) view.scrollTop = top;
    this.set = view.scrollTop;
    if (isOdd) this.measure();
  }

  stretch() {
    const total = this.end - this.base;
    if (this.total !== total) this.canvas.style.height = `${this.total = total}px`;
  }

  /** The rows that are seen from there on, and a few beyond. */
  seen(from, height) {
    const found = [];
    for (let at = Math.max(0, this.find(from) - beyond), after = 0; at < this.rows.length && after < beyond; at++) {
      if (this.rows[at].top > from + height) after++;
      found.push(this.rows[at]);
    }
    return found;
  }

  take() {
    const element = this.pool.pop() ?? this.make();
    element.hidden = false;
    return element;
  }

  make() {
    const element = document.createElement("div");
    element.className = "row";
    this.canvas.append(element);
    return element;
  }

  free(element) {
    element.hidden = true;
    this.pool.push(element);
  }

  // Letters that are not one column wide make a row as high as it is, not as was thought.
  measure() {
    let first = -1;
    for (const [row, element] of this.live) {
      if (!row.isOdd) continue;
      const height = element.offsetHeight;
      row.isOdd = false;
      if (height && height !== row.height) {
        row.height = height;
        const at = this.rows.indexOf(row);
        if (first < 0 || at < first) first = at;
      }
    }
    if (first < 0) return;
    let top = this.rows[first].top;
    for (let at = first; at < this.rows.length; at++) { this.rows[at].top = top; top += this.rows[at].height; }
    this.soon();
  }

  place(from, top) {
    for (let at = from; at < this.rows.length; at++) {
      const row = this.rows[at];
      row.top = top;
      row.height = this.heightOf(row);
      top += row.height;
    }
  }

  heightOf(row) {
    if (!this.isWrapped) {
      this.longest = Math.max(this.longest, row.text.length);
      return this.line;
    }
    const text = Rows.plain(row);
    row.isOdd = /[^\x20-\x7e]/.test(text);
    return Math.max(1, Math.ceil(text.length / this.columns)) * this.line;
  }

  find(y) {
    let [low, high] = [0, this.rows.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rows[middle].top + this.rows[middle].height > y) high = middle; else low = middle + 1;
    }
    return Math.max(0, low);
  }

  scrolled() {
    const view = this.viewport;
    // What we did not set was the reader.
    if (view.scrollTop < this.set - 1) this.leave();
    this.set = view.scrollTop;
    // A row near the end that was asked for is no wish to follow.
    const isOurs = this.isRevealing;
    this.isRevealing = false;
    if (!isOurs && !this.isFollowing && view.scrollTop + view.clientHeight >= view.scrollHeight - 2) this.moved(true);
    if (!this.isFollowing && view.scrollTop < 400) this.reachedTop();
    this.soon();
  }

  leave() {
    if (this.isFollowing) this.moved(false);
  }

  resized() {
    if (this.height === this.viewport.clientHeight && this.across === this.viewport.clientWidth) return;
    this.across = this.viewport.clientWidth;
    this.remeasure();
  }

  /** The size of a letter and of the window, and with them of all rows. */
  remeasure() {
    this.height = this.viewport.clientHeight;
    if (!this.height) return;
    const probe = this.make();
    probe.hidden = false;
    this.draw({ text: "0".repeat(100), time: 1e15, digest: 0, service: "", isNotice: false }, probe);
    const text = probe.lastElementChild;
    text.classList.add("probe");
    this.line = Math.round(parseFloat(getComputedStyle(probe).lineHeight));
    const letter = this.letter = text.getBoundingClientRect().width / 100;
    const left = this.left = text.getBoundingClientRect().left - this.canvas.getBoundingClientRect().left;
    this.columns = Math.max(20, Math.floor((this.canvas.clientWidth - left) / letter));
    text.classList.remove("probe");
    probe.remove();
    this.longest = 0;
    // The first row that is seen stays first.
    const anchor = this.isFollowing ? null : this.rows[this.find(this.viewport.scrollTop + this.base)];
    this.place(0, 0);
    if (anchor) this.viewport.scrollTop = this.set = anchor.top - this.base;
    this.refill();
  }

  dispose() {
    this.resizing.disconnect();
    cancelAnimationFrame(this.frame);
  }
}
