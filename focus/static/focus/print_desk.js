// The print desk with a script: drag pages, follow an examination, compare with one zoom, copy.
// Everything else works without.

const PAUSE = 1000; // milliseconds between two looks at an examination
const [LEAST, MOST] = [1, 8]; // times the width of the view

// Drag a page onto another to exchange them.
const flatplan = document.querySelector("[data-flatplan]");
if (flatplan) {
  const swap = document.querySelector("[data-swap]");
  const leaf = (event) => event.target.closest?.("[data-leaf][draggable]");
  let dragged = null;
  flatplan.addEventListener("dragstart", (event) => {
    dragged = leaf(event);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.leaf);
    dragged.classList.add("is-dragged");
  });
  flatplan.addEventListener("dragover", (event) => {
    const over = leaf(event);
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    over.classList.add("is-over");
  });
  flatplan.addEventListener("dragleave", (event) => leaf(event)?.classList.remove("is-over"));
  flatplan.addEventListener("dragend", () => {
    for (const place of flatplan.querySelectorAll(".is-over, .is-dragged")) {
      place.classList.remove("is-over", "is-dragged");
    }
    dragged = null;
  });
  flatplan.addEventListener("drop", (event) => {
    const over = leaf(event);
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    swap.elements.first.value = dragged.dataset.leaf;
    swap.elements.second.value = over.dataset.leaf;
    swap.submit();
  });
}

// Follow the examination of a PDF; say in words when it moves on and when it is over.
const place = document.querySelector("[data-upload-state]");
if (place?.querySelector("[data-moving]")) {
  const status = document.querySelector("[data-upload-status]");
  const follow = async () => {
    try {
      const answer = await fetch(place.dataset.uploadState, { credentials: "same-origin" });
      // A redirection leads to the login screen: the session is over.
      if (answer.ok && !answer.redirected) {
        place.innerHTML = await answer.text();
        const said =
          place.querySelector("[data-upload-label]") ??
          place.querySelector(".report-refusal") ??
          place.querySelector("h2");
        if (status.textContent !== said.textContent) status.textContent = said.textContent;
        offerToPrint();
      }
    } catch (error) {
      console.warn("state of the upload not read", error);
    }
    if (place.querySelector("[data-moving]")) setTimeout(follow, PAUSE);
  };
  setTimeout(follow, PAUSE);
}

// Two versions, one zoom and one place.
const compare = document.querySelector("[data-compare]");
if (compare) {
  const views = [...compare.querySelectorAll("[data-view]")];
  const bar = document.querySelector("[data-zoom]");
  const status = document.querySelector("[data-zoom-status]");
  let zoom = 1;
  const zoomBy = (factor) => {
    zoom = factor ? Math.min(MOST, Math.max(LEAST, zoom * factor)) : 1;
    compare.style.setProperty("--zoom", zoom);
    status.textContent = `${Math.round(zoom * 100)}\u00a0%`;
  };
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom-by]");
    if (button) zoomBy(Number(button.dataset.zoomBy));
  });
  compare.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const factor = { "+": 1.25, "=": 1.25, "-": 0.8, 0: 0 }[event.key];
    if (factor === undefined) return;
    event.preventDefault();
    zoomBy(factor);
  });
  for (const view of views) {
    view.addEventListener("scroll", () => {
      for (const other of views) {
        if (other === view) continue;
        const [top, left] = [view.scrollTop, view.scrollLeft];
        if (Math.abs(other.scrollTop - top) > 1) other.scrollTop = top;
        if (Math.abs(other.scrollLeft - left) > 1) other.scrollLeft = left;
      }
    });
  }
}

function offerToPrint() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
}
offerToPrint();

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(field.value);
    document.querySelector("[data-copied]").textContent = "Copié.";
  });
}
