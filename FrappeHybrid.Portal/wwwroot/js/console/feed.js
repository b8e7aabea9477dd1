// The way to the portal. A stream that breaks is begun again from the place that the last message told; one that nobody sees is left, and taken up again there.
export class Feed {
  /** take(message) gets messages; say(state, word) how the connection is. */
  constructor(path, server, source, { take, say }) {
    Object.assign(this, { server, source, take, say });
    this.position = "";
    this.wait = 500;
    this.connection = new signalR.HubConnectionBuilder().withUrl(path).configureLogging(signalR.LogLevel.None).build();
    this.connection.onclose(() => this.again());
  }

  start() {
    this.isWanted = true;
    this.connect();
  }

  /** Nobody looks: nothing more is sent. */
  rest() {
    this.isWanted = false;
    this.stream?.dispose();
    this.stream = null;
  }

  wake() {
    if (this.isWanted || this.isGone) return;
    this.isWanted = true;
    this.connect();
  }

  /** The newest lines, whatever was before. */
  restart() {
    this.position = "";
    this.rest();
    this.wake();
  }

  async connect() {
    clearTimeout(this.timer);
    if (this.isGone || !this.isWanted || this.stream) return;
    try {
      if (this.connection.state === "Disconnected") {
        this.say("connecting", this.position ? "Reconnecting" : "Connecting");
        await this.connection.start();
      }
      if (this.connection.state !== "Connected" || this.stream || !this.isWanted) return;
      const stream = this.stream = this.connection.stream("Watch", this.server, this.source, this.position).subscribe({
        next: message => { if (this.stream === stream) this.next(message); },
        error: () => this.ended(stream),
        complete: () => this.ended(stream),
      });
    } catch {
      this.again();
    }
  }

  next(message) {
    this.problem = message.problem;
    if (message.problem) {
      this.wait = 5000;
    } else {
      this.wait = 500;
      this.position = message.position;
    }
    this.take(message);
  }

  ended(stream) {
    if (this.stream !== stream) return;
    this.stream = null;
    this.again();
  }

  again() {
    this.stream = null;
    if (this.isGone || !this.isWanted) return;
    if (!this.problem) this.say("away", "Reconnecting");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, 10000);
  }

  async page(mark, isAfter, count) {
    if (this.connection.state !== "Connected") return { problem: "The portal is not connected.", isEnd: false };
    try {
      return await this.connection.invoke("Page", this.server, this.source, mark, isAfter, count);
    } catch {
      return { problem: "The portal did not answer.", isEnd: false };
    }
  }

  search(text, isRegex, from, to, next, ended) {
    return this.connection.stream("Search", this.server, this.source, text, isRegex, from, to).subscribe({ next, error: () => ended("The connection to the portal broke."), complete: () => ended(null) });
  }

  dispose() {
    this.isGone = true;
    clearTimeout(this.timer);
    this.stream?.dispose();
    this.connection.stop();
  }
}
