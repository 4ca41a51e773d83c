"""What must never change in a page, and never be copied with it."""

from typing import Any, ClassVar, Self

from django.db import models


class IdentityMixin(models.Model):
    """Keeps the fields named in ``identity_fields`` as they were given at creation.

    They survive title, slug, media, move, unpublication and old revisions; a copied page gets its
    own. Subscribers' apps know an episode by them and nothing else.
    """

    identity_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Restore a revision, but not what it said of the identity."""
        restored = super().with_content_json(content)
        for name in self.identity_fields:
            setattr(restored, name, getattr(self, name))
        return restored
