"""The body of an article or of a tribune, in the words of a French newsroom.

Pages of the applications are named by string: cms imports none of them.
"""

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.notes import TEXT_FEATURES, LinkBlock


class PullQuoteBlock(blocks.StructBlock):
    """A sentence put forward."""

    text = blocks.TextBlock(label="Phrase", rows=2)
    attribution = blocks.CharBlock(
        label="De qui", required=False, help_text="Vide si la phrase est de l’auteur du texte."
    )

    class Meta:
        label = "Exergue"
        icon = "openquote"
        template = "blocks/pull_quote.html"


class BoxBlock(blocks.StructBlock):
    """A text beside the text."""

    title = blocks.CharBlock(label="Titre")
    text = blocks.RichTextBlock(label="Texte", features=TEXT_FEATURES)

    class Meta:
        label = "Encadré"
        icon = "form"
        template = "blocks/box.html"


class PictureBlock(blocks.StructBlock):
    """A picture; credit and text alternative come with it."""

    image = ImageChooserBlock(label="Image")
    caption = blocks.CharBlock(label="Légende", required=False, max_length=500)

    class Meta:
        label = "Image"
        icon = "image"
        template = "blocks/image.html"


class GalleryBlock(blocks.StructBlock):
    """Several pictures under one title."""

    title = blocks.CharBlock(label="Titre", required=False)
    images = blocks.ListBlock(PictureBlock(), label="Images", min_num=2)

    class Meta:
        label = "Galerie"
        icon = "image"
        template = "blocks/gallery.html"


class KeyFigureBlock(blocks.StructBlock):
    """A number and what it counts."""

    value = blocks.CharBlock(label="Chiffre", max_length=30, help_text="Par exemple « 1 sur 3 ».")
    label = blocks.CharBlock(label="Ce qu’il compte", max_length=200)
    source = blocks.CharBlock(label="Source", required=False, max_length=200)

    class Meta:
        label = "Chiffre"
        icon = "order"


class KeyFiguresBlock(blocks.StructBlock):
    """Numbers to remember."""

    title = blocks.CharBlock(label="Titre", required=False)
    figures = blocks.ListBlock(KeyFigureBlock(), label="Chiffres", min_num=1)

    class Meta:
        label = "Chiffres clés"
        icon = "order"
        template = "blocks/key_figures.html"


class ForumExtractBlock(blocks.StructBlock):
    """A passage of the replay of a forum, quoted."""

    forum = blocks.PageChooserBlock(label="Forum", page_type="focus.ForumPage")
    part = blocks.IntegerBlock(label="Partie", min_value=1, default=1)
    start = blocks.RegexBlock(
        regex=r"\A(\d+:)?\d{1,2}:\d{2}\Z",
        label="Début dans la rediffusion",
        help_text="Par exemple 12:30 ou 1:02:30.",
        error_messages={"invalid": "Écrivez minutes:secondes, par exemple 12:30."},
    )
    speaker = blocks.CharBlock(label="Qui parle", required=False)
    quote = blocks.TextBlock(label="Ce qui est dit", rows=3)

    class Meta:
        label = "Extrait du forum"
        icon = "media"
        template = "focus/blocks/forum_extract.html"


class BodyBlock(blocks.StreamBlock):
    """A text made of typed blocks; each has its template."""

    paragraph = blocks.RichTextBlock(
        label="Paragraphe",
        icon="pilcrow",
        features=[*TEXT_FEATURES, "superscript"],
        template="blocks/paragraph.html",
        group="Texte",
    )
    heading = blocks.CharBlock(
        label="Intertitre", icon="title", template="blocks/heading.html", group="Texte"
    )
    pull_quote = PullQuoteBlock(group="Texte")
    box = BoxBlock(group="Texte")
    footnotes = blocks.ListBlock(
        blocks.RichTextBlock(label="Note", features=["bold", "italic", "link"]),
        label="Notes",
        icon="list-ol",
        help_text="Dans le texte, [1] appelle la première note, [2] la deuxième.",
        template="blocks/footnotes.html",
        group="Texte",
    )
    image = PictureBlock(group="Illustration")
    gallery = GalleryBlock(group="Illustration")
    key_figures = KeyFiguresBlock(group="Illustration")
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label="Texte", required=False)),
            ("number", blocks.DecimalBlock(label="Nombre", required=False)),
        ],
        label="Tableau",
        icon="table",
        template="blocks/table.html",
        group="Illustration",
    )
    episode = blocks.PageChooserBlock(
        page_type="podcasts.EpisodePage",
        label="Épisode à écouter",
        icon="headphones",
        template="podcasts/blocks/episode.html",
        group="Renvoi",
    )
    forum_extract = ForumExtractBlock(group="Renvoi")
    tribune_teaser = blocks.PageChooserBlock(
        page_type="tribunes.TribunePage",
        label="Renvoi vers une tribune",
        icon="openquote",
        template="tribunes/blocks/teaser.html",
        group="Renvoi",
    )
    further_reading = blocks.ListBlock(
        LinkBlock(),
        label="Pour aller plus loin",
        icon="link",
        template="blocks/further_reading.html",
        group="Renvoi",
    )

    class Meta:
        label = "Texte"
        block_counts = {"footnotes": {"max_num": 1}, "further_reading": {"max_num": 1}}
