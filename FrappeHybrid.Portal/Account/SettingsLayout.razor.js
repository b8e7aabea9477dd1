// On a narrow screen the strip of parts is longer than the screen: the chosen one is brought into sight.
document.querySelector(".sections .here")?.scrollIntoView({ inline: "center", block: "nearest" });

// Recovery codes: to the clipboard, and to a file.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.querySelector(button.dataset.copy).innerText.trim();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without https the clipboard is closed to scripts; a selected field still copies.
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.querySelector("span").textContent = "Copied";
  });
}
