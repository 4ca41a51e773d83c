"""The way to withdrawals: a button beside a text, a warning in its editor, a menu."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.admin.withdrawal_list import WithdrawalsView, may_look
from cms.admin.withdrawal_views import LiftView, WithdrawView
from cms.models import TextPage, User
from cms.withdrawing import standing_withdrawal

urlpatterns = [
    path("", WithdrawalsView.as_view(), name="index"),
    path("<int:pk>/lever/", LiftView.as_view(), name="lift"),
    path("retirer/<int:pk>/", WithdrawView.as_view(), name="withdraw"),
]


def admin_urls() -> list[URLResolver]:
    """Addresses of these screens; a hook ``register_admin_urls``."""
    return [path("retraits/", include((urlpatterns, "cms_withdrawals")))]


def withdraw_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead whoever may publish a text that came out to its withdrawal; a page header hook."""
    if not issubclass(page.specific_class or Page, TextPage) or not page.first_published_at:
        return
    if not page.permissions_for_user(user).can_publish() or standing_withdrawal(page.specific):
        return
    url = reverse("cms_withdrawals:withdraw", args=[page.pk])
    yield Button("Retirer ce texte", url=url, icon_name="no-view", priority=70)


def warn_of_withdrawal(request: HttpRequest, page: Page) -> None:
    """Say above the form of a withdrawn text that it is; a hook ``before_edit_page``."""
    text = page.specific
    if request.method != "GET" or not isinstance(text, TextPage):
        return
    withdrawal = standing_withdrawal(text)
    if withdrawal is None:
        return
    buttons = []
    if page.permissions_for_user(request.user).can_publish():
        url = reverse("cms_withdrawals:lift", args=[withdrawal.pk])
        buttons = [messages.button(url, "Lever le retrait")]
    messages.warning(
        request,
        f"Ce texte est retiré depuis le {timezone.localtime(withdrawal.at):%d/%m/%Y}\u00a0:"
        f" «\u202f{withdrawal.reason}\u202f» Il ne peut pas paraître tant que le retrait n’est pas"
        " levé.",
        buttons=buttons,
    )


class WithdrawalsMenuItem(MenuItem):
    """Shown to those who work on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user may open the list."""
        return may_look(request.user)


def menu_item() -> WithdrawalsMenuItem:
    """Return the menu «Retraits»; a hook ``register_admin_menu_item``."""
    url = reverse("cms_withdrawals:index")
    return WithdrawalsMenuItem("Retraits", url, name="withdrawals", icon_name="no-view", order=290)
