// Keeps the state of a publication up to date inside the page editor.
const PAUSE = 1000; // milliseconds between two looks while something moves
const CALM = 15000; // and when nothing does

async function follow(place) {
  let pause = CALM;
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(place.dataset.publicationState, { credentials: "same-origin" });
      if (answer.ok) {
        const html = await answer.text();
        if (html !== place.lastHtml) {
          place.innerHTML = html;
          place.lastHtml = html;
        }
        if (place.querySelector("[data-moving]")) pause = PAUSE;
      }
    } catch (error) {
      console.warn("publication state not read", error);
    }
  }
  setTimeout(follow, pause, place);
}

for (const place of document.querySelectorAll("[data-publication-state]")) follow(place);
