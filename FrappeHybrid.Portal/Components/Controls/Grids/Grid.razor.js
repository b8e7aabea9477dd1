// The list's own keys do not scroll the page; rows that come into sight are asked for; what is shown is saved as a file.
const keys = new Set(["ArrowDown", "ArrowUp", "Home", "End", "PageUp", "PageDown", " ", "Enter", "ContextMenu"]);
const watched = new WeakMap();

export function start(box, listener) {
  const table = box?.querySelector("table");
  if (!table) return;
  table.addEventListener("keydown", event => {
    if (event.target !== table) return;
    if (keys.has(event.key) || (event.key === "F10" && event.shiftKey) || (event.key === "a" && (event.ctrlKey || event.metaKey))) event.preventDefault();
  });
  // Shift and a click selects rows, not words.
  table.addEventListener("mousedown", event => { if (event.shiftKey) event.preventDefault(); });
  const look = () => lookAt(box, table.tBodies[0], listener);
  box.addEventListener("scroll", look, { passive: true });
  const sizes = new ResizeObserver(look);
  sizes.observe(box);
  // A filter, another order, fewer rows: the window may look at rows that are not drawn.
  const drawn = new MutationObserver(look);
  drawn.observe(table.tBodies[0], { attributes: true });
  watched.set(box, () => { sizes.disconnect(); drawn.disconnect(); });
}

// Where the window of the list stands, when it looks at rows that are not drawn: once a frame, and the last place wins.
function lookAt(box, body, listener) {
  if (box.dataset.looking) return;
  box.dataset.looking = "1";
  requestAnimationFrame(async () => {
    delete box.dataset.looking;
    const [from, drawn, rows] = [body.dataset.from, body.dataset.drawn, body.dataset.rows].map(Number);
    if (!drawn) return;
    const shown = body.querySelectorAll(":scope > tr:not(.unseen)");
    const top = shown[0].getBoundingClientRect().top, bottom = shown[shown.length - 1].getBoundingClientRect().bottom;
    const height = (bottom - top) / shown.length;
    box.style.setProperty("--row-height", `${height}px`);
    const seen = box.getBoundingClientRect();
    // Half a window ahead, so that calm scrolling never meets an empty place.
    const ahead = seen.height / 2;
    const isShort = (from > 0 && top > seen.top - ahead) || (from + drawn < rows && bottom < seen.bottom + ahead);
    if (!isShort) return;
    const first = Math.max(0, Math.floor(from + (seen.top - top) / height));
    const key = [first, from, drawn, rows, Math.round(seen.height)].join();
    if (box.dataset.asked === key) return;
    box.dataset.asked = key;
    await listener.invokeMethodAsync("OnSight", first, Math.ceil(seen.height / height) + 1);
  });
}

export function stop(box) {
  watched.get(box)?.();
  watched.delete(box);
}

export function reveal(id) {
  document.getElementById(id)?.scrollIntoView({ block: "nearest" });
}

export function placeOf(id) {
  const box = document.getElementById(id)?.getBoundingClientRect();
  return box ? [box.left + 48, box.bottom] : [];
}

export function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
