// Turning the pages of the cahier and looking closer, by buttons, keyboard and pointer.
//
// Without this module the pages follow one another, and addresses such as « #page-3 » work.
// Pinching is left to the browser.

const reader = document.querySelector("[data-reader]");
const bar = reader.querySelector("[data-reader-bar]");
const place = reader.querySelector("[data-reader-place]");
const zoomShown = reader.querySelector("[data-reader-zoom]");
const steps = [...bar.querySelectorAll("[data-step]")];
const zooms = [...bar.querySelectorAll("[data-zoom]")];
const sheets = [...reader.querySelectorAll("[data-sheet]")];
const spreads = [...reader.querySelectorAll("[data-spread]")];
const wide = matchMedia("(min-width: 60rem)");

const LEVELS = [1, 1.5, 2, 3];
const CLICK = 2;
const MOVED = 5; // pixels: less is a click

let level = 0;
let pinned = null; // where the reader was led, until she scrolls

/** The pages that are turned together: spreads, or single pages where these follow one another. */
function stops() {
  return wide.matches
    ? spreads.map((spread) => [...spread.querySelectorAll("[data-sheet]")])
    : sheets.map((sheet) => [sheet]);
}

/** The last stop that has come up to the upper third of the window. */
function current() {
  if (pinned && Math.abs(pinned.top - scrollY) <= 2) {
    return pinned.index;
  }
  pinned = null;
  const line = innerHeight / 3;
  return Math.max(
    stops().findLastIndex(([sheet]) => sheet.getBoundingClientRect().top <= line),
    0,
  );
}

function show() {
  const all = stops();
  const index = current();
  const numbers = all[index].map((sheet) => sheet.dataset.sheet);
  const pages = numbers.length > 1 ? "Pages" : "Page";
  place.textContent = `${pages} ${numbers.join(" et ")} sur ${sheets.length}`;
  const ends = { "-1": index === 0, 1: index === all.length - 1 };
  for (const button of steps) {
    button.ariaDisabled = ends[button.dataset.step];
  }
  zoomShown.textContent = `${LEVELS[level] * 100}\u202f%`;
  const limits = { "-1": level === 0, 1: level === LEVELS.length - 1 };
  for (const button of zooms) {
    button.ariaDisabled = limits[button.dataset.zoom];
  }
}

/** Lead to a stop; ``focus`` moves the keyboard and screen readers there too. */
function go(index, { focus }) {
  const all = stops();
  const bounded = Math.min(Math.max(index, 0), all.length - 1);
  const [sheet] = all[bounded];
  sheet.scrollIntoView({ block: "start", behavior: "instant" });
  if (focus) {
    sheet.focus({ preventScroll: true });
  }
  history.replaceState(history.state, "", `#${sheet.id}`);
  pinned = { index: bounded, top: scrollY };
  show();
}

/** Change the size of all pages; the point of the window at x, y stays where it is. */
function zoomTo(next, x = innerWidth / 2, y = innerHeight / 2) {
  const bounded = Math.min(Math.max(next, 0), LEVELS.length - 1);
  if (bounded === level) {
    return;
  }
  const pictures = stops()[current()].map((sheet) => sheet.querySelector("img"));
  const under = document.elementFromPoint(x, y);
  const picture = pictures.includes(under) ? under : pictures[0];
  const before = picture.getBoundingClientRect();
  level = bounded;
  reader.style.setProperty("--zoom", LEVELS[level]);
  reader.toggleAttribute("data-zoomed", level > 0);
  for (const spread of spreads) {
    spread.tabIndex = level > 0 ? 0 : -1; // what scrolls can be reached by keyboard
  }
  for (const image of reader.querySelectorAll("[data-sheet] img")) {
    image.dataset.sizes ??= image.sizes;
    image.sizes = level > 0 ? `${Math.ceil(image.clientWidth)}px` : image.dataset.sizes;
  }
  const after = picture.getBoundingClientRect();
  const across = (x - before.left) / before.width;
  const down = (y - before.top) / before.height;
  picture.closest("[data-spread]").scrollLeft += after.left + across * after.width - x;
  scrollBy({ top: after.top + down * after.height - y, behavior: "instant" });
  show();
}

/** Hold the page and move it, as long as the button of the mouse is down. */
function drag(start) {
  const spread = start.target.closest("[data-spread]");
  const from = { left: spread.scrollLeft, top: scrollY };
  const move = (event) => {
    spread.scrollLeft = from.left + start.clientX - event.clientX;
    scrollTo({ top: from.top + start.clientY - event.clientY, behavior: "instant" });
  };
  const stop = (event) => {
    removeEventListener("pointermove", move);
    const moved = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
    if (event.type === "pointerup" && moved < MOVED) {
      zoomTo(0, event.clientX, event.clientY);
    }
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", stop, { once: true });
  addEventListener("pointercancel", stop, { once: true });
}

function pressed(event) {
  if (event.pointerType !== "mouse" || event.button !== 0 || event.target.tagName !== "IMG") {
    return;
  }
  event.preventDefault(); // a picture would be dragged out of the page
  if (level > 0) {
    drag(event);
  } else {
    zoomTo(LEVELS.indexOf(CLICK), event.clientX, event.clientY);
  }
}

/** Keys that write a character work inside the reader alone (WCAG 2.1.4). */
function typed(event) {
  const inside = reader.contains(document.activeElement);
  if (event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  if (!inside && document.activeElement !== document.body) {
    return;
  }
  const turns = level === 0; // larger pages are moved by the arrows
  const keys = {
    ArrowLeft: turns && (() => go(current() - 1, { focus: true })),
    ArrowRight: turns && (() => go(current() + 1, { focus: true })),
    Home: inside && (() => go(0, { focus: true })),
    End: inside && (() => go(stops().length - 1, { focus: true })),
    "+": inside && (() => zoomTo(level + 1)),
    "=": inside && (() => zoomTo(level + 1)),
    "-": inside && (() => zoomTo(level - 1)),
  };
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
}

for (const button of steps) {
  button.addEventListener("click", () => go(current() + Number(button.dataset.step), {}));
}
for (const button of zooms) {
  button.addEventListener("click", () => zoomTo(level + Number(button.dataset.zoom)));
}
reader.addEventListener("pointerdown", pressed);
document.addEventListener("keydown", typed);
addEventListener("scroll", show, { passive: true });
addEventListener("resize", show);
reader.dataset.ready = "";
bar.hidden = false;
show();
