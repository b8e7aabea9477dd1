// A terminal that shows one container. Batches come from the hub already neutralised; each is written at once, because the size of a write decides the speed.
import { Terminal } from "/lib/xterm/xterm.mjs";
import { FitAddon } from "/lib/xterm/addon-fit.mjs";
import { SearchAddon } from "/lib/xterm/addon-search.mjs";

const scrollback = 10000;
const dim = text => `\x1b[2;3m${text}\x1b[0m`;
const number = new Intl.NumberFormat("en");

class ConsoleView {
  constructor(root, path, bench, service) {
    this.root = root;
    this.path = path;
    this.bench = bench;
    this.service = service;
    this.position = "";
    this.unseen = 0;
    this.isFollowing = true;
    this.isWrapped = true;
    this.wait = 500;
    this.screen = root.querySelector("[data-screen]");
    // A terminal that is opened without a size measures its letters as nothing and then never stops drawing: it waits until it is seen.
    this.resizing = new ResizeObserver(() => this.fit());
    this.resizing.observe(this.screen);
  }

  open() {
    const root = this.root;
    const style = getComputedStyle(root);
    const ground = getComputedStyle(this.screen).backgroundColor;
    this.terminal = new Terminal({
      convertEol: true, disableStdin: true, scrollback, fontFamily: style.getPropertyValue("--mono"), fontSize: 12.5, lineHeight: 1.2, cursorBlink: false, cursorInactiveStyle: "none", cursorStyle: "bar", cursorWidth: 1,
      theme: { background: ground, foreground: style.getPropertyValue("--console-text").trim(), cursor: ground, selectionBackground: style.getPropertyValue("--console-selection").trim(), black: "#3b4252", brightBlack: "#7d8796", red: "#ff7b72", green: "#4cc38a", yellow: "#e8a33d", blue: "#6ea0ff", magenta: "#c792ea", cyan: "#5ccfe6", white: "#d7dce4", brightRed: "#ff9a93", brightGreen: "#7ddba9", brightYellow: "#f2c078", brightBlue: "#9dc0ff", brightMagenta: "#d9b4f2", brightCyan: "#8fe0f0", brightWhite: "#ffffff" },
    });
    this.fitting = new FitAddon();
    this.searching = new SearchAddon();
    this.terminal.loadAddon(this.fitting);
    this.terminal.loadAddon(this.searching);
    this.terminal.open(this.screen);
    this.terminal.attachCustomKeyEventHandler(event => !(event.ctrlKey && ["c", "k", "j", "b"].includes(event.key)));
    this.terminal.onScroll(() => this.look());
    this.screen.addEventListener("wheel", event => { if (event.deltaY < 0) this.follow(false); else requestAnimationFrame(() => this.look()); }, { passive: true, capture: true });
    this.listen();
    this.connection = new signalR.HubConnectionBuilder().withUrl(this.path).configureLogging(signalR.LogLevel.None).build();
    this.connection.onclose(() => this.again());
    this.connect();
  }

  listen() {
    this.root.querySelector("[data-search]").addEventListener("input", event => this.searching.findPrevious(event.target.value, { incremental: true }));
    this.root.querySelector("[data-search]").addEventListener("keydown", event => {
      if (event.key === "Enter") event.shiftKey ? this.searching.findNext(event.target.value) : this.searching.findPrevious(event.target.value);
      if (event.key === "Enter") this.follow(false);
    });
    const acts = { follow: () => this.follow(!this.isFollowing), wrap: () => this.wrap(), clear: () => this.terminal.clear(), download: () => this.download() };
    for (const [act, run] of Object.entries(acts)) this.root.querySelector(`[data-act="${act}"]`).addEventListener("click", run);
    this.root.querySelector("[data-hint]").addEventListener("click", () => this.follow(true));
  }

