"""Versions of a page: two side by side, and their files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from focus.admin.print_access import InsertScreen
from focus.models import InsertPage, PageVersion
from focus.print_desk import addresses


class CompareScreen(InsertScreen):
    """Two versions side by side: ``?a=`` and ``?b=`` are their numbers."""

    model = InsertPage
    path = "insert"
    template_name = "focus/admin/print/compare.html"

    def get_page_title(self) -> str:
        """Name the page."""
        return f"Comparer : page {self.found.number}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find both: the newest and the one before, unless others are asked for."""
        versions = list(self.found.versions.defer("text", "findings"))
        by_number = {str(version.number): version for version in versions}
        newest = versions[0] if versions else None
        before = versions[1] if len(versions) > 1 else newest
        return super().get_context_data(
            page=self.found,
            versions=versions,
            sides=[
                ("a", by_number.get(self.request.GET.get("a", ""), before)),
                ("b", by_number.get(self.request.GET.get("b", ""), newest)),
            ],
        )


class VersionFileView(InsertScreen):
    """A file of a version: ``vignette``, ``image`` or ``pdf``."""

    model = PageVersion
    path = "page.insert"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to a signed address."""
        version = self.found
        match kwargs["kind"]:
            case "vignette":
                address = addresses.address(version.thumbnail)
            case "image":
                address = addresses.address(version.image)
            case "pdf":
                name = f"page-{version.page.number:02}-v{version.number}.pdf"
                return redirect(addresses.download_address(version.pdf, name))
            case _:
                raise Http404
        answer = redirect(address)
        patch_cache_control(answer, private=True, max_age=addresses.SECONDS // 2)
        return answer
