// Output as text nodes: never markup. A carriage return writes over the line it is on, as progress bars expect. Follows the end until the reader scrolls up.
class Viewer {
  constructor(root) {
    this.pre = root.querySelector("pre");
    this.root = root;
    this.line = "";
    this.isFollowing = true;
    this.below = root.querySelector(".more-below");
    this.pre.addEventListener("scroll", () => {
      this.isFollowing = this.pre.scrollHeight - this.pre.scrollTop - this.pre.clientHeight < 24;
      this.below.hidden = this.isFollowing;
    }, { passive: true });
    this.below.addEventListener("click", () => this.toEnd());
  }

  replace(text) {
    this.pre.replaceChildren();
    this.open = null;
    this.line = "";
    this.isFollowing = true;
    this.below.hidden = true;
    this.append(text);
    this.root.classList.toggle("empty", !text);
  }

  append(text) {
    if (!text) return;
    this.root.classList.remove("empty");
    const parts = (this.line + text).split("\n");
    this.line = parts.pop();
    const written = parts.map(part => shownOf(part) + "\n").join("");
    if (this.open) this.open.remove();
    if (written) this.pre.append(document.createTextNode(written));
    this.open = document.createTextNode(shownOf(this.line));
    this.pre.append(this.open);
    if (this.isFollowing) this.toEnd();
  }

  toEnd() { this.pre.scrollTop = this.pre.scrollHeight; }
}

// "10 %\r20 %\r" shows "20 %".
function shownOf(line) {
  const kept = line.endsWith("\r") ? line.slice(0, -1) : line;
  return kept.slice(kept.lastIndexOf("\r") + 1);
}

export const start = root => new Viewer(root);
