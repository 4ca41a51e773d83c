"""Blocks that editors compose notes with.

Notes travel into podcast apps, which keep only the smallest HTML: paragraphs, bold, italics,
links and lists. So nothing else can be typed.
"""

from wagtail import blocks

TEXT_FEATURES = ["bold", "italic", "link", "ul", "ol"]


class NotesBlock(blocks.StreamBlock):
    """A text made of paragraphs and lists."""

    paragraph = blocks.RichTextBlock(features=TEXT_FEATURES, label="Texte", icon="pilcrow")

    class Meta:
        label = "Notes"


class LinkBlock(blocks.StructBlock):
    """A titled address."""

    title = blocks.CharBlock(label="Intitulé", max_length=255)
    url = blocks.URLBlock(label="Adresse")

    class Meta:
        label = "Lien"
        icon = "link"


class LinksBlock(blocks.StreamBlock):
    """A list of links."""

    link = LinkBlock()

    class Meta:
        label = "Liens"
