"""The form of a forum: it begins with three parts, and reads what is typed of their replay."""

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

    def publishing_problems(self) -> dict[str, list[str]]:
        """Return what the forum lacks, with the parts as they are typed."""
        lines = (form.cleaned_data for form in self.formsets["parts"] if form.is_valid())
        typed = [line for line in lines if line and not line["DELETE"]]
        ordered = sorted(typed, key=lambda line: line.get("ORDER") or 0)
        return self.instance.publishing_problems(
            starts=[(line["title"], line["starts_in_replay"]) for line in ordered]
        )
