// The field has the focus as soon as the palette is in the page, with what was typed meanwhile, and whatever had the focus before gets it back. The line that is chosen stays
// in sight.
import { takeEarly } from "./DesktopLayout.razor.js";

let before = null;

function open(dialog) {
  const field = dialog.querySelector("input");
  before = document.activeElement;
  field.focus();
  dialog.addEventListener("keydown", event => {
    if (event.key === "Tab" || event.key === "ArrowUp" || event.key === "ArrowDown") event.preventDefault();
  });
  new MutationObserver(() => dialog.querySelector("li.here")?.scrollIntoView({ block: "nearest" })).observe(dialog, { subtree: true, attributes: true, attributeFilter: ["class"] });
  const early = takeEarly();
  const text = early.filter(key => key.length === 1).join("");
  if (text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const key of early.filter(key => key.length > 1)) field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

function close() {
  if (before?.isConnected) before.focus();
  before = null;
}

export function start(host) {
  if (!host) return;
  let shown = null;
  const look = () => {
    const dialog = host.querySelector(".palette");
    if (dialog === shown) return;
    shown = dialog;
    if (dialog) open(dialog);
    else close();
  };
  new MutationObserver(look).observe(host, { childList: true, subtree: true });
  look();
}
