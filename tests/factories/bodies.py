"""Bodies of texts for tests: every block there is."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.models import Page

from cms.models import Image


def paragraph(html: str) -> dict[str, Any]:
    """Return a paragraph."""
    return {"type": "paragraph", "value": html}


def link(page: Page, words: str) -> str:
    """Return a link of a rich text to a page, as it is stored."""
    return f'<a linktype="page" id="{page.pk}">{words}</a>'


def image(picture: Image, caption: str = "") -> dict[str, Any]:
    """Return a picture with its caption."""
    return {"type": "image", "value": {"image": picture.pk, "caption": caption}}


def gallery(pictures: Iterable[Image], title: str = "") -> dict[str, Any]:
    """Return a gallery."""
    images = [{"image": picture.pk, "caption": f"Vue {picture.pk}"} for picture in pictures]
    return {"type": "gallery", "value": {"title": title, "images": images}}


def footnotes(*notes: str) -> dict[str, Any]:
    """Return the notes."""
    return {"type": "footnotes", "value": list(notes)}


def extract(forum: Page, **fields: object) -> dict[str, Any]:
    """Return a passage of a forum."""
    fields = {"part": 1, "start": "12:30", "speaker": "", "quote": "On se parle."} | fields
    return {"type": "forum_extract", "value": {"forum": forum.pk, **fields}}


def chosen(kind: str, page: Page) -> dict[str, Any]:
    """Return an episode (``episode``) or a tribune (``tribune_teaser``)."""
    return {"type": kind, "value": page.pk}


def stream(*blocks: dict[str, Any]) -> str:
    """Return a body made of these blocks."""
    return json.dumps(blocks)


KEY_FIGURES = {
    "type": "key_figures",
    "value": {
        "title": "L’isolement en chiffres",
        "figures": [
            {"value": "1 sur 3", "label": "ne connaît pas ses voisins", "source": "exemple"},
            {"value": "12 400", "label": "visites rendues en un an", "source": ""},
            {"value": "47 %", "label": "des communes n’ont plus de café", "source": "exemple"},
        ],
    },
}
PULL_QUOTE = {
    "type": "pull_quote",
    "value": {"text": "Personne ne vieillit seul : on vieillit quelque part.", "attribution": ""},
}
QUOTE = {
    "type": "pull_quote",
    "value": {"text": "Le bus du jeudi, c’est ma semaine !", "attribution": "Maryse, 84 ans"},
}
BOX = {
    "type": "box",
    "value": {"title": "Comment ça marche ?", "text": "<p>Un encadré d’exemple [1].</p>"},
}
TABLE = {
    "type": "table",
    "value": {
        "columns": [
            {"type": "text", "heading": "Département"},
            {"type": "number", "heading": "Visites"},
            {"type": "number", "heading": "Coût moyen (€)"},
        ],
        "rows": [
            {"values": ["Aude", "12400", "3.5"]},
            {"values": ["Finistère", "980", "4.25"]},
        ],
        "caption": "Visites rendues en 2025",
    },
}
FURTHER = {
    "type": "further_reading",
    "value": [
        {"title": "Un rapport d’exemple", "url": "https://exemple.invalid/rapport"},
        {"title": "Une étude d’exemple", "url": "https://exemple.invalid/etude"},
    ],
}


def full(pictures: Sequence[Image], others: Iterable[dict[str, Any]] = ()) -> str:
    """Return a body with every block: ``others`` are those that name pages."""
    return stream(
        paragraph(
            "<p>Chaque jeudi, le bus s’arrête devant la mairie : onze personnes en descendent, et"
            " l’on ouvre la salle [1]. C’est un exemple, écrit pour voir le texte courir sur"
            " plusieurs lignes, avec un <b>mot gras</b>, un <i>mot penché</i> et un"
            ' <a href="https://exemple.invalid/">lien vers ailleurs</a>.</p>'
            "<p>Un second paragraphe suit le premier [2]. Il ne dit rien de plus, mais il le dit"
            " jusqu’au bout de la ligne ; on verra ainsi l’espace entre deux paragraphes.</p>"
        ),
        {"type": "heading", "value": "Une salle, un poêle, une table"},
        paragraph("<p>On y vient pour parler.</p><ul><li>de la pluie</li><li>du reste</li></ul>"),
        PULL_QUOTE,
        paragraph("<p>Le département paie le chauffage ; la commune, le café.</p>"),
        image(pictures[0], "Le bus, un jeudi de novembre."),
        KEY_FIGURES,
        BOX,
        {"type": "heading", "value": "Ce que cela coûte"},
        TABLE,
        QUOTE,
        gallery(pictures[:3], "Les lieux"),
        *others,
        paragraph("<p>La suite est dans un autre exemple.</p>"),
        FURTHER,
        footnotes("<p>Chiffre d’exemple.</p>", "<p>Autre note, <i>en italique</i>.</p>"),
    )
