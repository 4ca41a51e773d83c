// A video of others comes when the reader asks for it, never before: until then the page holds our
// own picture. Without this module the links lead to the page of the video.

const screen = document.querySelector("[data-screen]") ?? makeScreen();

/** Give a place to the videos of the parts when the page has no video of the whole. */
function makeScreen() {
  const place = document.createElement("div");
  place.className = "screen";
  place.hidden = true;
  document.querySelector(".forum-body").prepend(place);
  return place;
}

function play({ player, title }) {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  // YouTube refuses to play for a page that it does not know (error 153).
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = player;
  screen.replaceChildren(frame);
  screen.hidden = false;
  screen.scrollIntoView({ block: "nearest" });
  frame.focus();
}

for (const button of document.querySelectorAll("[data-player]")) {
  button.hidden = false;
  button.addEventListener("click", () => play(button.dataset));
}
