// The token is in the address's fragment, which browsers never send: no log on the way holds it. It leaves the address bar before it is posted, and is kept in this
// tab alone, for the way over the sign-in and back.
const key = "frappe-hybrid.invitation";
const form = document.querySelector("form[data-invitation]");
const stage = form?.dataset.invitation;
const token = decodeURIComponent(location.hash.slice(1)) || sessionStorage.getItem(key);
history.replaceState(null, "", location.pathname);
if (stage === "look" && token) {
  sessionStorage.setItem(key, token);
  form.elements["Input.Token"].value = token;
  form.submit();
} else if (stage === "look") {
  location.replace("/account/invitation?problem=missing");
} else if (stage === "ended") {
  sessionStorage.removeItem(key);
}
