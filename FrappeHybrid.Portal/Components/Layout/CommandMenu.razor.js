// A menu stays inside the window, has the focus while it is open and gives it back; arrows, Home, End and first letters walk it.
let before = null;

export function open(menu) {
  if (!menu) return;
  before = document.activeElement;
  const box = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(4, Math.min(box.left, innerWidth - box.width - 4))}px`;
  menu.style.top = `${Math.max(4, Math.min(box.top, innerHeight - box.height - 4))}px`;
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  items[0]?.focus();
  menu.addEventListener("keydown", event => {
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      items[to].focus();
      event.preventDefault();
    } else if (event.key === "Tab") {
      event.preventDefault();
    } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) {
      const letter = event.key.toLowerCase();
      const from = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      from.find(item => item.textContent.trim().toLowerCase().startsWith(letter))?.focus();
    }
  });
}

export function close() {
  if (before?.isConnected) before.focus();
  before = null;
}
