"""A feed of texts and its items, as values for tests."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from publishing.news import Author, Correction, Feed, Item, Licence, Picture, Reply, Terms

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
TERMS = Terms(
    scope=("web", "print"),
    editing="time-and-place",
    commercial=False,
    territories="France",
    expires=date(2027, 3, 1),
    credit_line="Nour Delmas et Karim Belhadj, Solutions solidaires",
    required_link="https://exemple.invalid/focus/vieillir/texte-1/",
    copy_policy="canonical",
    tdm="reserved",
    usage="Reprise libre sur le web et en imprimé, en France, sans modification.",
)
ANSWER = Reply(
    id="urn:uuid:6f2c7f4e-0e42-4f2a-8f0e-0000000000aa",
    link="https://exemple.invalid/tribunes/reponse/",
    title="Réponse d’un maire",
)
GRAVE = Correction(
    words="Correction du 4 mars 2026\u00a0: l’étude dit le contraire.",
    severity="high",
    version=3,
    day=date(2026, 3, 4),
)
WITHDRAWN_AT = datetime(2026, 5, 6, 7, 8, 9, tzinfo=PARIS)


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
            id=f"urn:uuid:6f2c7f4e-0e42-4f2a-8f0e-{nth:012}",
            title=f"Texte {nth}",
            link=f"https://exemple.invalid/focus/vieillir/texte-{nth}/",
            published=datetime(2026, 2, 28, 12, 0, tzinfo=PARIS) + timedelta(days=nth),
            updated=datetime(2026, 2, 28, 18, 30, tzinfo=PARIS) + timedelta(days=nth),
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
            "corrections": (Correction(words="Correction du 3 mars 2026 : 12 et non 13."),),
            "categories": ("Grand âge", "Aude (11)"),
            "licence": CC_BY_ND,
            "picture": PICTURE,
            "elsewhere": "https://journal.exemple.invalid/texte/",
            "canonical": "https://journal.exemple.invalid/texte/",
        }
        | fields
    )


def republished_item(**fields: object) -> Item:
    """Return a text that says all that whoever republishes it must know."""
    return whole_item(
        **{
            "version": 3,
            "terms": TERMS,
            "picture": replace(PICTURE, rights_holder="Agence Exemple", expires=date(2027, 1, 1)),
            "withheld_pictures": 1,
            "corrections": (GRAVE, *whole_item().corrections),
            "replies": (ANSWER,),
        }
        | fields
    )


def withdrawn_item(**fields: object) -> Item:
    """Return a text that said all it could and was withdrawn."""
    return republished_item(
        **{"withdrawn": WITHDRAWN_AT, "withdrawal_reason": "chiffres faux."} | fields
    )


def everywhere(text: str) -> tuple[Feed, Item]:
    """Put a text wherever somebody may type or paste one."""
    terms = Licence(code="cc-by-4.0", url="https://exemple.invalid/cc", name=text)
    return feed(title=text, subtitle=text, author=text, rights=text), whole_item(
        title=text,
        authors=(Author(name=text, role=text, organisation=text),),
        summary=text,
        content=f"<p>{text}</p>",
        corrections=(Correction(words=text), Correction(words=text, severity="high")),
        terms=replace(TERMS, territories=text, credit_line=text, usage=text),
        replies=(Reply(id="urn:x", link=f"https://exemple.invalid/{text}", title=text),),
        replies_to=Reply(id=f"urn:{text}", link="https://exemple.invalid/", title=text),
        categories=(text, text),
        licence=terms,
        picture=replace(PICTURE, alt=text, caption=text, credit=text, licence=terms),
    )
