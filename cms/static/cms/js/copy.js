// « Copier » buttons: <button data-copy="id of a link or of a field" hidden> and, after it,
// <span role="status">.
// They appear only where the browser lets a page copy.

async function copy(button) {
  const status = button.nextElementSibling;
  status.textContent = "";
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.href ?? source.value);
  status.textContent = "Copié";
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
