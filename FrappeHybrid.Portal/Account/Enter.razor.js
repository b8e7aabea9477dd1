// The token is in the address's fragment, which browsers never send: no log on the way holds it. It leaves the address bar before it is posted.
const form = document.querySelector("form[data-enter]");
const token = decodeURIComponent(location.hash.slice(1));
history.replaceState(null, "", location.pathname + location.search);
if (form && token) {
  form.elements.token.value = token;
  form.submit();
} else {
  location.replace("/account/enter?problem=missing");
}
