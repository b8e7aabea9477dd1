// The border between a list and its details: dragged, moved by arrows, remembered by its name as a share of the width.
const least = 0.25, most = 0.75, standard = 0.5;

export function start(split, name) {
  const bar = split?.querySelector(":scope > .bar");
  if (!bar) return;
  const key = `frappe-hybrid.split.${name}`;
  let share = standard;
  const set = wanted => {
    share = Math.max(least, Math.min(most, wanted));
    split.style.setProperty("--share", `${(share * 100).toFixed(1)}%`);
    bar.setAttribute("aria-valuenow", Math.round(share * 100));
    try { localStorage.setItem(key, share); } catch { /* private mode */ }
  };
  let kept = standard;
  try { kept = Number(localStorage.getItem(key)) || standard; } catch { /* private mode */ }
  bar.setAttribute("aria-valuemin", least * 100);
  bar.setAttribute("aria-valuemax", most * 100);
  set(kept);
  bar.addEventListener("pointerdown", event => { bar.setPointerCapture(event.pointerId); event.preventDefault(); });
  bar.addEventListener("pointermove", event => {
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const box = split.getBoundingClientRect();
    set((event.clientX - box.left) / box.width);
  });
  bar.addEventListener("dblclick", () => set(standard));
  bar.addEventListener("keydown", event => {
    const step = { ArrowLeft: -0.02, ArrowRight: 0.02 }[event.key];
    if (step) { set(share + step); event.preventDefault(); }
  });
}
