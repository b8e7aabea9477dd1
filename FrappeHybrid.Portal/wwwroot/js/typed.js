// What somebody has typed survives a page that must be loaded again: fields that were really typed in are kept in this browser tab, and filled again when they are there.
// Passwords and files are never kept.
const store = "frappe-hybrid.typed";
const patience = 60000;
const typed = new Set();

const isKept = field => field.matches?.("input, textarea, select") && !["password", "file", "hidden", "search"].includes(field.type) && field.autocomplete !== "one-time-code" && !field.closest("[data-not-kept]");

// Which field it is, by what stays the same over a reload.
function nameOf(field) {
  if (field.id) return `#${field.id}`;
  const alike = [...document.querySelectorAll(field.tagName)].filter(other => !other.id && other.name === field.name && other.type === field.type && other.getAttribute("aria-label") === field.getAttribute("aria-label"));
  return `${field.tagName}|${field.name}|${field.type}|${field.getAttribute("aria-label") ?? ""}|${alike.indexOf(field)}`;
}

document.addEventListener("input", event => { if (event.isTrusted && isKept(event.target)) typed.add(event.target); }, true);

// What was sent needs not be kept.
document.addEventListener("submit", event => { for (const field of [...typed]) if (event.target.contains(field)) typed.delete(field); }, true);

export function keepTyped() {
  const fields = [...typed].filter(field => field.isConnected).map(field => ({ name: nameOf(field), value: field.type === "checkbox" || field.type === "radio" ? field.checked : field.value }));
  try {
    if (fields.length > 0) sessionStorage.setItem(store, JSON.stringify({ page: location.pathname, fields }));
  } catch { /* private mode */ }
}

export function putTypedBack() {
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(store) ?? "null");
    sessionStorage.removeItem(store);
  } catch { return; }
  if (!kept || kept.page !== location.pathname) return;
  const waiting = new Map(kept.fields.map(field => [field.name, field.value]));
  const fill = () => {
    for (const field of document.querySelectorAll("input, textarea, select")) {
      const name = isKept(field) && !field.disabled ? nameOf(field) : null;
      if (name === null || !waiting.has(name)) continue;
      const value = waiting.get(name);
      waiting.delete(name);
      if (typed.has(field)) continue;
      if (typeof value === "boolean") {
        if (field.checked !== value) field.click();
        continue;
      }
      field.value = value;
      typed.add(field);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (waiting.size === 0) observer.disconnect();
  };
  const observer = new MutationObserver(fill);
  observer.observe(document.body, { subtree: true, childList: true });
  setTimeout(() => observer.disconnect(), patience);
  fill();
}
