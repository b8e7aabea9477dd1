// Blazor sets classes on the element with this id and nothing else; the rest is ours: a strip that leaves the page readable, asking until the portal answers, and then
// either the same circuit again or a new page with everything in it that was typed.
import { keepTyped, putTypedBack } from "/js/typed.js";

const strip = document.getElementById("components-reconnect-modal");
const state = strip.querySelector("[data-reconnect-state]");
let asking = false;

function leave() {
  state.textContent = "The portal answers. Loading the page again …";
  keepTyped();
  location.reload();
}

async function askUntilAnswered() {
  if (asking) return;
  asking = true;
  let times = 0;
  for (let wait = 500; has("show") || has("failed"); wait = Math.min(wait * 1.5, 5000)) {
    await new Promise(resolve => setTimeout(resolve, wait));
    if (!(has("show") || has("failed"))) break;
    try {
      const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(10000) });
      if (!answer.ok) continue;
      // The portal is there: if it still has this page's circuit, nothing was lost at all.
      const isBack = await Promise.race([window.Blazor?.reconnect?.(), new Promise(resolve => setTimeout(resolve, 10000))]);

      // Back, and yet the strip stays: the framework's own attempt and this one have crossed, and nothing would take the strip away any more.
      if (isBack !== true || ++times > 1) {
        leave();
        break;
      }
    } catch { state.textContent = "No answer yet. Trying again …"; }
  }
  asking = false;
}

function has(name) { return strip.classList.contains(`components-reconnect-${name}`); }

function look() {
  if (has("rejected")) {
    leave();
    return;
  }
  const isAway = has("show") || has("failed");
  if (strip.classList.contains("on") !== isAway) strip.classList.toggle("on", isAway);
  if (isAway) askUntilAnswered();
  else state.textContent = "Trying again …";
}

new MutationObserver(look).observe(strip, { attributes: true, attributeFilter: ["class"] });
putTypedBack();
