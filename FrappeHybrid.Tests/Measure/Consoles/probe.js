// Watches a console as its reader does: every line that arrives is counted, every frame looks at the last line that is painted.
(() => {
  const probe = window.probe = { lines: 0, lost: 0, doubled: 0, skipped: 0, last: -1, painted: [], longest: 0, frames: 0, began: performance.now() };
  const number = text => { const match = /^w (\d+) (\d+)$/.exec(text); return match ? [Number(match[1]), Number(match[2])] : null; };
  const tap = message => {
    probe.skipped += message.skipped ?? 0;
    for (const text of message.lines?.texts ?? []) {
      const found = number(text);
      if (!found) continue;
      probe.lines++;
      if (probe.last >= 0) {
        if (found[1] > probe.last + 1) probe.lost += found[1] - probe.last - 1;
        if (found[1] <= probe.last) probe.doubled++;
      }
      probe.last = Math.max(probe.last, found[1]);
    }
  };
  probe.reset = () => Object.assign(probe, { lines: 0, lost: 0, doubled: 0, skipped: 0, last: -1, painted: [], longest: 0, frames: 0, began: performance.now() });
  const timer = setInterval(() => {
    if (!window.signalR) return;
    clearInterval(timer);
    const stream = signalR.HubConnection.prototype.stream;
    signalR.HubConnection.prototype.stream = function (name, ...rest) {
      const result = stream.call(this, name, ...rest);
      if (name !== "Watch") return result;
      const subscribe = result.subscribe.bind(result);
      result.subscribe = watcher => subscribe({ ...watcher, next: message => { tap(message); watcher.next(message); } });
      return result;
    };
  }, 1);
  let before = performance.now(), seen = -1;
  const frame = () => {
    const now = performance.now();
    probe.longest = Math.max(probe.longest, now - before);
    probe.frames++;
    before = now;
    // After this frame was drawn.
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      let newest = null;
      for (const row of document.querySelectorAll(".screen .row")) {
        if (row.hidden) continue;
        const found = number(row.querySelector(".what")?.textContent ?? "");
        if (found && (!newest || found[1] > newest[1])) newest = found;
      }
      if (newest && newest[1] !== seen) {
        seen = newest[1];
        probe.painted.push(Date.now() - newest[0]);
      }
    };
    channel.port2.postMessage(0);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})();
