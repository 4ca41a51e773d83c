"""A parent that publishes its pages together holds them until then."""

from typing import Any

from django.db import models
from wagtail.locks import BaseLock


class PackageLock(BaseLock):
    """Nobody changes a page of a package that is being approved: what was read is what goes out."""

    def __init__(self, page: Any, reason: str) -> None:
        super().__init__(page)
        self.reason = reason

    def for_user(self, user: Any) -> bool:
        """Bind everybody; who may reopen the package does that first."""
        return True

    def get_message(self, user: Any) -> str:
        """Say why."""
        return self.reason

    def get_description(self, user: Any) -> str:
        """Say why, beside the page."""
        return self.reason

    def get_locked_by(self, user: Any) -> str:
        """Say what locks."""
        return "Verrouillée par son dossier"


class HoldingMixin(models.Model):
    """Asks the page that holds this one: it may keep it from going live, and lock it.

    A page type that holds others (a focus) overrides the two questions; every other page holds
    nothing.
    """

    class Meta:
        abstract = True

    def why_pages_wait(self) -> str:
        """Return, in French, why the pages below may not go live one by one, or ""."""
        return ""

    def why_pages_are_locked(self) -> str:
        """Return, in French, why the pages below may not be changed, or ""."""
        return ""

    def holder(self) -> "HoldingMixin | None":
        """Return the page that holds this one: its parent."""
        parent = self.get_parent() if self.path else None
        parent = parent.specific if parent else None
        return parent if isinstance(parent, HoldingMixin) else None

    @classmethod
    def may_be_held(cls) -> bool:
        """Tell whether a page of this type may have a parent that holds its pages."""
        ours = HoldingMixin.why_pages_are_locked
        parents = cls.allowed_parent_page_models()
        return any(getattr(parent, ours.__name__, ours) is not ours for parent in parents)

    def get_lock(self) -> BaseLock | None:
        """Return Wagtail’s own lock, or that of the holder."""
        if lock := super().get_lock():
            return lock
        # Lists of pages ask for each line: no query for pages that nobody holds.
        holder = self.holder() if self.may_be_held() else None
        reason = holder.why_pages_are_locked() if holder else ""
        return PackageLock(self, reason) if reason else None
