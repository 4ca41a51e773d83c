"""The public page of a notice, where a partner acknowledges it without an account.

Opening it changes nothing: mail scanners open every link. Its address is all the authority there
is: no session counts, hence no CSRF token, which browsers could not vouch for under this referrer
policy anyway.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from tribunes.followup import links
from tribunes.followup.forms import AcknowledgeForm
from tribunes.followup.letters import told
from tribunes.followup.refusals import DeclarationRefused
from tribunes.followup.services import acknowledge
from tribunes.models import Notice

UNPROCESSABLE = 422


@method_decorator(csrf_exempt, name="dispatch")
class NoticeView(View):
    """Shows what the letter said; takes one acknowledgement, which stays as it is."""

    http_method_names = ["get", "head", "post"]
    notice: Notice

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the notice; nothing of this is kept, indexed, or told to other sites."""
        notice = links.find(kwargs["token"])
        if notice is None:
            raise Http404
        self.notice = notice
        answer = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(answer)
        answer["Referrer-Policy"] = "no-referrer"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

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
            "is_withdrawal": self.notice.kind == Notice.Kind.WITHDRAWAL,
        }
        return render(self.request, "tribunes/followup/notice.html", context, status=status)
