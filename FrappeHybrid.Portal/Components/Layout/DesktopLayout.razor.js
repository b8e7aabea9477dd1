// The desktop's manners: panes keep their sizes, keys become commands, open tabs are remembered for this browser tab.
const sizes = {
  explorer: { property: "--explorer", key: "frappe-hybrid.explorer", standard: 272, least: 200, most: () => 480, at: (event, box) => event.clientX - box.left },
  dock: { property: "--dock", key: "frappe-hybrid.dock", standard: 260, least: 120, most: () => innerHeight / 2, at: (event, box) => box.bottom - 24 - event.clientY },
};
const session = "frappe-hybrid.workspace";
const zone = "frappe-hybrid.time-zone";
let desktop;

const storage = {
  get(store, key) { try { return store.getItem(key); } catch { return null; } },
  set(store, key, value) { try { store.setItem(key, value); } catch { /* private mode */ } },
};

function setSize(name, pixels) {
  const size = sizes[name];
  const kept = Math.round(Math.max(size.least, Math.min(size.most(), pixels)));
  desktop.style.setProperty(size.property, `${kept}px`);
  storage.set(localStorage, size.key, kept);
  const bar = desktop.querySelector(`[data-splitter="${name}"]`);
  for (const [attribute, value] of [["aria-valuemin", size.least], ["aria-valuemax", Math.round(size.most())], ["aria-valuenow", kept]]) bar.setAttribute(attribute, value);
  return kept;
}

function startSplitters() {
  for (const [name, size] of Object.entries(sizes)) {
    let now = setSize(name, Number(storage.get(localStorage, size.key)) || size.standard);
    const bar = desktop.querySelector(`[data-splitter="${name}"]`);
    bar.addEventListener("pointerdown", event => {
      bar.setPointerCapture(event.pointerId);
      bar.classList.add("moving");
    });
    bar.addEventListener("pointermove", event => {
      if (bar.hasPointerCapture(event.pointerId)) now = setSize(name, size.at(event, desktop.getBoundingClientRect()));
    });
    bar.addEventListener("pointerup", () => bar.classList.remove("moving"));
    bar.addEventListener("dblclick", () => { now = setSize(name, size.standard); });
    bar.addEventListener("keydown", event => {
      const step = { ArrowLeft: -16, ArrowRight: 16, ArrowUp: 16, ArrowDown: -16 }[event.key];
      if (step) { now = setSize(name, now + step); event.preventDefault(); }
    });
  }
}

let early = null;

// What was typed between Ctrl+K and the palette being there.
export function takeEarly() {
  const keys = early?.keys ?? [];
  early = null;
  return keys;
}

function startKeys(listener, shortcuts) {
  const commands = new Map(shortcuts);
  let first = null, forget = 0;
  document.addEventListener("keydown", event => {
    const isMod = event.ctrlKey || event.metaKey;
    const isPlain = !isMod && !event.altKey;
    // Who types faster than the palette opens types into it all the same.
    if (early && !early.isOver && isPlain && (event.key.length === 1 || ["Enter", "Escape", "ArrowDown", "ArrowUp"].includes(event.key))) {
      early.keys.push(event.key);
      early.isOver = event.key === "Enter" || event.key === "Escape";
      event.preventDefault();
      return;
    }
    // Letters belong to whoever types them: a field, a terminal, the tree's search by first letters.
    if (isPlain && event.target.closest?.("input, textarea, select, [contenteditable], .xterm, [role=tree], [role=menu]")) return;
    if (isPlain && document.querySelector(".rz-dialog, dialog[open], .palette")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const pressed = isMod ? `mod+${key}` : event.altKey ? `alt+${key}` : first ? `${first} ${key}` : key;
    clearTimeout(forget);
    first = null;
    if (commands.has(pressed)) {
      event.preventDefault();
      if (commands.get(pressed) === "palette" && !document.querySelector(".palette")) {
        early = { keys: [], isOver: false };
        setTimeout(takeEarly, 5000);
      }
      listener.invokeMethodAsync("OnCommandAsync", commands.get(pressed));
    } else if (isPlain && shortcuts.some(([keys]) => keys.startsWith(`${key} `))) {
      first = key;
      forget = setTimeout(() => { first = null; }, 1200);
    }
  });
  // A menu under "More" closes like any other menu.
  document.addEventListener("click", event => {
    for (const open of document.querySelectorAll("details.more[open]"))
      if (!open.contains(event.target) || (event.target.closest(".menu") && !event.target.closest("[data-stays]"))) open.open = false;
  });
}

// The middle button closes a tab of the strip or of the dock, as in any desktop, and opens no window of the browser.
function startMiddleButton() {
  const tabOf = event => event.button === 1 ? event.target.closest?.(".tab, .ear") : null;
  document.addEventListener("mousedown", event => { if (tabOf(event)) event.preventDefault(); });
  document.addEventListener("auxclick", event => {
    const tab = tabOf(event);
    if (!tab) return;
    event.preventDefault();
    tab.querySelector("button.close")?.click();
  });
}

// What somebody types in stays open: its tab is no preview any more.
function startTyping(listener) {
  let kept = null;
  desktop.querySelector(".content").addEventListener("input", event => {
    if (!event.isTrusted || event.target.matches?.("[type=search], [type=checkbox]") || kept === location.pathname) return;
    kept = location.pathname;
    listener.invokeMethodAsync("OnTyped");
  });
}

export function start(element, listener, shortcuts) {
  desktop = element;
  if (storage.get(localStorage, "frappe-hybrid.explorer-hidden")) hideExplorer(true);
  startSplitters();
  startKeys(listener, shortcuts);
  startMiddleButton();
  startTyping(listener);
  return {
    workspace: storage.get(sessionStorage, session),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? null,
    isUtc: storage.get(localStorage, zone) === "utc",
  };
}

export function store(workspace) { storage.set(sessionStorage, session, workspace); }

export function keepZone(isUtc) { storage.set(localStorage, zone, isUtc ? "utc" : "home"); }

export function run(command) {
  if (command === "theme") document.dispatchEvent(new CustomEvent("frappe-hybrid.theme"));
  else if (command === "filter-explorer") showFilter();
  else if (command === "explorer") hideExplorer(desktop.dataset.explorer !== "hidden");
}

function hideExplorer(isHidden) {
  // Not a class: those are Blazor's to set.
  desktop.dataset.explorer = isHidden ? "hidden" : "";
  storage.set(localStorage, "frappe-hybrid.explorer-hidden", isHidden ? "1" : "");
}

function showFilter() {
  hideExplorer(false);
  document.getElementById("explorer-filter")?.focus();
}
