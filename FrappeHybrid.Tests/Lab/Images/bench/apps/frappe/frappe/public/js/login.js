document.getElementById("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await fetch("/api/method/login", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
  if (answer.ok) location.href = (await answer.json()).home_page;
  else document.querySelector(".problem").hidden = false;
});
