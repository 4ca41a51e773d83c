"""The public page of an approval link, for somebody without an account: only POST uses it up."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.secret_addresses import SecretAddressView
from focus.forms.print_desk import AnswerForm
from focus.models import ApprovalLink, PageApproval
from focus.print_desk import addresses, findings, links
from focus.print_desk.refusals import DeskRefused
from publishing.exceptions import PublishingError

GONE = 410
UNPROCESSABLE = 422
UNAVAILABLE = 503


class ApprovalView(SecretAddressView):
    """Shows a version and its report; takes one answer."""

    link: ApprovalLink

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the link. Raises Http404 when there is none at that address."""
        super().setup(request, *args, **kwargs)
        link = links.find(kwargs["token"])
        if link is None:
            raise Http404
        self.link = link

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show what is to be approved, or why the link does not serve any more."""
        if reason := links.closed_because(self.link):
            return self._closed(reason)
        return self._open(AnswerForm(initial={"name": self.link.name}))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Approve or refuse; a wrong answer comes back and uses nothing up."""
        if reason := links.closed_because(self.link):
            return self._closed(reason)
        form = AnswerForm(request.POST)
        refused = request.POST.get("answer") == "refuse"
        if form.is_valid() and refused and not form.cleaned_data["comment"].strip():
            form.add_error("comment", "Dites ce qu’il faut corriger.")
        if not form.is_valid():
            return self._open(form, UNPROCESSABLE)
        data = form.cleaned_data
        try:
            if refused:
                links.refuse(self.link, name=data["name"], comment=data["comment"].strip())
            else:
                links.approve(self.link, name=data["name"], waiver=data["waiver"])
        except DeskRefused as refusal:
            # Somebody else was faster, or the form is still wrong.
            self.link = links.find(token)
            if reason := links.closed_because(self.link):
                return self._closed(reason)
            form.add_error(None, str(refusal))
            return self._open(form, UNPROCESSABLE)
        except PublishingError as error:
            form.add_error(None, f"{error.reason} Votre réponse n’est pas enregistrée.")
            return self._open(form, UNAVAILABLE)
        context = {"link": self.link, "refused": refused}
        return render(request, "focus/approval_done.html", context)

    def _open(self, form: AnswerForm, status: int = 200) -> HttpResponse:
        version = self.link.version
        context = {
            "link": self.link,
            "version": version,
            "page": version.page,
            "image": addresses.address(version.image),
            "groups": findings.by_level(findings.of_version(version)),
            "warned": findings.warnings(version),
            "form": form,
        }
        return render(self.request, "focus/approval.html", context, status=status)

    def _closed(self, reason: str) -> HttpResponse:
        approval = PageApproval.objects.filter(link=self.link).first()
        context = {"link": self.link, "reason": reason, "approval": approval}
        return render(self.request, "focus/approval_closed.html", context, status=GONE)


class ApprovalPdfView(ApprovalView):
    """The PDF of the version, while the link serves."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Lead to a signed address."""
        if reason := links.closed_because(self.link):
            return self._closed(reason)
        version = self.link.version
        name = f"page-{version.page.number:02}-v{version.number}.pdf"
        return redirect(addresses.download_address(version.pdf, name))
