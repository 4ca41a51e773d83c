// Keeps the panel of a package up to date, buttons included.
const PAUSE = 1000; // milliseconds between two looks while something moves
const CALM = 15000; // and when nothing does

async function follow(place) {
  const pause = place.querySelector("[data-moving]") ? PAUSE : CALM;
  await new Promise((resolve) => setTimeout(resolve, pause));
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(place.dataset.packageState, { credentials: "same-origin" });
      // A redirection leads to the login screen: the session is over.
      if (answer.ok && !answer.redirected) show(place, await answer.text());
    } catch (error) {
      console.warn("state of the package not read", error);
    }
  }
  follow(place);
}

function show(place, html) {
  if (html === place.lastHtml) return;
  const held = place.querySelector("a:focus")?.getAttribute("href");
  place.innerHTML = html;
  place.lastHtml = html;
  // Who was on a button with the keyboard stays there, if it is still there.
  if (held) place.querySelector(`a[href="${held}"]`)?.focus();
}

for (const place of document.querySelectorAll("[data-package-state]")) follow(place);
