"""The form of a forum: it begins with three parts."""

from typing import Any

from cms.forms.gate import GateForm


class ForumForm(GateForm):
    """Offers three parts when the page is new; editors rename, add and remove them."""

    def __init__(self, data: Any = None, files: Any = None, *args: Any, **kwargs: Any) -> None:
        """Divide the hour of a page that nobody has saved yet."""
        forum = kwargs.get("instance")
        if data is None and forum is not None and forum.pk is None and not forum.parts.all():
            forum.divide()
        super().__init__(data, files, *args, **kwargs)
