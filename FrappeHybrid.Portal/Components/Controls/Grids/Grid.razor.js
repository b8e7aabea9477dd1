// The list's own keys do not scroll the page; its end coming into sight draws more; what is shown is saved as a file.
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
  const observer = new IntersectionObserver(entries => {
    if (entries.some(entry => entry.isIntersecting)) listener.invokeMethodAsync("OnEnd");
  }, { root: box, rootMargin: "600px" });
  observer.observe(box.querySelector(".end"));
  watched.set(box, observer);
}

export function stop(box) {
  watched.get(box)?.disconnect();
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
