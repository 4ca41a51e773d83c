"""What the site adds to the admin."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.admin import withdrawal_hooks
from cms.image_operations import BareOperation
from cms.models.identity import IdentityMixin
from cms.viewsets import AddressBookGroup, ReferenceGroup

hooks.register("register_page_header_buttons", withdrawal_hooks.withdraw_button)
hooks.register("before_edit_page", withdrawal_hooks.warn_of_withdrawal)
hooks.register("register_admin_urls", withdrawal_hooks.admin_urls)
hooks.register("register_admin_menu_item", withdrawal_hooks.menu_item)
register_snippet(AddressBookGroup)
register_snippet(ReferenceGroup)


@hooks.register("insert_editor_js")
def autosave_script() -> str:
    """Script that saves what was typed while another save was under way."""
    return format_html('<script type="module" src="{}"></script>', static("cms/js/autosave.js"))


@hooks.register("before_serve_document")
def keep_documents_inside(document: AbstractDocument, request: HttpRequest) -> None:
    """Raise Http404 for the public: no page names a document, and its address can be guessed."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404("document interne")


@hooks.register("before_copy_page")
def refuse_aliases(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse a second address for what feeds announce: it would be listed twice."""
    if request.method != "POST" or not request.POST.get("alias"):
        return None
    if not isinstance(page.specific, IdentityMixin):
        return None
    messages.error(
        request,
        f"« {page} » ne peut pas avoir d’alias : les flux l’annonceraient deux fois. Copiez la page"
        " sans cocher «\u202fAlias\u202f».",
    )
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("register_image_operations")
def image_operations() -> list[tuple[str, type[BareOperation]]]:
    """Let renditions leave out what cameras noted."""
    return [("bare", BareOperation)]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Name what the history of a page says of withdrawals."""
    actions.register_action(
        "cms.withdraw", "Retirer", "Retiré\u00a0: adresse en 410, copies à retirer"
    )
    actions.register_action("cms.lift_withdrawal", "Lever le retrait", "Retrait levé")
