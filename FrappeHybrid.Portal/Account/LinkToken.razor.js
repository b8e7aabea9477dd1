// The token is in the address's fragment, which browsers never send: no log on the way holds it. It leaves the address bar at once.
const form = document.querySelector("form[data-link]");
const token = decodeURIComponent(location.hash.slice(1));
history.replaceState(null, "", location.pathname + location.search);
if (form) {
  const field = form.elements["Input.Token"];
  if (token) field.value = token;
  if (!field.value) {
    form.hidden = true;
    document.querySelector("[data-link-missing]").hidden = false;
  }
}
