"""Pages as schema.org values, for search engines: dictionaries made from values.

What is not known is left out. Addresses are absolute. Types: https://schema.org/NewsArticle,
https://schema.org/OpinionNewsArticle, https://schema.org/BreadcrumbList.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

CONTEXT = {"@context": "https://schema.org"}
PUBLISHER = "Solutions solidaires"

Data = dict[str, Any]


def known(data: Mapping[str, Any]) -> Data:
    """Leave out what is empty."""
    return {name: value for name, value in data.items() if value not in ("", None, [], {}, 0)}


def organisation(name: str) -> Data:
    """Describe an organisation; nothing without a name."""
    return {"@type": "Organization", "name": name} if name else {}


def graph(*nodes: Data) -> Data:
    """Gather what one page says."""
    return CONTEXT | {"@graph": [node for node in nodes if node]}


def breadcrumbs(steps: Iterable[tuple[str, str]]) -> Data:
    """Describe the way to a page: titles and addresses, the site first, the page itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": rank, "name": name, "item": url}
            for rank, (name, url) in enumerate(steps, start=1)
        ],
    }


def author(name: str, function: str = "", employer: str = "", website: str = "") -> Data:
    """Describe somebody who wrote a text."""
    return known(
        {
            "@type": "Person",
            "name": name,
            "jobTitle": function,
            "affiliation": organisation(employer),
            "url": website,
        }
    )


def news_article(
    *,
    kind: str,
    headline: str,
    url: str,
    canonical: str = "",
    published: datetime | None = None,
    modified: datetime | None = None,
    description: str = "",
    image: str = "",
    authors: Iterable[Data] = (),
    section: str = "",
    part_of: tuple[str, str] | None = None,
    territories: Iterable[str] = (),
    themes: Iterable[str] = (),
    licence: str = "",
    minutes: int = 0,
    corrections: Iterable[tuple[date, str]] = (),
) -> Data:
    """Describe a text; ``kind`` is its schema.org type, ``part_of`` the title and address above."""
    return known(
        {
            "@type": kind,
            "@id": url,
            "url": url,
            "mainEntityOfPage": canonical or url,
            "headline": headline,
            "description": description,
            "inLanguage": "fr",
            "datePublished": published,
            "dateModified": modified,
            "image": image,
            "author": list(authors),
            "publisher": organisation(PUBLISHER),
            "articleSection": section,
            "isPartOf": part_of
            and {"@type": "CollectionPage", "name": part_of[0], "url": part_of[1]},
            "spatialCoverage": [
                {"@type": "AdministrativeArea", "name": territory} for territory in territories
            ],
            "keywords": list(themes),
            "license": licence,
            "timeRequired": f"PT{minutes}M" if minutes else "",
            "isAccessibleForFree": True,
            "correction": [
                {"@type": "CorrectionComment", "text": text, "datePublished": day}
                for day, text in corrections
            ],
        }
    )


def collection(
    *, name: str, url: str, description: str = "", image: str = "", parts: Iterable[str] = ()
) -> Data:
    """Describe a page that gathers others; ``parts`` are their addresses."""
    return known(
        {
            "@type": "CollectionPage",
            "@id": url,
            "url": url,
            "name": name,
            "description": description,
            "inLanguage": "fr",
            "image": image,
            "publisher": organisation(PUBLISHER),
            "hasPart": [{"@id": part, "url": part} for part in parts],
        }
    )
