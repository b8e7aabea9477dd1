// The terminal widget as the portal uses it where a shell draws: everything that a program needs to draw, and nothing that reaches out of the screen. A shell's output is as
// hostile as a log: it prints whatever files and other people's data hold.
import { Terminal } from "/lib/xterm/xterm.mjs";

// Title and icon (0 to 2), working folder (7), links (8), notifications (9, 99, 777), marks of editors (133, 633), clipboard (52), colours of the page (4, 5, 10 to 19, 104 to 119), files (1337):
// swallowed. xterm obeys only some of them today.
const swallowed = [0, 1, 2, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 52, 99, 104, 105, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 133, 633, 777, 1337];

export function makeTerminal(screen, options) {
  const style = getComputedStyle(screen);
  const ground = style.backgroundColor;
  const text = style.getPropertyValue("--console-text").trim();
  const terminal = new Terminal({
    scrollback: 10000, fontFamily: style.getPropertyValue("--mono"), fontSize: 12.5, lineHeight: 1.2, cursorBlink: false, allowProposedApi: false, linkHandler: { activate() { /* no link of a shell is followed */ } },
    theme: { background: ground, foreground: text, cursor: text, cursorAccent: ground, selectionBackground: style.getPropertyValue("--console-selection").trim(), black: "#3b4252", brightBlack: "#7d8796", red: "#ff7b72", green: "#4cc38a", yellow: "#e8a33d", blue: "#6ea0ff", magenta: "#c792ea", cyan: "#5ccfe6", white: "#d7dce4", brightRed: "#ff9a93", brightGreen: "#7ddba9", brightYellow: "#f2c078", brightBlue: "#9dc0ff", brightMagenta: "#d9b4f2", brightCyan: "#8fe0f0", brightWhite: "#ffffff" },
    ...options,
  });
  for (const code of swallowed) terminal.parser.registerOscHandler(code, () => true);
  // Reports of the window's title and size (CSI t) are off in xterm; they stay off here, whatever it may do one day.
  terminal.parser.registerCsiHandler({ final: "t" }, () => true);
  terminal.open(screen);
  return terminal;
}

export const dim = text => `\x1b[0;2;3m${text}\x1b[0m`;
