"""What tests of the newsroom’s screens about partners have in common."""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories.cms import UserFactory
from tests.podcasts.editor import Editor, document, plain
from tribunes.models import Partner


def partner_url(partner: Partner) -> str:
    return reverse(Partner.snippet_viewset.get_url_name("inspect"), args=[partner.pk])


def edit_url(partner: Partner) -> str:
    return reverse(Partner.snippet_viewset.get_url_name("edit"), args=[partner.pk])


def listing_url() -> str:
    return reverse(Partner.snippet_viewset.get_url_name("list"))


def said(answer: HttpResponse) -> str:
    """Return what a screen says, without menus."""
    return plain(document(answer).xpath("string(//main)"))


def strangers() -> dict[str, Client]:
    """Return those who may nothing: a visitor, somebody without admin, an admin without rights."""
    found = {name: Client() for name in ("visitor", "stranger", "admin without right")}
    found["stranger"].force_login(UserFactory())
    admin = UserFactory()
    admin.user_permissions.add(Permission.objects.get(codename="access_admin"))
    found["admin without right"].force_login(admin)
    return found


def refuses(send: Callable[..., HttpResponse], address: str) -> bool:
    """Whether a request is sent away, to the login or to the start of the admin."""
    answer = send(address, {"name": "x", "scopes": ["texts"], "days": "365"})
    away = (reverse("wagtailadmin_login"), reverse("wagtailadmin_home"))
    return answer.status_code == 302 and answer.url.startswith(away)


def all_refused(clients: Iterable[Client], addresses: Iterable[str]) -> list[str]:
    """Return the addresses that did not send somebody away, by GET or by POST."""
    addresses = list(addresses)
    return [
        address
        for client in clients
        for address in addresses
        for send in (client.get, client.post)
        if not refuses(send, address)
    ]


def form_of(who: Editor, partner: Partner) -> dict[str, object]:
    """Return what the form of a partner holds, as a browser would send it."""
    form = document(who.client.get(edit_url(partner))).xpath("//form[@data-edit-form]")[0]
    found: dict[str, object] = {name: [] for name in ("focuses", "themes", "kinds")}
    for name, value in form.form_values():
        found[name] = [*found[name], value] if isinstance(found.get(name), list) else value
    return found
