// Shows how far the upload of a sound has come, then what the analysis says of it.
const PAUSE = 700; // milliseconds

function progressAfter(input) {
  const bar = document.createElement("progress");
  bar.className = "audio-progress";
  bar.setAttribute("aria-label", "Envoi du fichier");
  input.after(bar);
  return bar;
}

// Wagtail's chooser sends its form through jQuery: give that request a progress bar.
window.jQuery?.ajaxPrefilter((options) => {
  if (!(options.data instanceof FormData)) return;
  const input = document.querySelector("[data-chooser-modal-creation-form] input[data-max-bytes]");
  if (!input?.files.length) return;
  const bar = progressAfter(input);
  bar.max = 1;
  bar.value = 0;
  options.xhr = () => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => bar.remove());
    return request;
  };
});

// The screen « Sons » sends its form as browsers do: how far it has come is not known.
document.addEventListener("submit", (event) => {
  const input = event.target.querySelector?.("input[data-max-bytes]");
  if (input?.files.length && !event.defaultPrevented) progressAfter(input);
});

// A file that is too big is refused before it travels.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches?.("input[data-max-bytes]")) return;
  const limit = Number(input.dataset.maxBytes);
  const tooBig = input.files[0]?.size > limit;
  input.setCustomValidity(
    tooBig ? `Ce fichier est trop gros\u202f: la limite est de ${Math.round(limit / 1e6)}\u00a0Mo.` : "",
  );
  input.reportValidity();
});

async function follow(place) {
  const pk = document.getElementById(place.dataset.input)?.value;
  if (pk !== place.lastPk || place.querySelector("[data-moving]")) {
    if (pk !== place.lastPk) place.replaceChildren(); // never the old sound under the new title
    place.lastPk = pk;
    if (pk) {
      try {
        const answer = await fetch(place.dataset.audioState.replace("/0/", `/${pk}/`), {
          credentials: "same-origin",
        });
        // A redirection leads to the login screen: the session is over.
        if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
      } catch (error) {
        console.warn("state of the sound not read", error);
      }
    }
  }
  setTimeout(follow, PAUSE, place);
}

for (const place of document.querySelectorAll("[data-audio-state]")) follow(place);
