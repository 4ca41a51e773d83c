"""Tribunes as values, as the rendering of the site would hand them to the formats."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from tribunes.items import (
    Correction,
    Credit,
    Item,
    Picture,
    Place,
    PubStatus,
    Reply,
    Retraction,
    Sound,
    Terms,
)

PARIS_WINTER = timezone(timedelta(hours=1))
SITE = "https://solidaires.exemple.invalid"
MEDIA = "https://media.exemple.invalid"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
"""The smallest thing that calls itself a JPEG."""

AUTHOR = Credit(
    id="urn:uuid:0190f3a0-0000-7000-8000-0000000000a1",
    name="Jeanne Martin",
    role="author",
    title="présidente",
    institution="Département du Lot",
    biography="Jeanne Martin est infirmière.",
    interests="Administratrice de la mutuelle Exemple.",
    territory="Lot",
)
SIGNATORY = Credit(
    id="urn:uuid:0190f3a0-0000-7000-8000-0000000000a2",
    name="Nour Delmas",
    role="signatory",
    title="directeur",
    institution="Mutuelle Exemple",
    partner="mutuelle-exemple",
)
OPENING = Picture(
    id=7,
    href=f"{MEDIA}/images/jardin-0123456789.jpg",
    type="image/jpeg",
    length=len(JPEG),
    width=1600,
    height=1067,
    alt="Deux voisines au jardin",
    caption="Au jardin partagé",
    credit="Photo Ali Benali",
    rights_holder="Ali Benali",
    licence_code="cc-by-4.0",
    licence_name="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/deed.fr",
    expires=date(2027, 12, 31),
)
SOUND = Sound(
    title="Un épisode d’exemple", href=f"{MEDIA}/episode.mp3", type="audio/mpeg", length=123_456
)
TERMS = Terms(
    code="tribune-integrale",
    name="Reprise intégrale",
    url=f"{SITE}/api/v1/licences/tribune-integrale",
    scope=("web", "print"),
    editing="time-and-place",
    commercial=False,
    territories="France",
    expires=date(2027, 6, 30),
    credit_line="Tribune publiée par Solutions solidaires.",
    required_link=f"{SITE}/tribunes/une-place/",
    copy_policy="canonical",
    tdm="reserved",
    usage="Vous pouvez reprendre ce texte en entier, sur un site et sur papier.",
)
HTML = (
    "<p>Un texte <b>fort</b> et <i>juste</i>\u202f: voir la <a"
    ' href="https://exemple.invalid/etude?a=1&amp;b=2">source</a>.[1]</p>'
    "<h2>Un intertitre</h2>"
    "<blockquote><p>Personne ne vieillit seul.</p><p>— Nour Delmas</p></blockquote>"
    "<ul><li>un jardin</li><li>une halte</li></ul>"
    "<table><caption>Aidants</caption><thead><tr>"
    '<th scope="col">Lieu</th><th scope="col">Part</th></tr></thead>'
    "<tbody><tr><td>Lot</td><td>12,5</td></tr></tbody></table>"
    "<h2>Notes</h2><ol><li><p>Enquête de 2025.</p></li></ol>"
)
CORRECTION = Correction(
    version=2,
    date=date(2026, 11, 20),
    severity="significant",
    text="Le Lot compte 173 000 habitants.",
)


def usable(**changes: Any) -> Item:
    """Return a tribune with everything that may travel, and what a test wants changed."""
    item = Item(
        id="urn:uuid:0190f3a0-0000-7000-8000-000000000001",
        version=1,
        kind="tribune",
        language="fr",
        url=f"{SITE}/tribunes/une-place/",
        canonical_url=f"{SITE}/tribunes/une-place/",
        status=PubStatus.USABLE,
        first_created=datetime(2026, 11, 10, 9, 0, tzinfo=PARIS_WINTER),
        first_published=datetime(2026, 11, 18, 7, 0, tzinfo=PARIS_WINTER),
        version_created=datetime(2026, 11, 18, 7, 0, tzinfo=PARIS_WINTER),
        headline="Une place pour chacun",
        standfirst="Vieillir chez soi est une affaire de voisins.",
        html=HTML,
        editorial_note="À reprendre avant le 1er décembre.",
        people=(AUTHOR, SIGNATORY),
        territories=(Place(name="Lot", code="46"),),
        focus="Grand âge",
        subjects=("Grand âge", "Habitat"),
        opening=OPENING,
        pictures=(OPENING,),
        sounds=(SOUND,),
        terms=TERMS,
    )
    return replace(item, **changes)


def embargoed(**changes: Any) -> Item:
    """Return a tribune that nobody may show before the hour."""
    hour = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    return usable(**{"status": PubStatus.WITHHELD, "embargoed_until": hour, **changes})


def corrected(severity: str = CORRECTION.severity, **changes: Any) -> Item:
    """Return a tribune that was corrected once."""
    corrections = (replace(CORRECTION, severity=severity),)
    return usable(**{"version": 2, "corrections": corrections, **changes})


def without_pictures(**changes: Any) -> Item:
    """Return a tribune two of whose pictures may not travel."""
    return usable(**{"opening": None, "pictures": (), "withheld_pictures": 2, **changes})


def withdrawn(**changes: Any) -> Item:
    """Return a withdrawn tribune: its identity, its dates and the reason."""
    emptied = {
        "version": 3,
        "headline": "[RETIRÉ] Une place pour chacun",
        "status": PubStatus.CANCELED,
        "version_created": datetime(2026, 11, 22, 8, 5, tzinfo=PARIS_WINTER),
        "standfirst": "",
        "html": "",
        "editorial_note": "",
        "people": (),
        "territories": (),
        "focus": "",
        "subjects": (),
        "opening": None,
        "pictures": (),
        "sounds": (),
        "terms": None,
        "retraction": Retraction(
            date=datetime(2026, 11, 22, 8, 5, tzinfo=PARIS_WINTER), reason="Chiffres erronés."
        ),
    }
    return usable(**{**emptied, **changes})


def answered(**changes: Any) -> Item:
    """Return a tribune with a droit de réponse."""
    reply = Reply(
        id="urn:uuid:0190f3a0-0000-7000-8000-000000000009",
        href=f"{SITE}/api/v1/tribunes/0190f3a0-0000-7000-8000-000000000009",
        url=f"{SITE}/tribunes/reponse/",
    )
    return usable(**{"replies": (reply,), **changes})


EVERY_KIND = {
    "usable": usable(),
    "embargoed": embargoed(),
    "corrected": corrected(),
    "corrected-high": corrected("high"),
    "without-pictures": without_pictures(),
    "withdrawn": withdrawn(),
    "answered": answered(),
}
"""By name, for tests that hold for all."""
