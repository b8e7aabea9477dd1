// How somebody likes consoles, for all of them alike; the portal keeps it for the person.
const usual = { wrap: true, times: "off", colours: true, context: 0 };
const known = { times: ["off", "local", "utc"], context: [0, 2, 5, 20] };

/** Of what was kept, a text; what is none of ours is left out. */
export function settings(kept) {
  try {
    const fits = ([name, value]) => typeof value === typeof usual[name] && (!known[name] || known[name].includes(value));
    return { ...usual, ...Object.fromEntries(Object.entries(JSON.parse(kept || "{}")).filter(fits)) };
  } catch {
    return { ...usual };
  }
}
