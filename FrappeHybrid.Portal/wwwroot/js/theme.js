// Runs before the first paint, so that a remembered theme never flashes. "system" leaves the choice to prefers-color-scheme.
(() => {
  const key = "frappe-hybrid.theme";
  const order = ["system", "light", "dark"];
  const read = () => { try { return localStorage.getItem(key) ?? "system"; } catch { return "system"; } };
  const apply = theme => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  apply(read());
  const next = () => {
    const theme = order[(order.indexOf(read()) + 1) % order.length];
    try { localStorage.setItem(key, theme); } catch { /* private mode: the choice lasts until the page is left */ }
    apply(theme);
    label();
  };
  const label = () => document.querySelectorAll("[data-theme-switch]").forEach(button => {
    const theme = read();
    button.title = `Theme: ${theme}`;
    button.setAttribute("aria-label", button.title);
    button.dataset.themeSwitch = theme;
  });
  document.addEventListener("click", event => { if (event.target.closest?.("[data-theme-switch]")) next(); });
  document.addEventListener("frappe-hybrid.theme", next);
  window.addEventListener("storage", event => { if (event.key === key) { apply(read()); label(); } });
  document.addEventListener("DOMContentLoaded", label);
})();
