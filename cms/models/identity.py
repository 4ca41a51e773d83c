"""What must never change in a page, and never be copied with it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone


class IdentityMixin(models.Model):
    """Keeps the fields named in ``identity_fields`` as they were given at creation.

    They survive title, slug, media, move, unpublication and old revisions; a copy or an alias gets
    its own. Subscribers' apps know an episode by them and nothing else.
    """

    identity_fields: ClassVar[tuple[str, ...]] = ()
    date_fields: ClassVar[tuple[str, ...]] = ("first_published_at", "last_published_at")

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Save; Wagtail copies everything into an alias, which is given its own identity here."""
        if self._state.adding and self.alias_of_id:
            for name in self.identity_fields:
                setattr(self, name, self._meta.get_field(name).get_default())
        if self.live and not self.first_published_at:
            self.first_published_at = timezone.now()  # of a copy that is published at once
        self.complete_identity()
        super().save(**kwargs)

    @property
    def exclude_fields_in_copy(self) -> list[str]:
        """Fields that Wagtail gives anew to a copy: who it is, and when it came out."""
        return [*self.identity_fields, *self.date_fields]

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Restore a revision, but not what it said of the identity."""
        restored = super().with_content_json(content)
        for name in self.identity_fields:
            setattr(restored, name, getattr(self, name))
        return restored

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Validate a page that may not have been saved yet: its identity comes then."""
        kwargs["exclude"] = {*(kwargs.get("exclude") or ()), *self.identity_fields}
        super().full_clean(*args, **kwargs)

    def complete_identity(self) -> None:
        """Give what defaults cannot."""
