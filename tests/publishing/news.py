"""A feed of texts and its items, as values for tests."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from publishing.news import Author, Feed, Item, Licence, Picture

PARIS = timezone(timedelta(hours=1))
CC_BY_ND = Licence(
    code="cc-by-nd-4.0",
    url="https://creativecommons.org/licenses/by-nd/4.0/deed.fr",
    name="CC BY-ND",
)
RESERVED = Licence(
    code="arr", url="https://rightsstatements.org/vocab/InC/1.0/", name="Tous droits réservés"
)
PICTURE = Picture(
    url="https://media.exemple.invalid/photo.jpg",
    length=45678,
    type="image/jpeg",
    alt="Deux voisines dans un jardin",
    caption="À Carcassonne, en mai.",
    credit="Jeanne Martin / Exemple",
    licence=CC_BY_ND,
)
AUTHORS = (
    Author(name="Nour Delmas", role="présidente", organisation="Département d’exemple"),
    Author(name="Karim Belhadj"),
)


def feed(**fields: object) -> Feed:
    """Return a collection."""
    base = "https://media.exemple.invalid/focus/exemple"
    return replace(
        Feed(
            rss_address=f"{base}/rss.xml",
            atom_address=f"{base}/atom.xml",
            json_address=f"{base}/feed.json",
            id="urn:uuid:6f2c7f4e-0e42-5f2a-8f0e-6f8fb1f1a001",
            title="Vieillir chez soi",
            subtitle="Les textes du focus d’exemple.",
            link="https://exemple.invalid/focus/vieillir/",
            language="fr",
            author="Solutions solidaires",
            changed=datetime(2026, 3, 4, 5, 6, 7, 890, tzinfo=PARIS),
        ),
        **fields,
    )


def item(nth: int = 1, **fields: object) -> Item:
    """Return the ``nth`` text."""
    return replace(
        Item(
            id=f"urn:uuid:6f2c7f4e-0e42-4f2a-8f0e-00000000000{nth}",
            title=f"Texte {nth}",
            link=f"https://exemple.invalid/focus/vieillir/texte-{nth}/",
            published=datetime(2026, 3, nth, 12, 0, tzinfo=PARIS),
            updated=datetime(2026, 3, nth, 18, 30, tzinfo=PARIS),
        ),
        **fields,
    )


def whole_item(**fields: object) -> Item:
    """Return a text that says all it can."""
    return item(
        **{
            "authors": AUTHORS,
            "summary": "Un chapô < & d’exemple.",
            "content": "<p>Le texte &amp; la suite.</p><h2>Intertitre</h2>",
            "corrections": ("Correction du 3 mars 2026 : 12 et non 13.",),
            "categories": ("Grand âge", "Aude (11)"),
            "licence": CC_BY_ND,
            "picture": PICTURE,
            "elsewhere": "https://journal.exemple.invalid/texte/",
            "canonical": "https://journal.exemple.invalid/texte/",
        }
        | fields
    )


def everywhere(text: str) -> tuple[Feed, Item]:
    """Put a text wherever somebody may type or paste one."""
    terms = Licence(code="cc-by-4.0", url="https://exemple.invalid/cc", name=text)
    return feed(title=text, subtitle=text, author=text, rights=text), whole_item(
        title=text,
        authors=(Author(name=text, role=text, organisation=text),),
        summary=text,
        content=f"<p>{text}</p>",
        corrections=(text,),
        categories=(text, text),
        licence=terms,
        picture=replace(PICTURE, alt=text, caption=text, credit=text, licence=terms),
    )
