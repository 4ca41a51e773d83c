"""The public page of a notice, where a partner acknowledges it without an account.

Opening it changes nothing: mail scanners open every link.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.secret_addresses import SecretAddressView
from tribunes.followup import links
from tribunes.followup.forms import AcknowledgeForm
from tribunes.followup.letters import told
from tribunes.followup.refusals import DeclarationRefused
from tribunes.followup.services import acknowledge
from tribunes.models import Notice

UNPROCESSABLE = 422


class NoticeView(SecretAddressView):
    """Shows what the letter said; takes one acknowledgement, which stays as it is."""

    http_method_names = ["get", "head", "post"]
    notice: Notice

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the notice. Raises Http404 when there is none at that address."""
        super().setup(request, *args, **kwargs)
        notice = links.find(kwargs["token"])
        if notice is None:
            raise Http404
        self.notice = notice

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the notice, and who acknowledged it."""
        return self._show(AcknowledgeForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Acknowledge this notice and those before it; a wrong answer changes nothing."""
        form = AcknowledgeForm(request.POST)
        if not form.is_valid():
            return self._show(form, UNPROCESSABLE)
        try:
            acknowledge(
                partner=self.notice.partner,
                record=self.notice.record,
                by=form.cleaned_data["name"],
                url=form.cleaned_data["url"],
                version=self.notice.version,
            )
        except DeclarationRefused as refusal:
            form.add_error("url", refusal.problems["url"])
            return self._show(form, UNPROCESSABLE)
        return redirect("tribunes_notice", token)

    def _show(self, form: AcknowledgeForm, status: int = 200) -> HttpResponse:
        context = {
            "notice": self.notice,
            "told": told(self.notice),
            "form": form,
            "is_withdrawal": self.notice.kind != Notice.Kind.CORRECTION,
        }
        return render(self.request, "tribunes/followup/notice.html", context, status=status)
