// A page whose very first connection fails is not tried again by the framework, and would stay an empty frame for ever: it is loaded once more instead.
const patience = 15000;

function look() {
  // The desktop, or what stands in a window of its own.
  if (document.querySelector(".desktop, main.window")) return;
  if (document.visibilityState === "visible" && navigator.onLine) location.reload();
  else setTimeout(look, patience);
}

setTimeout(look, patience);
