// Fills a row: only ever with text and with classes of our own.
import { clock, parts } from "./text.js";
import { Rows } from "./rows.js";

/** Fills an element with a row, as the console's settings and its search want it. Only what is different is touched: at ten thousand lines a second every row is another one in every frame. */
export function draw(view, row, element) {
  const { when, who, what } = element.cells ??= cells(element);
  let name = "row";
  if (row.isNotice) name += " notice";
  else {
    const level = Rows.level(row);
    if (level) name += ` level-${level}`;
  }
  if (row.isContext) name += " context";
  if (row === view.chosen) name += " chosen";
  if (element.className !== name) element.className = name;
  element.row = row;
  write(when, row.isNotice ? "" : clock(row.time, view.settings.times, false));
  if (view.isJoined) {
    write(who, row.service);
    if (who.dataset.service !== row.service) who.dataset.service = row.service;
  }
  const found = view.search && !row.isNotice ? view.search : null;
  const pieces = parts(row.text, view.settings.colours);
  if (pieces.length === 1 && !pieces[0].look && !found) write(what, pieces[0].text);
  else what.replaceChildren(...(found ? marked(pieces, found, Rows.plain(row)) : pieces.map(piece => span(piece.text, piece.look))));
}

function cells(element) {
  const made = {};
  for (const name of ["when", "who", "what"]) {
    made[name] = document.createElement("span");
    made[name].className = name;
    element.append(made[name]);
  }
  return made;
}

// One text stays one text node: its letters are changed, not the page.
function write(cell, text) {
  const only = cell.firstChild;
  if (only && only === cell.lastChild && only.nodeType === 3) {
    if (only.data !== text) only.data = text;
  } else if (only || text) cell.textContent = text;
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
