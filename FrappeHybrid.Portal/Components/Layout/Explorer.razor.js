// Arrow keys walk the tree, as in any desktop: up and down over what is shown, left and right fold and unfold.
export function start(tree) {
  // The node of the open page comes into sight, wherever it was opened from.
  let shown = null;
  new MutationObserver(() => {
    const here = [...tree.querySelectorAll(".node.here")].at(-1) ?? null;
    if (here && here !== shown) here.scrollIntoView({ block: "nearest" });
    shown = here;
  }).observe(tree, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
  tree.addEventListener("keydown", event => {
    const items = [...tree.querySelectorAll("[role=treeitem]")];
    const at = items.indexOf(document.activeElement);
    if (at < 0) return;
    const item = items[at];
    const fold = item.parentElement.querySelector("button.fold");
    const isOpen = item.getAttribute("aria-expanded") === "true";
    const go = index => items[Math.max(0, Math.min(items.length - 1, index))].focus();
    const level = Number(item.getAttribute("aria-level"));
    switch (event.key) {
      case "ArrowDown": go(at + 1); break;
      case "ArrowUp": go(at - 1); break;
      case "Home": go(0); break;
      case "End": go(items.length - 1); break;
      case "ArrowRight": if (fold && !isOpen) fold.click(); else if (fold) go(at + 1); break;
      case "ArrowLeft":
        if (fold && isOpen) fold.click();
        else items.slice(0, at).reverse().find(other => Number(other.getAttribute("aria-level")) < level)?.focus();
        break;
      default: return;
    }
    event.preventDefault();
  });
}
