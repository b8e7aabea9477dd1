// Blazor sets classes on the element with this id and nothing else; the rest is ours: show it, keep asking, reload when the portal answers with another circuit.
const dialog = document.getElementById("components-reconnect-modal");
const state = dialog.querySelector("[data-reconnect-state]");
let asking = null;

async function askUntilAnswered() {
  for (let wait = 1000; ; wait = Math.min(wait * 1.5, 10000)) {
    await new Promise(resolve => setTimeout(resolve, wait));
    try {
      const answer = await fetch("/healthz", { cache: "no-store" });
      if (answer.ok) {
        state.textContent = "The portal answers. Loading the page again …";
        location.reload();
        return;
      }
    } catch { /* still away */ }
    state.textContent = "No answer yet. Trying again …";
  }
}

function look() {
  const has = name => dialog.classList.contains(`components-reconnect-${name}`);
  if (has("rejected")) {
    location.reload();
  } else if (has("show") || has("failed")) {
    if (!dialog.open) dialog.showModal();
    if (has("failed")) asking ??= askUntilAnswered();
  } else if (dialog.open) {
    dialog.close();
  }
}

new MutationObserver(look).observe(dialog, { attributes: true, attributeFilter: ["class"] });
dialog.addEventListener("cancel", event => event.preventDefault());
