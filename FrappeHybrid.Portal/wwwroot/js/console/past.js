// The panel of the past: a search that runs on the server over a time, and the download of a time.
import { clock, plain } from "./text.js";
import { markOf, rowsOf } from "./rows.js";

const number = new Intl.NumberFormat("en");
const mostShown = 2000;

export class Past {
  /** open(mark) shows a line in the console; address is where a time is downloaded from. */
  constructor(root, feed, { open, address, settings }) {
    Object.assign(this, { root, feed, open, address, settings });
    this.panel = root.querySelector("[data-past]");
    this.list = this.panel.querySelector("[data-found]");
    this.word = this.panel.querySelector("[data-progress]");
    this.panel.querySelector("form").addEventListener("submit", event => { event.preventDefault(); this.search(); });
    this.panel.querySelector("[data-stop]").addEventListener("click", () => this.stop("Stopped."));
    this.panel.querySelector("[data-save]").addEventListener("click", event => { event.currentTarget.href = this.saveAddress(); });
    this.panel.querySelector("[data-close]").addEventListener("click", () => this.toggle(false));
    this.panel.addEventListener("keydown", event => { if (event.key === "Escape") this.toggle(false); });
    this.list.addEventListener("click", event => {
      const row = event.target.closest("button")?.row;
      if (row) this.open(markOf(row));
    });
  }

  toggle(isOpen = this.panel.hidden) {
    this.panel.hidden = !isOpen;
    this.root.querySelector("[data-act=past]").setAttribute("aria-expanded", isOpen);
    if (isOpen) this.panel.querySelector("[data-text]").focus();
    else this.stop("");
  }

  value(name) {
    const field = this.panel.querySelector(`[data-${name}]`);
    if (!field.value) return null;
    const at = new Date(this.settings().times === "utc" ? `${field.value}Z` : field.value);
    return isNaN(at) ? null : at.toISOString();
  }

  search() {
    this.stop("");
    this.list.replaceChildren();
    this.count = 0;
    const text = this.panel.querySelector("[data-text]").value;
    if (!text) return this.tell("Type what to look for.");
    this.tell("Searching on the server");
    this.panel.querySelector("[data-stop]").hidden = false;
    this.running = this.feed.search(text, this.panel.querySelector("[data-regex]").checked, this.value("from"), this.value("to"), found => this.take(found), problem => this.end(problem));
  }

  take(found) {
    if (found.problem) return this.stop(found.problem);
    for (const row of rowsOf(found.lines)) {
      this.count++;
      if (this.list.children.length >= mostShown) continue;
      const item = document.createElement("button");
      item.type = "button";
      item.row = row;
      const when = document.createElement("span");
      when.className = "when";
      when.textContent = `${clock(row.time, this.settings().times === "utc" ? "utc" : "local", true)} ${row.service}`;
      const what = document.createElement("span");
      what.textContent = plain(row.text);
      item.append(when, what);
      this.list.append(item);
    }
    const seen = `${number.format(this.count)} found in ${number.format(found.scanned)} lines.`;
    this.tell(found.end ? `${seen} ${found.end}` : seen);
    if (found.end) this.end(null);
  }

  end(problem) {
    this.running = null;
    this.panel.querySelector("[data-stop]").hidden = true;
    if (problem) this.tell(problem);
  }

  stop(word) {
    this.running?.dispose();
    this.end(word || null);
  }

  tell(word) { this.word.textContent = word; }

  saveAddress() {
    const query = new URLSearchParams();
    for (const name of ["from", "to"]) if (this.value(name)) query.set(name, this.value(name));
    return `${this.address}?${query}`;
  }

  dispose() { this.running?.dispose(); }
}
