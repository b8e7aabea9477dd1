// The websocket service: passes what the site publishes in Redis on to the browsers that may see it.
const fs = require("fs");
const http = require("http");
const path = require("path");
const { Server } = require("socket.io");
const Redis = require("ioredis");
const { authenticate, join_rooms } = require("./realtime");

const sites = path.resolve(__dirname, "../../sites");
const config = JSON.parse(fs.readFileSync(path.join(sites, "common_site_config.json"), "utf8"));
const port = Number(process.env.FRAPPE_SOCKETIO_PORT || config.socketio_port || 9000);
const queue = process.env.FRAPPE_REDIS_QUEUE || config.redis_socketio || config.redis_queue;

const server = http.createServer((request, response) => { response.statusCode = 404; response.end(); });
const io = new Server(server, { cors: { origin: true, credentials: true }, cleanupEmptyChildNamespaces: true });

// One namespace a site.
const realtime = io.of(/^\/.*$/);
realtime.use(authenticate);
realtime.on("connection", (socket) => {
  console.log(`${socket.nsp.name.slice(1)}: ${socket.user} connected`);
  join_rooms(socket);
  socket.on("ping", () => socket.emit("pong"));
  socket.on("disconnect", () => console.log(`${socket.nsp.name.slice(1)}: ${socket.user} disconnected`));
});

// No second try: like the real one this process ends with the connection, and whoever runs it starts it anew.
const subscriber = new Redis(queue, { retryStrategy: null, maxRetriesPerRequest: 0 });
const lost = (error) => { console.error(error ? String(error) : "redis_queue closed the connection"); process.exit(1); };
subscriber.on("error", lost);
subscriber.on("end", () => lost());
subscriber.on("message", (_channel, text) => {
  const message = JSON.parse(text);
  const namespace = io.of("/" + (message.namespace || ""));
  if (message.room) namespace.to(message.room).emit(message.event, message.message);
  else namespace.emit(message.event, message.message);
});
subscriber.subscribe("events").then(() => server.listen(port, "0.0.0.0", () => console.log("Realtime service listening on: ", port)), lost);

// As a container's first process it would not hear the signal without a handler of its own.
process.on("SIGTERM", () => process.exit(0));
