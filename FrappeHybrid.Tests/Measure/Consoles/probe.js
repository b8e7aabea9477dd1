// Watches a console as its reader does: every line that arrives is counted; each line counts as painted with the first frame that shows it, or a later one.
(() => {
  const fresh = () => ({ lines: 0, lost: 0, doubled: 0, skipped: 0, painted: {}, longest: 0, frames: 0, over: 0 });
  const probe = window.probe = fresh();
  // Lines that arrived and are not painted yet: [when written, number of the last, how many].
  let waiting = [], last = -1;
  probe.reset = () => { Object.assign(probe, fresh()); waiting = []; last = -1; before = performance.now(); };
  const numbered = text => text.startsWith("w ") && text.length > 16;
  const tap = message => {
    probe.skipped += message.skipped ?? 0;
    let group = null;
    for (const text of message.lines?.texts ?? []) {
      if (!numbered(text)) continue;
      const stamp = +text.slice(2, 15), number = +text.slice(16);
      probe.lines++;
      if (last >= 0) {
        if (number > last + 1) probe.lost += number - last - 1;
        if (number <= last) probe.doubled++;
      }
      last = Math.max(last, number);
      if (group && group[0] === stamp) { group[1] = number; group[2]++; }
      else waiting.push(group = [stamp, number, 1]);
    }
  };
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
  let before = performance.now();
  const channel = new MessageChannel();
  // After this frame was drawn.
  channel.port1.onmessage = () => {
    if (!waiting.length) return;
    let newest = -1;
    for (const row of document.querySelectorAll(".screen .row")) {
      const text = row.lastElementChild?.textContent ?? "";
      if (numbered(text)) newest = Math.max(newest, +text.slice(16));
    }
    const now = Date.now();
    let at = 0;
    for (; at < waiting.length && waiting[at][1] <= newest; at++) {
      const late = now - waiting[at][0];
      probe.painted[late] = (probe.painted[late] ?? 0) + waiting[at][2];
    }
    if (at) waiting.splice(0, at);
  };
  const frame = () => {
    const now = performance.now();
    probe.longest = Math.max(probe.longest, now - before);
    if (now - before > 100) probe.over++;
    probe.frames++;
    before = now;
    channel.port2.postMessage(0);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})();