  async connect() {
    if (this.isGone) return;
    try {
      this.say("connecting", this.position ? "Reconnecting" : "Connecting");
      await this.connection.start();
      this.stream = this.connection.stream("Watch", this.bench, this.service, this.position).subscribe({
        next: batch => this.take(batch),
        error: () => this.end(),
        complete: () => this.end(),
      });
    } catch {
      this.again();
    }
  }

  // A stream that ended or broke is begun again from the place that the last message told, so that nothing is missing and nothing comes twice.
  async end() {
    if (!this.isGone) await this.connection.stop();
  }

  again() {
    if (this.isGone) return;
    if (!this.problem) this.say("away", "Reconnecting");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, 10000);
  }

  take(batch) {
    if (batch.problem) {
      this.say("away", batch.problem);
      if (batch.problem !== this.problem) this.terminal.write(dim(`${batch.problem}\n`));
      this.problem = batch.problem;
      this.wait = 5000;
      return;
    }
    this.problem = null;
    this.wait = 500;
    this.position = batch.position;
    if (batch.connection === "Live") this.say("live", "Live");
    else this.say(batch.connection === "Reconnecting" ? "away" : "connecting", batch.connection);
    const parts = [];
    if (batch.skipped > 0) parts.push(dim(`${number.format(batch.skipped)} lines skipped\n`));
    if (batch.notice) parts.push(dim(`${batch.notice}\n`));
    for (const line of batch.lines) parts.push(line, "\n");
    const fresh = batch.lines.length;
    if (!parts.length) return;
    // Following is the terminal's own; when the reader has scrolled away, its place is kept.
    const keep = this.isFollowing ? null : this.terminal.buffer.active.viewportY;
    this.terminal.write(parts.join(""), () => { if (keep !== null) this.terminal.scrollToLine(keep); else this.terminal.scrollToBottom(); });
    if (!this.isFollowing) { this.unseen += fresh; this.hint(); }
  }

  look() {
    const buffer = this.terminal.buffer.active;
    if (!this.isFollowing && buffer.viewportY >= buffer.baseY) this.follow(true);
  }

  follow(on) {
    if (this.isFollowing === on) return;
    this.isFollowing = on;
    this.root.querySelector("[data-act=follow]").setAttribute("aria-pressed", on);
    if (on) { this.unseen = 0; this.terminal.scrollToBottom(); }
    this.hint();
  }

  hint() {
    const hint = this.root.querySelector("[data-hint]");
    hint.hidden = this.isFollowing;
    hint.textContent = this.unseen ? `Paused, ${number.format(this.unseen)} new ${this.unseen === 1 ? "line" : "lines"}` : "Paused";
  }

  wrap() {
    this.isWrapped = !this.isWrapped;
    this.root.querySelector("[data-act=wrap]").setAttribute("aria-pressed", this.isWrapped);
    this.root.classList.toggle("unwrapped", !this.isWrapped);
    this.fit();
  }

  fit() {
    if (!this.screen.offsetWidth) return;
    if (!this.terminal) this.open();
    const size = this.fitting.proposeDimensions();
    if (size?.cols) this.terminal.resize(this.isWrapped ? size.cols : Math.max(size.cols, 400), size.rows);
    if (this.isFollowing) this.terminal.scrollToBottom();
  }

  download() {
    const buffer = this.terminal.buffer.active, lines = [];
    for (let at = 0; at < buffer.length; at++) {
      const line = buffer.getLine(at);
      const text = line.translateToString(true);
      if (line.isWrapped && lines.length) lines[lines.length - 1] += text; else lines.push(text);
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines.join("\n").trimEnd() + "\n"], { type: "text/plain" }));
    link.download = `${this.service}.log`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  say(state, word) {
    const chip = this.root.querySelector("[data-state]");
    chip.dataset.state = state;
    chip.querySelector("[data-word]").textContent = word;
  }

  dispose() {
    this.isGone = true;
    clearTimeout(this.timer);
    this.resizing.disconnect();
    this.stream?.dispose();
    this.connection?.stop();
    this.terminal?.dispose();
  }
}

export const start = (root, path, bench, service) => new ConsoleView(root, path, bench, service);
