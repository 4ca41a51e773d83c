// « Copier » buttons: <button data-copy="id of a link" hidden>, shown only where copying works.

const SAID = "Adresse copiée.";

async function copy(button) {
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).href);
  const status = document.querySelector("[data-copy-status]");
  status.textContent = "";
  requestAnimationFrame(() => (status.textContent = SAID)); // a change is announced, a repetition is not
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
