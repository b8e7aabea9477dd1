// The desktop's manners: panes keep their sizes, keys become commands, open tabs are remembered for this browser tab.
const sizes = {
  explorer: { property: "--explorer", key: "frappe-hybrid.explorer", standard: 272, least: 200, most: () => 480, at: (event, box) => event.clientX - box.left },
  dock: { property: "--dock", key: "frappe-hybrid.dock", standard: 260, least: 120, most: () => innerHeight / 2, at: (event, box) => box.bottom - 24 - event.clientY },
};
const session = "frappe-hybrid.workspace";
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

function startKeys(listener, shortcuts) {
  const commands = new Map(shortcuts);
  let first = null, forget = 0;
  document.addEventListener("keydown", event => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable], .xterm");
    const isMod = event.ctrlKey || event.metaKey;
    if (event.altKey || (isTyping && !isMod) || document.querySelector(".rz-dialog, dialog[open]") && !isMod) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const pressed = isMod ? `mod+${key}` : first ? `${first} ${key}` : key;
    clearTimeout(forget);
    first = null;
    if (commands.has(pressed)) {
      event.preventDefault();
      const command = commands.get(pressed);
      if (command === "theme") document.dispatchEvent(new CustomEvent("frappe-hybrid.theme"));
      else listener.invokeMethodAsync("OnCommandAsync", command);
    } else if (!isMod && shortcuts.some(([keys]) => keys.startsWith(`${key} `))) {
      first = key;
      forget = setTimeout(() => { first = null; }, 1200);
    }
  });
  // A menu under "More" closes like any other menu.
  document.addEventListener("click", event => {
    for (const open of document.querySelectorAll("details.more[open]"))
      if (!open.contains(event.target) || event.target.closest(".menu")) open.open = false;
  });
}

export function start(element, listener, shortcuts) {
  desktop = element;
  if (storage.get(localStorage, "frappe-hybrid.explorer-hidden")) desktop.classList.add("explorer-hidden");
  startSplitters();
  startKeys(listener, shortcuts);
  return storage.get(sessionStorage, session);
}

export function store(workspace) { storage.set(sessionStorage, session, workspace); }

export function toggleExplorer() {
  const isHidden = desktop.classList.toggle("explorer-hidden");
  storage.set(localStorage, "frappe-hybrid.explorer-hidden", isHidden ? "1" : "");
}
