"""What may not go live, whatever the way: a form, the list of pages, an approval, the clock."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst


class NotPublishable(ValidationError):
    """A page may not go live; its messages name the page and say in French what is missing."""


class GateMixin(models.Model):
    """Keeps a page from going live while something is missing.

    A page that is live already is not asked again, lest what became wrong around it (rights that
    ended) should keep somebody from moving, locking or withdrawing it.
    """

    class Meta:
        abstract = True

    def save(self, *, clean: bool = True, **kwargs: Any) -> None:
        """Save; raises NotPublishable when the page would go live and may not."""
        if self.live and not self._is_live_already():
            self._refuse_what_is_missing(content=clean)
        super().save(clean=clean, **kwargs)

    def publishing_problems(self) -> dict[str, list[str]]:
        """Return what forbids publishing, in French, by name of field or of inline panel."""
        raise NotImplementedError

    def rights_problems(self) -> dict[str, list[str]]:
        """Return what may not be shown on the day the page goes live, in the same form."""
        return {}

    def publishing_advice(self) -> list[str]:
        """Return what had better be mended before publishing, in French; nothing forbids it."""
        return []

    def waiting_problem(self) -> str:
        """Return why the page may not go live by itself, or ""."""
        holder = self.holder()
        return holder.why_pages_wait() if holder else ""

    def _is_live_already(self) -> bool:
        stored = type(self)._base_manager.filter(pk=self.pk, live=True)
        return stored.filter(live_revision_id=self.live_revision_id).exists()

    def _refuse_what_is_missing(self, *, content: bool) -> None:
        """Ask the holder always; the content, unless Wagtail copies a page that was asked."""
        found = self._missing() if content else []
        if reason := self.waiting_problem():
            found.append(reason)
        if found:
            raise NotPublishable([f"« {self.title} » ne peut pas paraître. {' '.join(found)}"])

    def _missing(self) -> list[str]:
        problems = (self.publishing_problems(), self.rights_problems())
        found = [text for found in problems for texts in found.values() for text in texts]
        try:
            self.full_clean()
        except ValidationError as error:
            found += [
                f"{self._label(name)} : {text}"
                for name, texts in error.message_dict.items()
                for text in texts
            ]
        return found

    def _label(self, name: str) -> str:
        if name == NON_FIELD_ERRORS:
            return self._meta.verbose_name.capitalize()
        return capfirst(self._meta.get_field(name).verbose_name)
