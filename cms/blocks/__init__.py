"""What editors compose texts with, under one name: ``from cms.blocks import BodyBlock``."""

from cms.blocks.body import BodyBlock
from cms.blocks.notes import TEXT_FEATURES, LinkBlock, LinksBlock, NotesBlock

__all__ = ["TEXT_FEATURES", "BodyBlock", "LinkBlock", "LinksBlock", "NotesBlock"]
