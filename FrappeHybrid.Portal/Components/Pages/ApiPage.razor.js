// Tries endpoints. The token is read from its field when a request is sent and kept nowhere else; cookies are not sent along.
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function read(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  const headers = {};
  let body = null;
  for (const field of form.querySelectorAll("[data-in]")) {
    const value = field.value.trim();
    if (field.dataset.in === "body") body = value;
    else if (field.dataset.in === "path") path = path.replace(`{${field.name}}`, value ? encodeURIComponent(value) : `{${field.name}}`);
    else if (value && field.dataset.in === "query") query.append(field.name, value);
    else if (value && field.dataset.in === "header") headers[field.name] = value;
  }
  if (body !== null) headers["Content-Type"] = "application/json";
  return { method: form.dataset.method, address: path + (query.size ? `?${query}` : ""), headers, body };
}

function showCommand(form) {
  const { method, address, headers, body } = read(form);
  const parts = [`curl -X ${method}`, `-H "Authorization: Bearer $FRAPPE_HYBRID_TOKEN"`];
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body !== null) parts.push(`-d ${quoted(body)}`);
  parts.push(quoted(location.origin + address));
  form.querySelector("[data-curl]").textContent = parts.join(" \\\n  ");
}

async function show(answer) {
  const lines = [`${answer.status} ${answer.statusText}`.trim()];
  for (const name of ["location", "link", "retry-after", "idempotent-replayed"]) {
    if (answer.headers.has(name)) lines.push(`${name}: ${answer.headers.get(name)}`);
  }
  const type = answer.headers.get("content-type") ?? "";
  if (type.includes("json")) {
    lines.push("", JSON.stringify(await answer.json(), null, 2));
  } else if (answer.headers.get("content-length") !== "0" && answer.status !== 204 && type) {
    await answer.body?.cancel();
    lines.push("", `A file of ${answer.headers.get("content-length") ?? "unknown"} bytes: fetch it with the command.`);
  }
  return lines.join("\n");
}

async function send(root, form) {
  const say = form.querySelector("[data-say]");
  const shown = form.querySelector("[data-answer]");
  const token = root.querySelector("#api-token").value.trim();
  if (!token) {
    say.textContent = "Paste a token at the top of the page first.";
    root.querySelector("#api-token").focus();
    return;
  }
  const { method, address, headers, body } = read(form);
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  say.textContent = "Sent, waiting.";
  const began = performance.now();
  try {
    const answer = await fetch(address, { method, body, headers: { ...headers, Authorization: `Bearer ${token}` }, credentials: "omit", cache: "no-store" });
    shown.textContent = await show(answer);
    shown.hidden = false;
    say.textContent = `Answered after ${Math.round(performance.now() - began)} ms.`;
  } catch {
    say.textContent = "No answer: the portal cannot be reached from this browser.";
  } finally {
    button.disabled = false;
  }
}

export function begin(root) {
  root.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-try]")) return;
    event.preventDefault();
    event.stopPropagation();
    send(root, event.target);
  });
  root.addEventListener("input", (event) => {
    const form = event.target.closest("[data-try]");
    if (form) showCommand(form);
  });
  root.addEventListener("focusin", (event) => {
    const form = event.target.closest("[data-try]");
    if (form) showCommand(form);
  });
}

export function end(root) {
  const field = root?.querySelector("#api-token");
  if (field) field.value = "";
}
