"""The form of a page that may be an incomplete draft, but not go live incomplete."""

from wagtail.admin.forms import WagtailAdminPageForm

from cms.models.holding import HoldingMixin


class GateForm(WagtailAdminPageForm):
    """Puts each reason not to publish next to the field or the panel that caused it."""

    def full_clean(self) -> None:
        """Validate; to publish or to submit, ask the page too."""
        super().full_clean()
        if not self.is_bound or self.is_deferred_validation:
            return
        readable = self._give_rows()
        if reason := self.why_it_waits():
            self.add_error(None, reason)
        problems = (self.publishing_problems(), self.instance.rights_problems())
        for name, messages in (pair for found in problems for pair in found.items()):
            if name in self.formsets:
                if name in readable:
                    self.formsets[name].non_form_errors().extend(messages)
            elif name not in self.errors:
                for message in messages:
                    self.add_error(name, message)

    def _give_rows(self) -> set[str]:
        """Let the page see its rows as they are typed: modelcluster tells it when it saves.

        Return the panels that could be read; the others say what is wrong with their rows.
        """
        readable = {name for name, formset in self.formsets.items() if formset.is_valid()}
        for name in readable:
            self.formsets[name].save(commit=False)
        return readable

    def publishing_problems(self) -> dict[str, list[str]]:
        """Return what the page lacks, as it is typed."""
        return self.instance.publishing_problems()

    def why_it_waits(self) -> str:
        """Return why the page may not go live by itself, or ""; approving its text is free."""
        if "action-publish" not in self.data or self.instance.live:
            return ""
        if self.instance.path:
            return self.instance.waiting_problem()
        parent = self.parent_page and self.parent_page.specific
        return parent.why_pages_wait() if isinstance(parent, HoldingMixin) else ""
