"""What is wrong with a text besides its words: calls without notes, empty tables, dead pictures."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from wagtail.blocks import StreamValue

from cms.blocks.references import list_items, references
from cms.models.images import Image

_CALL = re.compile(r"\[([1-9]\d{0,2})\]")


def body_advice(body: StreamValue) -> Iterator[str]:
    """Yield, in French, what readers would stumble over; reads blocks as stored, no query."""
    called: set[int] = set()
    notes = 0
    for block in body.raw_data:
        kind, value = block["type"], block["value"]
        if kind == "footnotes":
            notes = len(list_items(value))
        elif kind in ("paragraph", "box"):
            text = value if kind == "paragraph" else value["text"]
            called |= {int(number) for number in _CALL.findall(text)}
        elif kind == "table" and not (value and value.get("rows")):
            yield "Un tableau est vide : remplissez-le, ou retirez-le."
    for number in sorted(called - set(range(1, notes + 1))):
        yield f"L’appel [{number}] n’a pas de note : ajoutez-la, ou retirez l’appel."
    for number in sorted(set(range(1, notes + 1)) - called):
        yield f"La note {number} n’est appelée nulle part : écrivez [{number}] dans le texte."


def picture_problems(images: Collection[int], on: date) -> list[str]:
    """Return why pictures may not be shown on a day, in French: one query."""
    found = Image.objects.in_bulk(images).values()
    return [
        f"Image « {image.title} » : {problem}"
        for image in found
        if (problem := image.rights_problem(on=on))
    ]


def body_picture_problems(body: StreamValue, on: date) -> list[str]:
    """Return the same for all pictures of a body."""
    return picture_problems(references([body]).images, on)
