// Chapters, transcript and drawing follow the browser's own player, and lead to a time in it.
//
// Without this module a time is a link to the sound file, at that time (media fragment « #t= »).
// With it, it becomes a link to this page at that time, which can be shared.

const player = document.querySelector("[data-player]");
const audio = player.querySelector("audio");
const seconds = Number(player.dataset.seconds);
const score = player.querySelector("[data-score]");
const playhead = player.querySelector("[data-playhead]");
const share = document.querySelector("[data-share]");
const links = [...document.querySelectorAll("[data-time]")];
const lists = [...document.querySelectorAll("[data-times]")].map((list) =>
  links.filter((link) => list.contains(link)),
);

const timeOf = (link) => Number(link.dataset.time);

function clock(time) {
  const parts = [Math.floor(time / 3600), Math.floor(time / 60) % 60, Math.floor(time) % 60];
  const [first, ...rest] = parts[0] ? parts : parts.slice(1);
  return [first, ...rest.map((part) => String(part).padStart(2, "0"))].join(":");
}

function seek(time) {
  audio.currentTime = Math.min(Math.max(time, 0), seconds);
  follow();
}

/** Mark, in each list, the last time that has come; nothing before the sound was touched. */
function follow() {
  const now = audio.currentTime;
  const touched = now > 0 || !audio.paused;
  for (const list of lists) {
    const current = touched && list.findLast((link) => timeOf(link) <= now);
    for (const link of list) {
      link.ariaCurrent = link === current ? "true" : null;
    }
  }
  const place = `${(100 * now) / seconds}%`;
  playhead?.setAttribute("x1", place);
  playhead?.setAttribute("x2", place);
  if (share) {
    share.hash = `t=${Math.floor(now)}`;
    share.querySelector("[data-share-time]").textContent = clock(now);
  }
}

/** Go where the address of the page says: « #t=754 », « #t=754.5 ». */
function seekFromAddress() {
  const match = location.hash.match(/^#t=(\d+(?:\.\d+)?)$/);
  if (match) {
    seek(Number(match[1]));
    player.scrollIntoView({ block: "center" });
  }
}

for (const link of links) {
  link.href = `#t=${link.dataset.time}`;
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) {
      return; // a new tab or window
    }
    event.preventDefault();
    seek(timeOf(link));
    audio.play();
  });
}

score?.addEventListener("click", (event) => {
  const box = score.getBoundingClientRect();
  seek((seconds * (event.clientX - box.left)) / box.width);
});

for (const event of ["timeupdate", "seeked", "play"]) {
  audio.addEventListener(event, follow);
}
addEventListener("hashchange", seekFromAddress);
seekFromAddress();
