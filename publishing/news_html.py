"""A text as one piece of HTML, for readers that show nothing else of an item."""

from html import escape

from publishing.news import Item, Picture


def html_of(item: Item) -> str:
    """Return chapô, signatures, picture, text, corrections and terms; no style, no class.

    Corrections travel with the text, lest copies keep what was wrong. An item without full text
    has nothing to add to its summary, unless it was corrected: then these two, else "".
    """
    if not item.content and not item.corrections:
        return ""
    parts = [f"<p><strong>{_text(item.summary)}</strong></p>" if item.summary else ""]
    if item.content:
        signatures = " ; ".join(author.signature for author in item.authors)
        parts += [
            f"<p>{_text(signatures)}</p>" if signatures else "",
            figure(item.picture) if item.picture else "",
            item.content,
        ]
    parts += [f"<p><em>{_text(correction)}</em></p>" for correction in item.corrections]
    if item.licence:
        parts.append(
            f'<p><a href="{escape(item.licence.url)}" rel="license">'
            f"{_text(item.licence.name)}</a></p>"
        )
    return "".join(parts)


def figure(picture: Picture) -> str:
    """Return a picture with its text alternative, caption, credit and terms."""
    terms = picture.licence.name if picture.licence else ""
    words = " · ".join(filter(None, (picture.caption, picture.credit, terms)))
    caption = f"<figcaption>{_text(words)}</figcaption>" if words else ""
    return (
        f'<figure><img src="{escape(picture.url)}" alt="{escape(picture.alt)}">{caption}</figure>'
    )


def _text(text: str) -> str:
    return escape(text, quote=False)
