// The field has the focus while the palette is open, and whatever had it before gets it back. The line that is chosen stays in sight.
import { takeEarly } from "./DesktopLayout.razor.js";

let before = null;

export function open(dialog, field) {
  if (!dialog || !field) return;
  before = document.activeElement;
  field.focus();
  const typed = takeEarly();
  if (typed) {
    field.value = typed;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  dialog.addEventListener("keydown", event => {
    if (event.key === "Tab" || event.key === "ArrowUp" || event.key === "ArrowDown") event.preventDefault();
  });
  new MutationObserver(() => dialog.querySelector("li.here")?.scrollIntoView({ block: "nearest" })).observe(dialog, { subtree: true, attributes: true, attributeFilter: ["class"] });
}

export function close() {
  if (before?.isConnected) before.focus();
  before = null;
}
