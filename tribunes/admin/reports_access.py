"""Who may see what became of texts: people who may edit tribunes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.models import User
from tribunes.models import TribuneIndexPage, TribunePage


def may_follow(user: User) -> bool:
    """Whether somebody may edit a tribune, or where all tribunes are."""
    if user.is_superuser:
        return True
    edited = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    kinds = Page.objects.type(TribunePage, TribuneIndexPage)
    return edited.filter(pk__in=kinds.values("pk")).exists()


class FollowAccess:
    """A view for those people; others are refused, whatever the method."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse who may not; raises PermissionDenied."""
        if not may_follow(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class FollowMenuItem(MenuItem):
    """An entry of a menu that leads to such a view."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide the entry from those whom the view would refuse."""
        return may_follow(request.user)
