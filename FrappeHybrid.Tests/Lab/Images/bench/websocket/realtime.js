// Who may connect to a site's namespace, and which rooms they hear.
function hostname(url) {
  if (!url) return undefined;
  if (!url.includes("://")) url = "http://" + url;
  try { return new URL(url).hostname; } catch { return undefined; }
}

function site_of(socket) {
  const headers = socket.request.headers;
  return headers["x-frappe-site-name"] || hostname(headers.origin) || hostname(headers.host);
}

function cookie(text, name) {
  const found = (text || "").split(";").map((part) => part.trim()).find((part) => part.startsWith(name + "="));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : undefined;
}

// The site itself says who this is: it is asked through its public address, as a browser would.
async function authenticate(socket, next) {
  const headers = socket.request.headers;
  const namespace = socket.nsp.name.slice(1);
  if (namespace !== site_of(socket)) return next(new Error("Invalid namespace"));
  if (hostname(headers.host) !== hostname(headers.origin)) return next(new Error("Invalid origin"));
  if (!headers.cookie && !headers.authorization) return next(new Error("No authentication method used. Use cookie or authorization header."));
  const sid = cookie(headers.cookie, "sid");
  if (!sid && !headers.authorization) return next(new Error("No authentication method used. Use cookie or authorization header."));

  const credentials = headers.authorization ? { Authorization: headers.authorization } : { Cookie: "sid=" + encodeURIComponent(sid) };
  try {
    const answer = await fetch(headers.origin + "/api/method/frappe.realtime.get_user_info", { headers: credentials });
    if (!answer.ok) return next(new Error(`Unauthorized: ${answer.status} ${answer.statusText}`));
    const { message } = await answer.json();
    socket.user = message.user;
    socket.user_type = message.user_type;
    next();
  } catch (error) {
    const cause = error.cause || error;
    next(new Error(`Unauthorized: ${String(cause)}`));
  }
}

function join_rooms(socket) {
  socket.join("user:" + socket.user);
  socket.join("website");
  if (socket.user_type === "System User") socket.join("all");
  socket.on("task_subscribe", (task) => socket.join("task_progress:" + task));
  socket.on("task_unsubscribe", (task) => socket.leave("task_progress:" + task));
  socket.on("doc_subscribe", (doctype, name) => socket.join(`doc:${doctype}/${name}`));
  socket.on("doc_unsubscribe", (doctype, name) => socket.leave(`doc:${doctype}/${name}`));
}

module.exports = { authenticate, join_rooms };
