// How somebody likes consoles; kept in this browser, for all of them alike.
const key = "consoles";
const usual = { wrap: true, times: "off", colours: true, context: 0 };

export function settings() {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
    return { ...usual, ...Object.fromEntries(Object.entries(kept).filter(([name, value]) => typeof value === typeof usual[name])) };
  } catch {
    return { ...usual };
  }
}

export function keep(values) {
  try {
    localStorage.setItem(key, JSON.stringify(values));
  } catch {
    // Without storage they last as long as the page.
  }
}
