// Counts with the script of the editor: one call a line, ["count", "texte"]; one result a line.
// A form, the first argument of countBlock, is given as an object.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

const file = new URL("../../cms/static/cms/js/signes.js", import.meta.url);
const source = await readFile(file, "base64");
const signes = await import(`data:text/javascript;base64,${source}`);

function form(fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, first, ...rest] = JSON.parse(line);
  const argument = name === "countBlock" ? form(first) : first;
  console.log(JSON.stringify(signes[name](argument, ...rest)));
}
