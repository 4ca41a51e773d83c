// Length of texts as French desks count it. The rules are those of cms/signes.py, which says them;
// both are held to the vectors of tests/cms/signes_vectors.json.

const FEUILLET = 1500;
const INVISIBLE =
  /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e0fff}]/gu;
const LINE_END = /[\n\v\r\x85\u2028\u2029]/;
const BLANKS = /[ \t\f]+/g;

const sum = (items, signes) => items.reduce((total, item) => total + signes(item), 0);

// Signes of a plain text: code points, since `length` counts an emoji twice.
export function count(text) {
  const visible = text.replace(INVISIBLE, "").normalize("NFC");
  return sum(
    visible.split(LINE_END),
    (line) => [...line.replace(BLANKS, " ").replace(/^ | $/g, "")].length,
  );
}

// Signes of a rich text as the editor holds it: Draft.js content, in JSON.
export function countContent(json) {
  return sum(JSON.parse(json)?.blocks ?? [], (block) => count(block.text));
}

// Signes of a block in a form that is about to be sent. `data` is read as FormData is, `prefix` is
// the name of the block's fields, `shape` says where its text is (`shape_of` in cms/length.py).
export function countBlock(data, prefix, shape) {
  return shape ? KINDS[shape[0]](data, prefix, shape[1]) : 0;
}

const KINDS = {
  text: (data, name) => count(data.get(name) ?? ""),
  rich: (data, name) => countContent(data.get(name) || "null"),
  struct: (data, prefix, shapes) =>
    sum(Object.entries(shapes), ([name, shape]) => countBlock(data, `${prefix}-${name}`, shape)),
  list: (data, prefix, inner) =>
    sum(kept(data, prefix), (i) => countBlock(data, `${prefix}-${i}-value`, inner)),
  stream: (data, prefix, shapes) =>
    sum(kept(data, prefix), (i) =>
      countBlock(data, `${prefix}-${i}-value`, shapes[data.get(`${prefix}-${i}-type`)]),
    ),
  table: (data, prefix, shapes) => {
    const rows = kept(data, `${prefix}-row`);
    const columns = kept(data, `${prefix}-column`);
    return (
      count(data.get(`${prefix}-caption`) ?? "") +
      sum(columns, (c) => {
        const shape = shapes[data.get(`${prefix}-column-${c}-type`)];
        const cells = sum(rows, (r) => countBlock(data, `${prefix}-cell-${r}-${c}`, shape));
        return count(data.get(`${prefix}-column-${c}-heading`) ?? "") + cells;
      })
    );
  },
};

// Numbers of the rows that were not deleted: those that were stay in the form.
function kept(data, prefix) {
  const rows = [...Array(Number(data.get(`${prefix}-count`))).keys()];
  return rows.filter((row) => !data.get(`${prefix}-${row}-deleted`));
}

// « 3 412 signes · 2,3 feuillets · 88 de trop », as `label` of cms/signes.py.
export function label(signes, target) {
  const parts = [amount(signes, "signe")];
  if (signes >= FEUILLET / 2) {
    parts.push(amount(Math.floor((signes * 10 + FEUILLET / 2) / FEUILLET) / 10, "feuillet"));
  }
  if (target) parts.push(distance(signes - target));
  return parts.join(" · ");
}

function distance(gap) {
  if (gap > 0) return `${french(gap)}\u00a0de trop`;
  return gap ? `il en manque\u00a0${french(-gap)}` : "longueur exacte";
}

const amount = (number, noun) => `${french(number)}\u00a0${noun}${number >= 2 ? "s" : ""}`;

function french(number) {
  const [whole, tenths] = String(number).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return tenths ? `${grouped},${tenths}` : grouped;
}
