// Starts a console; what it is made of lies in /js/console.
import { ConsoleView } from "/js/console/view.js";

export const start = (root, options) => new ConsoleView(root, options);
