// «Copier» buttons: <button data-copies="id of an input" hidden> and, after it, <span role="status">.
// They appear only where the browser lets a page copy.

async function copy(button) {
  const status = button.nextElementSibling;
  status.textContent = "";
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
  status.textContent = "Copié";
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
