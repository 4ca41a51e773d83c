"""BAT and approval links, given by who may publish the cahier."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from focus.admin.print_page import PageAction
from focus.forms.print_desk import LinkForm, WaiverForm
from focus.models import ApprovalLink, InsertPage, PageVersion
from focus.print_desk import approvals, links


class VersionAction(PageAction):
    """Something done to one version."""

    model = PageVersion
    path = "page.insert"
    for_publishers = True

    @property
    def page(self) -> InsertPage:
        """The page of the version."""
        return self.found.page


class ApproveView(VersionAction):
    """The BAT of somebody with an account."""

    form_name = "waiver_form"
    done = "La page a son BAT."

    def make_form(self) -> WaiverForm:
        """Return the form that was sent."""
        return WaiverForm(self.request.POST)

    def act(self, data: dict[str, Any]) -> None:
        """Sign."""
        approvals.approve(self.found, self.request.user, data["waiver"])


@method_decorator(never_cache, name="dispatch")
class CreateLinkView(VersionAction):
    """A link for somebody who has no account."""

    form_name = "link_form"

    def make_form(self) -> LinkForm:
        """Return the form that was sent."""
        return LinkForm(self.request.POST, prefix="link")

    def act(self, data: dict[str, Any]) -> HttpResponse:
        """Make it and show it, this once."""
        link, token = links.create(self.found, self.request.user, **data)
        context = self.get_context_data(link=link, address=links.address(token))
        return render(self.request, "focus/admin/print/link.html", context)


class RevokeLinkView(PageAction):
    """A link is withdrawn."""

    model = ApprovalLink
    path = "version.page.insert"
    for_publishers = True
    done = "Le lien est retiré."

    @property
    def page(self) -> InsertPage:
        """The page of the link."""
        return self.found.version.page

    def act(self, data: dict[str, Any]) -> None:
        """Withdraw it."""
        links.revoke(self.found, self.request.user)


class ReopenView(PageAction):
    """A BAT is taken back."""

    for_publishers = True
    done = "La page est rouverte."

    def act(self, data: dict[str, Any]) -> None:
        """Take it back."""
        approvals.reopen(self.page, self.request.user)
