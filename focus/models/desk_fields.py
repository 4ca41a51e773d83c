"""Facts that the desk reads while a page is a draft: its calendar, its format."""

from typing import Any, ClassVar

from django.db import models
from wagtail.models import Revision


class DeskFieldsMixin(models.Model):
    """Writes the fields named in ``desk_fields`` to the row with every saved draft.

    Wagtail keeps what is typed in a draft in its revision alone, until the page is published; the
    desk must not wait that long for a deadline or a size. Once the page is live, these change
    with publication, like everything that readers see.
    """

    desk_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Save a revision, and let the desk know what it says."""
        revision = super().save_revision(*args, **kwargs)
        if not self.live:
            values = {name: getattr(self, name) for name in self.desk_fields}
            type(self)._base_manager.filter(pk=self.pk).update(**values)
        return revision
