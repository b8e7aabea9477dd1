// One console: lines come from the feed, the screen shows them, the tools change what is shown.
import { draw } from "./draw.js";
import { Feed } from "./feed.js";
import { Past } from "./past.js";
import { markOf, mostRows, notice, Rows, rowsOf } from "./rows.js";
import { Screen } from "./screen.js";
import { settings } from "./settings.js";
import { Tools } from "./tools.js";

const mostHeld = 60000, mostBack = 100000, pageLines = 1000, patience = 2000;
const number = new Intl.NumberFormat("en");
const lines = (count, word) => `${number.format(count)} ${word}${count === 1 ? "line" : "lines"}`;

export class ConsoleView {
  constructor(root, options) {
    Object.assign(this, { root, options });
    this.settings = settings(options.settings);
    this.rows = new Rows();
    this.pending = [];
    this.unseen = 0;
    this.screenElement = root.querySelector("[data-screen]");
    this.pill = root.querySelector("[data-pill]");
    this.screen = new Screen(this.screenElement, { draw: (row, element) => draw(this, row, element), moved: isAtBottom => this.moved(isAtBottom), reachedTop: () => this.loadOlder() });
    this.screen.rows = this.rows.view;
    this.feed = new Feed(options.path, options.server, options.source, { take: message => this.take(message), say: (state, word) => this.say(state, word) });
    this.past = new Past(root, this.feed, { open: mark => this.open(mark), address: options.text, settings: () => this.settings });
    this.tools = new Tools(this);
    this.tools.apply();
    this.pill.addEventListener("click", () => this.follow(true));
    this.watch();
    const line = new URLSearchParams(location.hash.slice(1)).get("line");
    if (line && options.address === location.pathname) this.wanted = line;
  }

  // What nobody sees costs nothing: a console in a tab behind, or in the folded dock, leaves its stream after a moment and takes it up again where it was.
  watch() {
    this.isSeen = false;
    this.seeing = new IntersectionObserver(entries => { this.isSeen = entries[entries.length - 1].isIntersecting; this.look(); });
    this.seeing.observe(this.root);
    this.onVisibility = () => this.look();
    document.addEventListener("visibilitychange", this.onVisibility);
  }

  look() {
    clearTimeout(this.resting);
    if (this.isSeen && !document.hidden) this.feed.wake();
    else this.resting = setTimeout(() => { this.feed.rest(); this.say("away", "Not watched"); }, patience);
  }

  take(message) {
    if (message.problem) {
      this.say("away", message.problem);
      if (message.problem !== this.problem) this.add([notice(message.problem)]);
      this.problem = message.problem;
      return;
    }
    this.problem = null;
    this.say({ Live: "live", Reconnecting: "away" }[message.connection] ?? "connecting", message.connection);
    const fresh = [];
    if (message.isReset) {
      this.empty();
      fresh.push(notice("More came meanwhile than is shown here. Scroll up for it."));
    }
    if (message.skipped) fresh.push(notice(`${lines(message.skipped, "")} skipped`));
    if (message.notice) fresh.push(notice(message.notice));
    for (const row of rowsOf(message.lines)) fresh.push(row);
    if (message.lines?.services && !this.isJoined) { this.isJoined = true; this.root.classList.add("joined"); this.screen.remeasure(); }
    if (fresh.length) this.add(fresh);
    if (this.wanted && message.connection === "Live") {
      const wanted = this.wanted;
      this.wanted = null;
      this.open(wanted);
    }
  }

  add(rows) {
    if (this.isPaused) {
      this.pending.push(...rows);
      if (this.pending.length > mostRows) { this.lost = (this.lost ?? 0) + this.pending.length - mostRows; this.pending.splice(0, this.pending.length - mostRows); }
      this.showPill();
      return;
    }
    // Somebody reads far up: what comes now is fetched when it is wanted.
    if (this.isDetached || !this.screen.isFollowing && this.rows.all.length >= mostHeld) {
      this.isDetached = true;
      this.unseen += rows.length;
      this.showPill();
      return;
    }
    const shown = this.rows.append(rows);
    this.screen.appended(shown.length);
    if (this.screen.isFollowing) {
      if (this.rows.trim(mostRows)) this.isAtStart = false;
      this.screen.soon();
    } else {
      this.unseen += shown.length;
      this.showPill();
    }
    if (this.search) this.tools.countSoon();
  }

  empty() {
    this.rows.clear();
    this.pending = [];
    this.unseen = 0;
    this.isDetached = this.isAtStart = false;
    this.screen.reset(this.rows.view);
  }

  /** The rows that are shown are others now. */
  refresh() {
    const anchor = this.screen.isFollowing ? null : this.screen.rows[this.screen.find(this.screenElement.scrollTop + this.screen.base)];
    this.screen.reset(this.rows.view);
    if (anchor) {
      const near = this.rows.view.find(row => row.number >= anchor.number) ?? this.rows.view[this.rows.view.length - 1];
      if (near) this.screen.reveal(near);
    }
  }

