"""A text as one piece of HTML, for readers that show nothing else of an item."""

from collections.abc import Iterable
from html import escape

from publishing.news import Correction, Item, Picture, Reply


def html_of(item: Item) -> str:
    """Return chapô, signatures, picture, text, corrections and terms; no style, no class.

    Corrections travel with the text, lest copies keep what was wrong: grave ones above it, the
    others after it, as the droits de réponse. An item without full text has nothing to add to its
    summary, unless it was corrected or answered: then these alone, else "". A withdrawn one says
    so, for copies to overwrite themselves.
    """
    answered = item.replies or item.replies_to
    if not (item.content or item.corrections or answered or item.withdrawn):
        return ""
    grave = [correction for correction in item.corrections if correction.severity == "high"]
    others = [correction for correction in item.corrections if correction.severity != "high"]
    return "".join(
        (
            *_corrections(grave),
            _reply("Droit de réponse au texte\u00a0: ", item.replies_to) if item.replies_to else "",
            f"<p><strong>{_text(item.summary)}</strong></p>" if item.summary else "",
            *(_whole(item) if item.content else ()),
            *_corrections(others),
            *(_reply("Droit de réponse\u00a0: ", reply) for reply in item.replies),
            *(_credit(item) if item.content else ()),
            _licence(item),
        )
    )


def figure(picture: Picture) -> str:
    """Return a picture with its text alternative, caption, credit and terms."""
    terms = picture.licence.name if picture.licence else ""
    words = " · ".join(filter(None, (picture.caption, picture.credit, terms)))
    caption = f"<figcaption>{_text(words)}</figcaption>" if words else ""
    return (
        f'<figure><img src="{escape(picture.url)}" alt="{escape(picture.alt)}">{caption}</figure>'
    )


def _whole(item: Item) -> Iterable[str]:
    if signatures := " ; ".join(author.signature for author in item.authors):
        yield f"<p>{_text(signatures)}</p>"
    if item.picture:
        yield figure(item.picture)
    yield item.content
    if item.withheld_pictures:
        yield f"<p><em>{_withheld(item.withheld_pictures)}</em></p>"


def _withheld(count: int) -> str:
    if count == 1:
        return "Une image de ce texte n’est pas reproduite\u00a0: ses droits ne le permettent pas."
    return (
        f"{count} images de ce texte ne sont pas reproduites\u00a0:"
        " leurs droits ne le permettent pas."
    )


def _corrections(corrections: Iterable[Correction]) -> Iterable[str]:
    return (f"<p><em>{_text(correction.words)}</em></p>" for correction in corrections)


def _reply(words: str, reply: Reply) -> str:
    return f"<p>{words}{_link(reply.link, reply.title or reply.link)}</p>"


def _credit(item: Item) -> Iterable[str]:
    """Return the credit line, linked where a link is required: it survives without style."""
    if item.terms and (words := item.terms.credit_line or item.terms.required_link):
        link = item.terms.required_link
        yield f"<p>{_link(link, words) if link else _text(words)}</p>"


def _licence(item: Item) -> str:
    if not item.licence:
        return ""
    return f"<p>{_link(item.licence.url, item.licence.name, rel='license')}</p>"


def _link(address: str, words: str, rel: str = "") -> str:
    relation = f' rel="{rel}"' if rel else ""
    return f'<a href="{escape(address)}"{relation}>{_text(words)}</a>'


def _text(text: str) -> str:
    return escape(text, quote=False)
