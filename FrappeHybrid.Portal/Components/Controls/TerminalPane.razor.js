// The window on a shell: what is typed goes up as one stream in its order, what is printed comes down and is acknowledged once it is on the screen, so that a flood waits in the shell.
import { FitAddon } from "/lib/xterm/addon-fit.mjs";
import { makeTerminal, dim } from "/js/terminal.js";

const longestPaste = 256 * 1024;
const longestPiece = 4096;
const pieces = new RegExp(`[\\s\\S]{1,${longestPiece}}(?![\\udc00-\\udfff])|[\\s\\S]`, "g");

// Of arrows the last letter: what comes before it depends on what the program has asked for.
const keys = { escape: "\x1b", tab: "\t", interrupt: "\x03", end: "\x04" };
const arrows = { up: "A", down: "B", right: "C", left: "D" };

class TerminalPane {
  constructor(root, path, id) {
    this.root = root;
    this.path = path;
    this.id = id;
    this.wait = 500;
    this.taken = 0;
    this.touched = -Infinity;
    this.screen = root.querySelector("[data-screen]");
    this.guard = root.querySelector("[data-guard]");
    // A terminal that is opened without a size measures its letters as nothing: it waits until it is seen.
    this.resizing = new ResizeObserver(() => this.fit());
    this.resizing.observe(this.screen);
  }

  open() {
    this.terminal = makeTerminal(this.screen, { cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches });
    this.fitting = new FitAddon();
    this.terminal.loadAddon(this.fitting);
    this.fitting.fit();
    this.terminal.onData(text => this.send(this.isByHand() ? { text } : { text, isReply: true }));
    this.terminal.onResize(size => this.send({ columns: size.cols, rows: size.rows }));
    this.terminal.attachCustomKeyEventHandler(event => this.key(event));
    this.listen();
    this.connection = new signalR.HubConnectionBuilder().withUrl(this.path).configureLogging(signalR.LogLevel.None).build();
    this.connection.onclose(() => this.again());
    this.connect();
  }

  listen() {
    // The widget answers programs that ask for the cursor's place or the terminal's kind, in the same way in which it tells of keys: nobody is there for that.
    for (const name of ["keydown", "beforeinput", "input", "compositionend", "paste", "pointerdown", "pointermove", "wheel"])
      this.root.addEventListener(name, () => { this.touched = performance.now(); }, { capture: true, passive: true });
    // Every way of pasting ends in this event: keys, the menu of the right mouse button, the middle one.
    this.screen.addEventListener("paste", event => {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.paste(event.clipboardData.getData("text/plain"));
    }, { capture: true });
    // Keys are the shell's while it has them: none is also a command of the desktop.
    this.screen.addEventListener("keydown", event => event.stopPropagation());
    const acts = { copy: () => this.copy(), paste: () => this.readClipboard(), here: () => this.takeBack(), end: () => this.send({ end: true }) };
    for (const [act, run] of Object.entries(acts)) this.root.querySelector(`[data-act="${act}"]`).addEventListener("click", run);
    for (const button of this.root.querySelectorAll("[data-key]")) {
      // The touch keyboard stays: the focus does not move.
      button.addEventListener("pointerdown", event => event.preventDefault());
      button.addEventListener("click", () => this.press(button.dataset.key));
    }
    this.guard.addEventListener("close", () => { this.pasting = null; this.terminal.focus(); });
    for (const button of this.guard.querySelectorAll("[data-answer]"))
      button.addEventListener("click", () => { if (button.dataset.answer === "yes") this.put(this.pasting); this.guard.close(); });
  }

  isByHand() {
    return performance.now() - this.touched < 1000;
  }

  key(event) {
    if (event.type !== "keydown") return true;
    if (event.shiftKey && event.key === "Escape") {
      event.preventDefault();
      this.root.querySelector('[data-act="copy"]').focus();
      return false;
    }
    if (event.ctrlKey && event.shiftKey && event.code === "KeyC") {
      event.preventDefault();
      this.copy();
      return false;
    }
    // The browser makes a paste event of these.
    return !(event.ctrlKey && event.shiftKey && event.code === "KeyV") && !(event.shiftKey && event.key === "Insert");
  }

