// « Copier »: the HTML of the text goes to the clipboard as source and as rich text, so that it can
// be pasted into the code of a page as well as into an editor. The button appears only where the
// browser lets a page copy; elsewhere the text is there to be selected.

const LASTS = 4000; // milliseconds

function flavours(source, isHtml) {
  const plain = { "text/plain": new Blob([source], { type: "text/plain" }) };
  return isHtml ? { ...plain, "text/html": new Blob([source], { type: "text/html" }) } : plain;
}

async function copy(box, source, status) {
  status.textContent = "";
  const isHtml = box.dataset.take === "html";
  try {
    await navigator.clipboard.write([new ClipboardItem(flavours(source.value, isHtml))]);
    status.textContent = "Copié";
  } catch {
    source.focus();
    source.select();
    status.textContent = "Le navigateur a refusé : le texte est sélectionné, copiez-le au clavier.";
    return;
  }
  setTimeout(() => (status.textContent = ""), LASTS);
}

if (navigator.clipboard?.write && window.ClipboardItem) {
  for (const box of document.querySelectorAll("[data-take]")) {
    const [button, status, source] = ["button", "[role=status]", "textarea"].map((each) =>
      box.querySelector(each),
    );
    button.parentElement.hidden = false;
    button.addEventListener("click", () => copy(box, source, status));
  }
}
