"""Republished pages, one right and each other one wrong in one thing."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.tribunes.items import SITE, TERMS, usable
from tribunes.access import Standing
from tribunes.followup.originals import Original, Withheld
from tribunes.followup.pages import Page, read
from tribunes.followup.similarity import text_runs
from tribunes.items import Correction, Item

URL = "https://partenaire.exemple.invalid/tribunes/une-place"
OLD = (
    "Vieillir chez soi demande des voisins, des haltes et treize jardins dans chaque commune.\n\n"
    "Nous demandons que la loi reconnaisse enfin celles et ceux qui aident leurs proches.\n\n"
    "Personne ne devrait avoir à choisir entre son travail et l’âge de ses parents."
)
NEW = OLD.replace("treize", "douze")
CORRECTION = Correction(
    version=2,
    date=date(2026, 11, 20),
    severity="high",
    text="Chaque commune aura douze jardins, et non treize.",
)
WITHHELD = Withheld(
    name="manifestation_lyon", published="image-41-", credit="Ali Benali / Agence Exemple"
)


def item(**terms: Any) -> Item:
    """Return the corrected tribune, under terms."""
    return usable(
        version=2,
        corrections=(CORRECTION,),
        terms=replace(TERMS, **{"editing": "none", "scope": ("web",), **terms}),
    )


def original(**changes: Any) -> Original:
    """Return what copies are compared with."""
    fields: dict[str, Any] = {
        "standing": Standing.USABLE,
        "version": 2,
        "item": item(),
        "expired_on": None,
        "texts": {1: text_runs(OLD), 2: text_runs(NEW)},
        "withheld": (WITHHELD,),
        "hosts": frozenset({"solidaires.exemple.invalid", "media.exemple.invalid"}),
    }
    return Original(**fields | changes)


HEAD = f'<link rel="canonical" href="{SITE}/tribunes/une-place/">'
CREDIT = f"<p>{TERMS.credit_line}</p>"
LINK = f'<p><a href="{TERMS.required_link}">Lire l’original</a></p>'
NOTE = f"<aside><p>Correction\u00a0: {CORRECTION.text}</p></aside>"
PICTURE = '<img src="/medias/jardin.jpg" alt="Un jardin">'


def html(
    *,
    head: str = HEAD,
    picture: str = PICTURE,
    text: str = NEW,
    credit: str = CREDIT,
    link: str = LINK,
    note: str = NOTE,
) -> str:
    """Return a page of a partner’s, with its own lead, its menu and its advertisement."""
    one, *rest = text.split("\n\n")
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Tribune</title>{head}'
        f"</head><body><nav><a href='/'>Accueil</a></nav><h1>Notre titre</h1><p>Notre chapô.</p>"
        f"{picture}<p>{one}</p><div>Publicité pour un exemple</div>"
        f"{''.join(f'<p>{paragraph}</p>' for paragraph in rest)}"
        f"{note}{credit}{link}<footer>Mentions légales</footer></body></html>"
    )


def page(source: str | bytes, **headers: str) -> Page:
    """Return a page that was fetched."""
    body = source if isinstance(source, bytes) else source.encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read(url=URL, body=body, headers={"Content-Type": "text/html", **named})