  async connect() {
    if (this.isGone) return;
    try {
      this.say("connecting", this.wasLive ? "Reconnecting" : "Connecting");
      await this.connection.start();
      // What was printed lately comes again: the screen begins anew.
      this.terminal.reset();
      this.taken = 0;
      this.isOver = false;
      this.input = new signalR.Subject();
      this.stream = this.connection.stream("Attach", this.id, this.terminal.cols, this.terminal.rows, this.input).subscribe({
        next: message => this.take(message),
        error: () => this.connection.stop(),
        complete: () => this.connection.stop(),
      });
      this.say("live", "Live");
      this.wasLive = true;
      this.wait = 500;
      this.terminal.focus();
    } catch {
      this.again();
    }
  }

  again() {
    this.input = null;
    if (this.isGone || this.isOver) return;
    this.say("away", "Reconnecting");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, 10000);
  }

  take(message) {
    if (message.bytes) {
      const bytes = Uint8Array.from(atob(message.bytes), character => character.charCodeAt(0));
      this.terminal.write(bytes, () => this.shown(bytes.length));
    }
    if (typeof message.warning === "string") this.warn(message.warning);
    if (message.notice) this.terminal.write(`\r\n${dim(message.notice)}\r\n`);
    if (message.end) this.end(message.end, message.isElsewhere);
  }

  // Not each piece: an acknowledgement for every 16 KB keeps a flood going and costs nothing.
  shown(bytes) {
    this.taken += bytes;
    if (this.taken >= 16384 || !this.isTelling) {
      this.isTelling = true;
      setTimeout(() => {
        this.isTelling = false;
        if (this.taken > 0) this.send({ taken: this.taken });
        this.taken = 0;
      }, 20);
    }
  }

  end(why, isElsewhere) {
    this.isOver = true;
    this.warn("");
    this.say("over", why);
    this.terminal.write(`\r\n${dim(why)}\r\n`);
    this.terminal.options.disableStdin = true;
    this.root.querySelector('[data-act="here"]').hidden = !isElsewhere;
    this.hideWhatTypes(true);
  }

  hideWhatTypes(isHidden) {
    for (const part of this.root.querySelectorAll('[data-act="paste"], [data-act="end"], [data-pad]')) part.hidden = isHidden;
  }

  takeBack() {
    this.root.querySelector('[data-act="here"]').hidden = true;
    this.hideWhatTypes(false);
    this.terminal.options.disableStdin = false;
    this.connect();
  }

  send(item) {
    if (!this.input || (this.isOver && item.text)) return;
    if (item.text?.length > longestPiece) for (const text of item.text.match(pieces)) this.input.next({ ...item, text });
    else this.input.next(item);
  }

  press(key) {
    if (!this.terminal || this.isOver) return;
    this.send({ text: keys[key] ?? `\x1b${this.terminal.modes.applicationCursorKeysMode ? "O" : "["}${arrows[key]}` });
    this.terminal.focus();
  }

  copy() {
    const text = this.terminal.getSelection();
    if (!text) return;
    if (navigator.clipboard) navigator.clipboard.writeText(text).catch(() => { /* not allowed: the menu of the browser copies too */ });
    else document.execCommand("copy");
    this.terminal.focus();
  }

  async readClipboard() {
    try {
      this.paste(await navigator.clipboard.readText());
    } catch {
      this.terminal.write(`\r\n${dim("This browser does not let a page read the clipboard. Press Ctrl+Shift+V.")}\r\n`);
      this.terminal.focus();
    }
  }

  // Pasted text is text: control characters in it, escape first of all, would be keys that nobody pressed.
  paste(text) {
    text = text.replace(/\r\n?/g, "\n").replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");
    if (!text || !this.input || this.isOver) return;
    if (text.length > longestPaste) {
      this.terminal.write(`\r\n${dim("That is too much to paste: at most 256 KB. Put it into a file instead.")}\r\n`);
      return;
    }
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    if (!text.includes("\n")) { this.put(text); return; }
    this.pasting = text;
    this.guard.querySelector("[data-question]").textContent = lines === 1 ? "Paste a line and run it?" : `Paste ${lines} lines?`;
    this.guard.querySelector("[data-preview]").textContent = text.length > 4000 ? `${text.slice(0, 4000)}…` : text;
    this.guard.showModal();
  }

  put(text) {
    if (text) this.terminal.paste(text);
    this.terminal.focus();
  }

  warn(text) {
    const warning = this.root.querySelector("[data-warning]");
    warning.textContent = text;
    warning.hidden = !text;
  }

  fit() {
    if (!this.screen.offsetWidth || this.isGone) return;
    if (!this.terminal) this.open();
    else this.fitting.fit();
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

export const start = (root, path, id) => new TerminalPane(root, path, id);
