// Says how long a text is while it is typed, in its panel and beside its fields.
import { countBlock, label } from "./signes.js";

// Milliseconds between two looks at the form: rich texts and streams write what they hold into
// hidden inputs, and say so to nobody.
const PAUSE = 300;

function follow(panel) {
  const form = panel.closest("form");
  const shapes = Object.entries(JSON.parse(panel.dataset.signes));
  const total = panel.querySelector("[data-signes-total]");
  const progress = panel.querySelector("progress");
  const status = panel.querySelector("[role=status]");
  let last;
  let wasOver;

  function look() {
    const data = new FormData(form);
    const present = ([name]) => data.has(name) || data.has(`${name}-count`);
    if (!shapes.every(present)) return; // not drawn yet, or locked
    const signes = Object.fromEntries(
      shapes.map(([name, shape]) => [name, countBlock(data, name, shape)]),
    );
    const target = Number(data.get("target_signes") ?? panel.dataset.signesTarget);
    const now = JSON.stringify([signes, target]);
    if (now !== last) show(signes, target);
    last = now;
  }

  function show(signes, target) {
    for (const [name] of shapes) {
      panel.querySelector(`[data-signes-of="${name}"]`).textContent = label(signes[name]);
      counter(form, name).textContent = label(signes[name]);
    }
    const length = signes.chapo + signes.body;
    total.textContent = label(length, target);
    progress.max = target || 1;
    progress.value = length;
    panel.classList.toggle("signes--aimed", target > 0);
    const over = target > 0 && length > target;
    panel.classList.toggle("signes--over", over);
    // Aloud only what asks for a decision.
    if (wasOver !== undefined && over !== wasOver) {
      status.textContent = over ? "La longueur visée est dépassée." : "Sous la longueur visée.";
    }
    wasOver = over;
  }

  look();
  setInterval(() => document.hidden || look(), PAUSE);
}

// The small counter of a field, above its right end.
function counter(form, name) {
  const input = form.elements[name] ?? form.elements[`${name}-count`];
  const wrapper = input.closest(".w-field__wrapper");
  const found = wrapper.querySelector(":scope > .signes-counter");
  if (found) return found;
  const made = document.createElement("p");
  made.className = "signes-counter";
  wrapper.prepend(made);
  return made;
}

for (const panel of document.querySelectorAll("[data-signes]")) follow(panel);
