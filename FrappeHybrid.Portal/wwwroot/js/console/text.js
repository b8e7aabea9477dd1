// What a line says: its letters, its colours, its level. The portal has taken everything else out that a terminal would obey; here a line only ever becomes text.
const sequence = /\x1b\[([0-9;:]*)m/g;
const names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
const shades = [[59, 66, 82], [255, 123, 114], [76, 195, 138], [232, 163, 61], [110, 160, 255], [199, 146, 234], [92, 207, 230], [215, 220, 228]];

export const plain = text => text.includes("\x1b") ? text.replace(sequence, "") : text;

/** The parts of a line that look alike: [{ text, look }], where look is a list of classes. */
export function parts(text, hasColours) {
  if (!text.includes("\x1b")) return [{ text, look: "" }];
  if (!hasColours) return [{ text: plain(text), look: "" }];
  const found = [];
  const state = { fore: "", back: "", bold: false, dim: false, italic: false, under: false, turned: false };
  let from = 0;
  for (const match of text.matchAll(sequence)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), look: look(state) });
    apply(state, match[1]);
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), look: look(state) });
  return found;
}

function look(state) {
  const [fore, back] = state.turned ? [state.back || "ground", state.fore || "white"] : [state.fore, state.back];
  const classes = [];
  if (fore) classes.push(`ansi-${fore}`);
  if (back) classes.push(`ansi-on-${back}`);
  for (const kind of ["bold", "dim", "italic", "under"]) if (state[kind]) classes.push(`ansi-${kind}`);
  return classes.join(" ");
}

function apply(state, codes) {
  const list = codes.split(/[;:]/).map(code => code === "" ? 0 : Number(code));
  for (let at = 0; at < list.length; at++) {
    const code = list[at];
    if (code === 0) Object.assign(state, { fore: "", back: "", bold: false, dim: false, italic: false, under: false, turned: false });
    else if (code === 1) state.bold = true;
    else if (code === 2) state.dim = true;
    else if (code === 3) state.italic = true;
    else if (code === 4) state.under = true;
    else if (code === 7) state.turned = true;
    else if (code === 22) state.bold = state.dim = false;
    else if (code === 23) state.italic = false;
    else if (code === 24) state.under = false;
    else if (code === 27) state.turned = false;
    else if (code >= 30 && code <= 37 || code >= 90 && code <= 97) state.fore = names[code % 10];
    else if (code >= 40 && code <= 47 || code >= 100 && code <= 107) state.back = names[code % 10];
    else if (code === 39) state.fore = "";
    else if (code === 49) state.back = "";
    else if (code === 38 || code === 48) {
      const isShort = list[at + 1] === 5;
      const colour = isShort ? ofTable(list[at + 2]) : nearest(list[at + 2], list[at + 3], list[at + 4]);
      if (code === 38) state.fore = colour; else state.back = colour;
      at += isShort ? 2 : 4;
    }
  }
}

// A console has eight colours of its own; of the many others each becomes the one it is most like.
function ofTable(number) {
  if (number < 16) return names[number % 8];
  if (number >= 232) { const grey = 8 + (number - 232) * 10; return nearest(grey, grey, grey); }
  const steps = [0, 95, 135, 175, 215, 255], place = number - 16;
  return nearest(steps[Math.floor(place / 36)], steps[Math.floor(place / 6) % 6], steps[place % 6]);
}

function nearest(red, green, blue) {
  let best = 7, least = Infinity;
  shades.forEach(([r, g, b], at) => {
    const apart = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (apart < least) [best, least] = [at, apart];
  });
  return names[best];
}

const levels = [
  ["error", /\b(?:ERROR|CRITICAL|FATAL|PANIC)\b|\[(?:error|crit|alert|emerg)\]|\blevel=(?:error|fatal)|"level":\s*"(?:error|fatal)"|^Traceback |^[\w.]*(?:Error|Exception)\b:?|" 5\d\d /],
  ["warn", /\bWARN(?:ING)?\b|\[warn(?:ing)?\]|\blevel=warn|"level":\s*"warn|" 4\d\d /],
  ["debug", /\b(?:DEBUG|TRACE)\b|\[debug\]|\blevel=(?:debug|trace)|"level":\s*"(?:debug|trace)"/],
  ["info", /\b(?:INFO|NOTICE)\b|\[(?:info|notice)\]|\blevel=info|"level":\s*"info"|" [23]\d\d /],
];

/** "error", "warn", "info", "debug", or "" when a line says nothing of it. */
export function levelOf(text) {
  const start = text.length > 300 ? text.slice(0, 300) : text;
  for (const [name, sign] of levels) if (sign.test(start)) return name;
  return "";
}

const two = number => String(number).padStart(2, "0");

/** A time as the setting wants it: "off", "local" or "utc". */
export function clock(microseconds, zone, isLong) {
  if (zone === "off" || !microseconds) return "";
  const at = new Date(microseconds / 1000);
  const thousandths = String(Math.floor(microseconds / 1000) % 1000).padStart(3, "0");
  const [year, month, day, hour, minute, second] = zone === "utc"
    ? [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()]
    : [at.getFullYear(), at.getMonth(), at.getDate(), at.getHours(), at.getMinutes(), at.getSeconds()];
  const time = `${two(hour)}:${two(minute)}:${two(second)}.${thousandths}`;
  return isLong ? `${year}-${two(month + 1)}-${two(day)} ${time}${zone === "utc" ? " UTC" : ""}` : time;
}

/** What a text or a regular expression matches; null for neither, an Error for a wrong expression. */
export function matcher(text, isRegex) {
  if (!text) return null;
  try {
    const expression = new RegExp(isRegex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi");
    return { expression, test: line => { expression.lastIndex = 0; return expression.test(line); } };
  } catch (wrong) {
    return wrong;
  }
}
