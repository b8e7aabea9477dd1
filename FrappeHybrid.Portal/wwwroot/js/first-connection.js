// A page whose very first connection fails is not tried again by the framework, and would stay an empty frame for ever: it is loaded once more instead.
const patience = 15000;

function look() {
  if (document.querySelector(".desktop")) return;
  if (document.visibilityState === "visible" && navigator.onLine) location.reload();
  else setTimeout(look, patience);
}

setTimeout(look, patience);
