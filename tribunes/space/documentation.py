"""The documentation, open to everybody: developers of a partner need no invitation to read it."""

from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tribunes.api.problems import KINDS
from tribunes.sandbox.examples import examples
from tribunes.space import markdown
from tribunes.space.views import SpaceView


class DocumentationView(SpaceView):
    """docs/partners.md."""

    section = "documentation"
    is_open = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it, filled with the address of this site, and the examples that link here."""
        mail = parseaddr(settings.CONTACT_EMAIL)[1]
        document = markdown.contract(settings.SITE_URL.rstrip("/"), mail)
        return self.page("documentation", {"document": document, "examples": examples().values()})


class MirrorView(SpaceView):
    """The program that keeps a copy, as partners run it."""

    is_open = True
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Hand the file over."""
        file = settings.BASE_DIR / "docs" / "examples" / "mirror.py"
        answer = HttpResponse(file.read_bytes(), content_type="text/x-python; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="mirror.py"'
        return answer


class ErrorsView(SpaceView):
    """Every code of the API, where ``type`` of a problem leads."""

    section = "documentation"
    is_open = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show each under its own anchor."""
        return self.page("errors", {"kinds": KINDS})