  moved(isAtBottom) {
    if (isAtBottom && this.isDetached) this.loadNewer();
    else this.follow(isAtBottom);
  }

  follow(isOn) {
    if (isOn && this.isPaused) this.pause(false);
    if (isOn && this.isDetached) {
      this.empty();
      this.feed.restart();
    }
    this.screen.follow(isOn);
    if (isOn) this.unseen = 0;
    this.tools.press("follow", isOn);
    this.showPill();
  }

  pause(isOn) {
    this.isPaused = isOn;
    this.tools.press("pause", isOn);
    if (!isOn) {
      const rows = this.pending;
      this.pending = [];
      if (this.lost) rows.unshift(notice(`${lines(this.lost, "")} skipped`));
      this.lost = 0;
      if (rows.length) this.add(rows);
    }
    this.showPill();
  }

  showPill() {
    const count = this.isPaused ? this.pending.length + (this.lost ?? 0) : this.unseen;
    this.pill.hidden = this.screen.isFollowing && !this.isPaused;
    this.pill.textContent = this.isPaused ? count ? `Paused, ${lines(count, "new ")}` : "Paused" : count ? lines(count, "new ") : "To the newest line";
  }

  async loadOlder() {
    const first = this.rows.all.find(row => !row.isNotice);
    if (this.isLoading || this.isAtStart || !first || this.rows.all.length > mostBack) return;
    this.isLoading = true;
    const page = await this.feed.page(markOf(first), false, pageLines);
    this.isLoading = false;
    if (this.isGone || this.rows.all.find(row => !row.isNotice) !== first) return;
    const older = rowsOf(page.lines);
    if (page.problem) older.unshift(notice(page.problem));
    if (page.isEnd) {
      this.isAtStart = true;
      older.unshift(notice("The log begins here."));
    }
    if (!older.length) return;
    const isFiltered = this.rows.isFiltered;
    const count = this.rows.prepend(older);
    if (isFiltered) this.refresh();
    else this.screen.prepended(count);
  }

  async loadNewer() {
    const last = this.rows.all.findLast(row => !row.isNotice);
    if (this.isLoading || !last) return;
    this.isLoading = true;
    const page = await this.feed.page(markOf(last), true, pageLines);
    this.isLoading = false;
    if (this.isGone || !this.isDetached) return;
    if (page.problem) return this.say("away", page.problem);
    if (page.isEnd) return this.follow(true);
    this.screen.appended(this.rows.append(rowsOf(page.lines)).length);
  }

  /** Shows a line of the past with those around it. */
  async open(mark) {
    const held = this.rows.all.find(row => !row.isNotice && markOf(row) === mark);
    if (held && (!this.rows.isFiltered || this.rows.view.includes(held))) return this.choose(held);
    const before = await this.feed.page(mark, false, 400);
    const older = rowsOf(before.lines);
    const after = await this.feed.page(older.length ? markOf(older[older.length - 1]) : mark, true, pageLines);
    if (this.isGone) return;
    if (before.problem || after.problem) { this.add([notice(before.problem ?? after.problem)]); return; }
    const newer = rowsOf(after.lines);
    this.tools.clearFilter();
    this.empty();
    this.isDetached = true;
    this.isAtStart = before.isEnd;
    this.rows.append([...older, ...newer]);
    this.screen.isFollowing = false;
    this.tools.press("follow", false);
    this.screen.reset(this.rows.view);
    const row = newer[0] ?? older[older.length - 1];
    if (row) this.choose(row);
    else this.add([notice("The line is not in the log any more.")]);
  }

  choose(row) {
    const old = this.chosen;
    this.chosen = row;
    this.follow(false);
    this.screen.reveal(row);
    for (const each of [old, row]) if (each && this.screen.live.has(each)) draw(this, each, this.screen.live.get(each));
  }

  linkTo(row) {
    const url = new URL(this.options.address, location.origin);
    url.hash = `line=${markOf(row)}`;
    if (url.pathname === location.pathname) history.replaceState(history.state, "", location.pathname + location.search + url.hash);
    this.choose(row);
    this.tools.copy(url.href, "Link copied");
  }

  say(state, word) {
    const chip = this.root.querySelector("[data-state]");
    if (chip.dataset.state === state && this.word === word) return;
    this.word = word;
    chip.dataset.state = state;
    chip.querySelector("[data-word]").textContent = word;
  }

  change(name, value) {
    this.settings[name] = value;
    this.keep();
    this.tools.apply();
    this.screen.remeasure();
  }

  /** One after the other: the last counts. */
  keep() {
    const kept = JSON.stringify(this.settings);
    this.keeping = (this.keeping ?? Promise.resolve()).then(() => this.options.keeper.invokeMethodAsync("Keep", kept)).catch(() => { /* Without the portal it lasts as long as the page. */ });
  }

  dispose() {
    this.isGone = true;
    clearTimeout(this.resting);
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.seeing.disconnect();
    this.feed.dispose();
    this.past.dispose();
    this.tools.dispose();
    this.screen.dispose();
  }
}
