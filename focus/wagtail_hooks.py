"""What focuses add to the admin."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from focus.admin import menu, package, package_lock, print_buttons, print_desk, sommaire

hooks.register("register_page_header_buttons", menu.sommaire_button)
hooks.register("register_page_header_buttons", print_buttons.desk_button)
hooks.register("register_page_listing_buttons", menu.sommaire_listing_button)
hooks.register("before_create_page", package_lock.refuse_new_page)


@hooks.register("register_admin_viewset")
def focus_listing() -> menu.FocusListingViewSet:
    """The menu «Focus»."""
    return menu.FocusListingViewSet("liste-des-focus", url_prefix="focus")


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    """Addresses of our screens."""
    return [
        path("focus/", include((sommaire.urlpatterns, "focus_sommaire"))),
        path("focus/", include((package.urlpatterns, "focus_package"))),
        path("cahier/", include((print_desk.urlpatterns, "focus_print"))),
    ]
