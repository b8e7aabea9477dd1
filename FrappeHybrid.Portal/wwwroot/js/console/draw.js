// Fills a row: only ever with text and with classes of our own.
import { clock, parts } from "./text.js";
import { Rows } from "./rows.js";

/** Fills an element with a row, as the console's settings and its search want it. */
export function draw(view, row, element) {
  const classes = ["row"];
  if (row.isNotice) classes.push("notice");
  else {
    const level = Rows.level(row);
    if (level) classes.push(`level-${level}`);
  }
  if (row.isContext) classes.push("context");
  if (row === view.chosen) classes.push("chosen");
  element.className = classes.join(" ");
  element.row = row;
  cell(element, 0, "link");
  const when = cell(element, 1, "when"), who = cell(element, 2, "who"), what = cell(element, 3, "what");
  const time = row.isNotice ? "" : clock(row.time, view.settings.times, false);
  if (when.textContent !== time) when.textContent = time;
  when.hidden = view.settings.times === "off";
  who.hidden = !view.isJoined;
  if (who.textContent !== row.service) who.textContent = row.service;
  if (view.isJoined) who.dataset.service = row.service;
  const found = view.search && !row.isNotice ? view.search : null;
  const pieces = parts(row.text, view.settings.colours);
  if (pieces.length === 1 && !pieces[0].look && !found) {
    what.textContent = pieces[0].text;
    return;
  }
  what.replaceChildren(...(found ? marked(pieces, found, Rows.plain(row)) : pieces.map(piece => span(piece.text, piece.look))));
}

function cell(element, at, name) {
  const kept = element.children[at];
  if (kept) return kept;
  const made = document.createElement("span");
  made.className = name;
  element.append(made);
  return made;
}

function span(text, look) {
  const made = document.createElement("span");
  if (look) made.className = look;
  made.textContent = text;
  return made;
}

// What the search finds may begin in one colour and end in another.
function marked(pieces, search, text) {
  const hits = [];
  search.expression.lastIndex = 0;
  for (const match of text.matchAll(search.expression)) if (match[0]) hits.push([match.index, match.index + match[0].length]);
  const made = [];
  let at = 0, next = 0;
  for (const piece of pieces) {
    let rest = piece.text;
    while (rest) {
      while (next < hits.length && hits[next][1] <= at) next++;
      const hit = hits[next];
      const isHit = hit && hit[0] <= at;
      const length = !hit ? rest.length : Math.min(rest.length, (isHit ? hit[1] : hit[0]) - at);
      made.push(span(rest.slice(0, length), isHit ? `${piece.look} hit` : piece.look));
      rest = rest.slice(length);
      at += length;
    }
  }
  return made;
}
