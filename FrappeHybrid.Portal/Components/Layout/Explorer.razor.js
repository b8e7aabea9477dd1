// The tree's own keys do not scroll the page; the line that the keys are at comes into sight, drawn or not: all lines are equally high.
const height = 26;
const padding = 6;
const keys = new Set(["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", " ", "Enter", "ContextMenu"]);

export function start(tree) {
  tree?.addEventListener("keydown", event => {
    if (keys.has(event.key) || (event.key === "F10" && event.shiftKey)) event.preventDefault();
  });
}

export function reveal(tree, index) {
  const top = padding + index * height;
  if (top < tree.scrollTop) tree.scrollTop = top - padding;
  else if (top + height > tree.scrollTop + tree.clientHeight) tree.scrollTop = top + height + padding - tree.clientHeight;
}

export function placeOf(id) {
  const box = document.getElementById(id)?.getBoundingClientRect();
  return box ? [box.left + 24, box.bottom] : [];
}
