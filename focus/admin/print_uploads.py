"""Uploading PDFs, and what the preflight says of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from focus.admin.print_access import InsertScreen
from focus.admin.print_flatplan import DeskScreen
from focus.admin.print_page import PageScreen
from focus.forms.print_desk import UploadForm
from focus.models import InsertUpload
from focus.print_desk import addresses, findings, uploads


class CahierUploadView(DeskScreen):
    """One PDF of all pages."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the file, or say what is wrong with it."""
        form = UploadForm(request.POST, request.FILES, prefix="cahier")
        if form.is_valid():
            upload = uploads.receive(self.insert, form.cleaned_data["file"], request.user)
            return redirect("focus_print:upload", upload.pk)
        return self.render_to_response(self.get_context_data(upload_form=form))


class PageUploadView(PageScreen):
    """The PDF of one page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the file, or say what is wrong with it."""
        form = UploadForm(request.POST, request.FILES, prefix="page")
        if form.is_valid():
            file = form.cleaned_data["file"]
            upload = uploads.receive(self.insert, file, request.user, self.page)
            return redirect("focus_print:upload", upload.pk)
        return self.render_to_response(self.get_context_data(upload_form=form))


class UploadScreen(InsertScreen):
    """How far the examination of an upload is, then its report."""

    model = InsertUpload
    path = "insert"
    template_name = "focus/admin/print/upload.html"

    def get_page_title(self) -> str:
        """Name the file."""
        return f"Contrôle : {self.found.name}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the report."""
        return super().get_context_data(**report_of(self.found), **kwargs)


class UploadStateView(UploadScreen):
    """The same as a fragment, which the screen follows."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the fragment."""
        return render(request, "focus/admin/print/upload_state.html", report_of(self.found))


class UploadFileView(UploadScreen):
    """The PDF as it came."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to a signed address."""
        return redirect(addresses.download_address(self.found.file, self.found.name))


def report_of(upload: InsertUpload) -> dict[str, Any]:
    """Return what templates show of an upload: its findings by page, the whole file first."""
    found = findings.read(upload.report.get("findings", ()))
    numbers = sorted({f.page for f in found if f.page is not None})
    groups = [(None, findings.by_level(f for f in found if f.page is None))]
    groups += [(n, findings.by_level(f for f in found if f.page == n)) for n in numbers]
    return {
        "upload": upload,
        "percent": round(upload.progress * 100),
        "groups": [group for group in groups if group[1]],
        "counts": [(label, len(group)) for _, label, group in findings.by_level(found)],
        "examined": upload.report.get("page_count", 0),
    }
