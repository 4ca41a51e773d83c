// Moves a piece of the sommaire without leaving the screen, by its buttons or by dragging it.
// What comes back is the sommaire as it is now, with what others did meanwhile.
const place = document.querySelector("[data-sommaire]");
const said = document.querySelector("[data-sommaire-said]");

const rows = () => [...place.querySelectorAll("[data-piece]")];
const rowOf = (pk) => place.querySelector(`[data-piece="${pk}"]`);

function showHandles() {
  for (const handle of place.querySelectorAll("[data-handle]")) handle.hidden = rows().length < 2;
}

async function move(pk, side, neighbour) {
  const form = rowOf(pk).querySelector("form");
  const body = new FormData(form);
  body.set(side, neighbour);
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    headers: { "X-Requested-With": "XMLHttpRequest" },
  });
  // A redirection elsewhere leads to the login screen: the session is over.
  if (!answer.ok || new URL(answer.url).pathname !== location.pathname) {
    throw new Error(`${answer.status} ${answer.url}`);
  }
  place.innerHTML = await answer.text();
  showHandles();
}

function say(pk) {
  const problem = place.querySelector("[role=alert]");
  if (problem || !rowOf(pk)) return;
  const rank = rows().indexOf(rowOf(pk)) + 1;
  said.textContent = `«\u202f${rowOf(pk).dataset.title}\u202f»\u00a0: place ${rank} sur ${rows().length}.`;
}

async function moveAndSay(pk, side, neighbour) {
  try {
    await move(pk, side, neighbour);
    say(pk);
  } catch (error) {
    console.warn("piece not moved", error);
    said.textContent = "";
    window.alert("La pièce n’a pas bougé\u00a0: rechargez la page, puis recommencez.");
  }
}

place.addEventListener("submit", async (event) => {
  const side = event.submitter?.name;
  if (side !== "before" && side !== "after") return;
  event.preventDefault();
  const { piece } = event.target.closest("[data-piece]").dataset;
  await moveAndSay(piece, side, event.submitter.value);
  const row = rowOf(piece);
  const button = row?.querySelector(`button[name=${side}]`) ?? row?.querySelector("button[name]");
  button?.focus();
});

// Dragging: the row stays where it is until the pointer lets it go, a line shows where it will be.
let drag = null;

function clear() {
  for (const row of rows()) row.classList.remove("is-dragged", "is-before", "is-after");
  drag = null;
}

place.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  drag = { row: handle.closest("[data-piece]") };
  drag.row.classList.add("is-dragged");
});

place.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const target = rows().find((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return event.clientY >= top && event.clientY < bottom;
  });
  for (const row of rows()) row.classList.remove("is-before", "is-after");
  drag.target = target === drag.row ? undefined : target;
  if (!drag.target) return;
  const { top, height } = target.getBoundingClientRect();
  drag.side = event.clientY < top + height / 2 ? "before" : "after";
  target.classList.add(`is-${drag.side}`);
  target.scrollIntoView({ block: "nearest" });
});

place.addEventListener("pointerup", () => {
  const done = drag;
  clear();
  if (done?.target) moveAndSay(done.row.dataset.piece, done.side, done.target.dataset.piece);
});

place.addEventListener("pointercancel", clear);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") clear();
});

showHandles();
