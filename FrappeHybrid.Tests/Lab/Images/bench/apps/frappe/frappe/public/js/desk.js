document.getElementById("logout").addEventListener("click", async (event) => {
  event.preventDefault();
  await fetch("/api/method/logout", { method: "POST" });
  location.href = "/login";
});
