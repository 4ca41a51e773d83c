"""Packages for tests: a focus with an article, a tribune, a cahier and a forum, at any stage."""

from datetime import datetime

from wagtail.models import Page

from cms.models import User
from focus.models import FocusPage, InsertPage, Package
from focus.package import services
from focus.package.members import members
from tests.factories.cms import UserFactory
from tests.factories.focus import ArticleFactory, FocusFactory, ForumFactory, InsertFactory
from tests.factories.tribunes import TribuneFactory


def package_of_four(**fields: object) -> Package:
    """Return the package of a focus in preparation, that nothing forbids to publish."""
    focus = FocusFactory(title="Vieillir chez soi", **fields)
    ArticleFactory(parent=focus, title="L’article")
    TribuneFactory(parent=focus, title="La tribune")
    InsertFactory(parent=focus, title="Le cahier")
    ForumFactory(parent=focus, title="Le forum")
    InsertPage.objects.update(state=InsertPage.State.APPROVED)
    return Package.objects.get(focus=focus)


def submitted(package: Package) -> Package:
    """Bring a package to its approval."""
    services.submit(package, someone())
    package.refresh_from_db()
    return package


def approved(package: Package) -> Package:
    """Bring a package to the day before it goes out."""
    services.approve(submitted(package), someone())
    package.refresh_from_db()
    return package


def ordered(package: Package, at: datetime | None = None) -> Package:
    """Let a package go out, when a worker comes."""
    services.schedule(approved(package), someone(), at)
    package.refresh_from_db()
    return package


def someone() -> User:
    """Return somebody who may do everything."""
    return User.objects.filter(is_superuser=True).first() or UserFactory(superuser=True)


def pages_of(package: Package) -> list[Page]:
    """Return the pages of a package as the database has them, the focus first."""
    return list(members(package).specific())


def live(package: Package) -> list[str]:
    """Return the titles of those of its pages that are online."""
    return [page.title for page in members(package) if page.live]


def focus_of(package: Package) -> FocusPage:
    """Return the focus, with nothing remembered."""
    return FocusPage.objects.get(pk=package.focus_id)
