// Plays an asciicast 2 file: a header, then one event a line with its time. To go back, everything up to the place is drawn anew: a terminal cannot be run backwards.
import { makeTerminal } from "/js/terminal.js";

const longestPause = 1;
const clock = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

class TerminalPlayer {
  constructor(root, address) {
    this.root = root;
    this.parts = Object.fromEntries(["screen", "seek", "at", "speed", "skip", "say", "play-word"].map(name => [name, root.querySelector(`[data-${name}]`)]));
    this.place = 0;
    this.next = 0;
    this.load(address);
  }

  async load(address) {
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      this.parse(await answer.text());
    } catch {
      this.parts.say.textContent = "The recording cannot be loaded. It may be gone; load the page again to see.";
      return;
    }
    if (this.isGone) return;
    this.terminal = makeTerminal(this.parts.screen, { cols: this.header.width, rows: this.header.height, disableStdin: true });
    // A click or a key in the screen is for the player.
    this.terminal.attachCustomKeyEventHandler(() => false);
    this.parts.seek.max = this.length;
    this.parts.seek.addEventListener("input", () => {
      // The last step of the bar may end before the recording does.
      const place = Number(this.parts.seek.value);
      this.pause();
      this.seek(this.length - place < 0.1 ? this.length : place);
    });
    this.root.querySelector('[data-act="play"]').addEventListener("click", () => (this.isPlaying ? this.pause() : this.play()));
    this.parts.screen.addEventListener("keydown", event => {
      if (event.key === " ") { event.preventDefault(); if (this.isPlaying) this.pause(); else this.play(); }
    });
    this.tell();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.seek(this.length);
    else this.play();
  }

  // A portal that was killed leaves half a last line.
  parse(text) {
    const lines = text.split("\n");
    this.header = JSON.parse(lines[0]);
    this.events = [];
    for (const line of lines.slice(1)) {
      if (!line) continue;
      try { this.events.push(JSON.parse(line)); } catch { break; }
    }
    this.length = Math.max(0.1, this.events.at(-1)?.[0] ?? 0);
  }

  play() {
    if (this.next >= this.events.length) this.seek(0);
    this.isPlaying = true;
    this.show();
    this.last = performance.now();
    this.frame = requestAnimationFrame(now => this.step(now));
  }

  pause() {
    this.isPlaying = false;
    cancelAnimationFrame(this.frame);
    this.show();
  }

  step(now) {
    if (!this.isPlaying || this.isGone) return;
    this.place += (now - this.last) / 1000 * Number(this.parts.speed.value);
    this.last = now;
    const ahead = this.events[this.next]?.[0] ?? this.place;
    if (this.parts.skip.checked && ahead - this.place > longestPause) this.place = ahead - longestPause;
    this.draw(this.place);
    this.tell();
    if (this.next >= this.events.length) this.pause();
    else this.frame = requestAnimationFrame(later => this.step(later));
  }

  seek(place) {
    if (place < this.place || this.next === 0) {
      this.terminal.reset();
      this.terminal.resize(this.header.width, this.header.height);
      this.next = 0;
    }
    this.place = place;
    this.draw(place);
    this.tell();
  }

  draw(until) {
    const parts = [];
    for (; this.next < this.events.length && this.events[this.next][0] <= until; this.next++) {
      const [, kind, value] = this.events[this.next];
      if (kind === "o") parts.push(value);
      else if (kind === "m") this.parts.say.textContent = value;
      else if (kind === "r") {
        const [columns, rows] = value.split("x").map(Number);
        this.flush(parts);
        if (columns > 1 && rows > 0) this.size(columns, rows);
      }
    }
    this.flush(parts);
  }

  // Writing waits in the widget while resizing does not: in this order only when the size follows what was written.
  flush(parts) {
    if (parts.length) this.terminal.write(parts.splice(0).join(""));
  }

  size(columns, rows) {
    this.terminal.write("", () => { if (!this.isGone) this.terminal.resize(columns, rows); });
  }

  tell() {
    const place = Math.min(this.place, this.length);
    this.parts.seek.value = place;
    this.parts.seek.setAttribute("aria-valuetext", clock(place));
    this.parts.at.textContent = `${clock(place)} of ${clock(this.length)}`;
  }

  show() {
    const button = this.root.querySelector('[data-act="play"]');
    button.setAttribute("aria-pressed", this.isPlaying);
    button.querySelector('[data-icon="play"]').hidden = this.isPlaying;
    button.querySelector('[data-icon="pause"]').hidden = !this.isPlaying;
    this.parts["play-word"].textContent = this.isPlaying ? "Pause" : "Play";
  }

  dispose() {
    this.isGone = true;
    cancelAnimationFrame(this.frame);
    this.terminal?.dispose();
  }
}

export const start = (root, address) => new TerminalPlayer(root, address);
