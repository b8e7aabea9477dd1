// The bar above the lines: what its fields and buttons do.
import { clock, matcher } from "./text.js";
import { Rows } from "./rows.js";

const ranks = { "": [], error: ["error"], warn: ["error", "warn"], info: ["error", "warn", "info"] };
const zones = { off: "local", local: "utc", utc: "off" };
const zoneWords = { off: "Times off", local: "Local time", utc: "UTC" };
const number = new Intl.NumberFormat("en");

export class Tools {
  constructor(view) {
    this.view = view;
    const acts = {
      follow: () => view.follow(!view.screen.isFollowing), pause: () => view.pause(!view.isPaused), clear: () => view.empty(), wrap: () => view.change("wrap", !view.settings.wrap),
      times: () => view.change("times", zones[view.settings.times]), colours: () => view.change("colours", !view.settings.colours), copy: () => this.copyShown(), save: () => this.save(), past: () => view.past.toggle(),
      previous: () => this.step(-1), next: () => this.step(1), link: () => { const row = view.chosen ?? view.rows.view.findLast(each => !each.isNotice); if (row) view.linkTo(row); },
    };
    for (const [act, run] of Object.entries(acts)) view.root.querySelector(`[data-act="${act}"]`).addEventListener("click", run);
    for (const name of ["filter", "filter-regex", "level", "context"]) this.field(name).addEventListener(name === "filter" ? "input" : "change", () => this.filter());
    this.field("search").addEventListener("input", () => this.find());
    this.field("search").addEventListener("keydown", event => {
      if (event.key === "Enter") { event.preventDefault(); this.step(event.shiftKey ? 1 : -1); }
      if (event.key === "Escape") { this.field("search").value = ""; this.find(); view.screenElement.focus(); }
    });
    view.root.addEventListener("keydown", event => this.key(event));
    view.screenElement.addEventListener("click", event => {
      // Left of the line, where its sign shows.
      const row = event.target.classList.contains("row") && event.offsetX < 20 ? event.target.row : null;
      if (row && !row.isNotice) view.linkTo(row);
    });
  }

  field(name) { return this.view.root.querySelector(`[data-${name}]`); }

  press(act, isOn) { this.view.root.querySelector(`[data-act="${act}"]`).setAttribute("aria-pressed", isOn); }

  /** Shows the settings on the buttons, and what they do. */
  apply() {
    const { settings, root, screen } = this.view;
    this.press("wrap", settings.wrap);
    this.press("colours", settings.colours);
    this.press("times", settings.times !== "off");
    root.querySelector("[data-act=times] span").textContent = zoneWords[settings.times];
    root.classList.toggle("timed", settings.times !== "off");
    if (screen.isWrapped !== settings.wrap || !screen.isReady) { screen.isReady = true; screen.wrap(settings.wrap); }
    this.field("context").value = String(settings.context);
  }

  filter() {
    const view = this.view, text = this.field("filter");
    const context = Number(this.field("context").value) || 0;
    if (context !== view.settings.context) {
      view.settings.context = context;
      view.keep();
    }
    const wrong = view.rows.setFilter({ text: text.value, isRegex: this.field("filter-regex").checked, levels: ranks[this.field("level").value] ?? [], context: view.settings.context });
    text.setAttribute("aria-invalid", Boolean(wrong));
    text.title = wrong ? "This is no regular expression." : "";
    if (!wrong) { view.refresh(); this.count(); }
  }

  clearFilter() {
    if (!this.view.rows.isFiltered) return;
    this.field("filter").value = "";
    this.field("level").value = "";
    this.filter();
  }

  find() {
    const view = this.view, found = matcher(this.field("search").value, false);
    view.search = found;
    this.at = -1;
    this.count();
    view.screen.refill();
    if (found && this.hits.length) this.step(-1);
  }

  count() {
    const { search, rows } = this.view;
    this.hits = search ? rows.view.filter(row => !row.isNotice && search.test(Rows.plain(row))) : [];
    this.showCount();
  }

  countSoon() {
    this.counting ??= setTimeout(() => { this.counting = null; this.count(); }, 300);
  }

  showCount() {
    const at = this.hits.indexOf(this.view.chosen);
    this.field("count").textContent = !this.view.search ? "" : !this.hits.length ? "None" : at >= 0 ? `${number.format(at + 1)} of ${number.format(this.hits.length)}` : number.format(this.hits.length);
  }

  step(direction) {
    if (!this.view.search) return;
    this.count();
    if (!this.hits.length) return;
    const at = this.hits.indexOf(this.view.chosen);
    const next = at < 0 ? direction < 0 ? this.hits.length - 1 : 0 : (at + direction + this.hits.length) % this.hits.length;
    this.view.choose(this.hits[next]);
    this.showCount();
  }

  key(event) {
    const { root, screenElement } = this.view;
    if (event.ctrlKey && event.key === "f") {
      event.preventDefault();
      this.field("search").focus();
      this.field("search").select();
    } else if (event.key === "F3") {
      event.preventDefault();
      this.step(event.shiftKey ? 1 : -1);
    } else if (event.key === "End" && root.contains(event.target) && event.target === screenElement) {
      event.preventDefault();
      this.view.follow(true);
    }
  }

  shownText() {
    const zone = this.view.settings.times;
    return this.view.rows.view.map(row => [row.isNotice ? "" : clock(row.time, zone, true), row.service, Rows.plain(row)].filter(Boolean).join(" ")).join("\n") + "\n";
  }

  copyShown() {
    const chosen = getSelection();
    const isOurs = chosen && !chosen.isCollapsed && this.view.screenElement.contains(chosen.anchorNode);
    this.copy(isOurs ? chosen.toString() : this.shownText(), "Copied");
  }

  async copy(text, word) {
    const said = this.field("said");
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = word;
    } catch {
      said.textContent = "The browser does not let it be copied";
    }
    clearTimeout(this.saying);
    this.saying = setTimeout(() => { said.textContent = ""; }, 2500);
  }

  save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.shownText()], { type: "text/plain" }));
    link.download = this.view.options.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  dispose() {
    clearTimeout(this.counting);
    clearTimeout(this.saying);
  }
}
