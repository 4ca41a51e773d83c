"""The report of a package: what forbids it to go out, what had better be mended, and where."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Workflow

from cms.services import set_up_site
from focus.models import ArticlePage, ForumPage, Insert, InsertPage, Package, Piece
from focus.package.findings import Finding
from focus.package.report import examine
from tests.factories.cms import ImageFactory, PersonFactory
from tests.factories.focus import ArticleFactory, FocusFactory, publish
from tests.factories.tribunes import TribuneFactory
from tests.focus.packages import focus_of, package_of_four, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


@pytest.fixture
def package() -> Package:
    """A package that nothing forbids to publish."""
    return package_of_four()


def blockers(package: Package) -> dict[str, str]:
    """Return what forbids a package to go out: text by piece."""
    return {f.piece: plain(f.text) for f in examine(package) if f.is_blocker}


def warnings(package: Package) -> list[tuple[str, str]]:
    return [(f.piece, plain(f.text)) for f in examine(package) if not f.is_blocker]


def plain(text: str) -> str:
    return " ".join(text.split())


def the(package: Package, text: str) -> Finding:
    """Return the only finding that says something."""
    (found,) = [finding for finding in examine(package) if text in plain(finding.text)]
    return found


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def draft(page: Page, **fields: object) -> None:
    """Change a page in its draft only, as the editor does."""
    page = page.specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(clean=False)


def test_a_package_ready_to_go_out_has_no_blocker(package: Package) -> None:
    assert blockers(package) == {}


def test_the_draft_is_read_not_what_the_site_has(package: Package) -> None:
    article = ArticlePage.objects.get()
    draft(article, chapo="")
    assert blockers(package) == {"L’article": "Écrivez le chapô."}
    finding = the(package, "Écrivez le chapô")
    assert finding.url == edit(article)
    draft(article, chapo="Le voici.")
    assert blockers(package) == {}


def test_a_field_that_is_not_valid(package: Package) -> None:
    draft(ArticlePage.objects.get(), elsewhere_url="pas une adresse")
    assert blockers(package)["L’article"].startswith("Adresse de parution : ")


def test_advice_is_a_warning(package: Package) -> None:
    assert ("Vieillir chez soi", "Thème : à renseigner.") in warnings(package)


def test_pages_come_in_the_order_of_the_sommaire_with_their_blockers_first(
    package: Package,
) -> None:
    Piece.objects.filter(page=ForumPage.objects.get()).update(position=0)
    Piece.objects.exclude(page=ForumPage.objects.get()).update(position=1)
    draft(focus_of(package), chapo="")
    draft(ForumPage.objects.get(), starts_at=None)
    draft(ArticlePage.objects.get(), chapo="")
    found = examine(package)
    assert [f.piece for f in found if f.is_blocker] == [
        "Vieillir chez soi",
        "Le forum",
        "L’article",
    ]
    assert found[0].is_blocker
    assert not found[1].is_blocker


def test_a_forum_without_date(package: Package) -> None:
    draft(ForumPage.objects.get(), starts_at=None)
    assert blockers(package) == {"Le forum": "Donnez la date et l’heure du forum."}


def test_a_piece_without_page_is_a_warning(package: Package) -> None:
    Piece.objects.create(focus=package.focus, title="Un portrait")
    assert (
        "Un portrait",
        "Elle est prévue au sommaire, mais n’a pas de page : elle ne paraîtra pas.",
    ) in warnings(package)
    finding = the(package, "prévue au sommaire")
    assert finding.url == reverse("focus_sommaire:index", args=[package.focus_id])


def test_an_unfinished_workflow(package: Package) -> None:
    set_up_site()
    article = ArticlePage.objects.get()
    article.save_revision()
    state = Workflow.objects.first().start(article, someone())
    assert "relecture" in blockers(package)["L’article"]
    state.cancel(user=someone())
    assert blockers(package) == {}


# Pictures


def as_cover(package: Package, image: object) -> None:
    draft(focus_of(package), cover=image)


def in_the_body(package: Package, image: object) -> None:
    body = [{"type": "image", "value": {"image": image.pk, "caption": ""}}]
    page = ArticlePage.objects.get()
    draft(page, body=page.body.stream_block.to_python(body))


def in_a_gallery(package: Package, image: object) -> None:
    pictures = [{"image": ImageFactory().pk, "caption": ""}, {"image": image.pk, "caption": ""}]
    page = ArticlePage.objects.get()
    body = [{"type": "gallery", "value": {"title": "", "images": pictures}}]
    draft(page, body=page.body.stream_block.to_python(body))


@pytest.mark.parametrize("place", [as_cover, in_the_body, in_a_gallery])
def test_a_picture_without_rights(
    package: Package, place: Callable[[Package, object], None]
) -> None:
    image = ImageFactory(title="Une photo", licence=None)
    place(package, image)
    finding = the(package, "Image « Une photo » : La licence de l’image n’est pas renseignée.")
    assert finding.is_blocker
    assert finding.url == reverse("wagtailimages:edit", args=[image.pk])


def test_rights_are_those_of_the_day_it_goes_out(package: Package) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    as_cover(package, ImageFactory(rights_expire_on=tomorrow))
    assert blockers(package) == {}
    package.go_live_at = timezone.now() + timedelta(days=3)
    assert "expiré" in blockers(package)["Vieillir chez soi"]


# Links


def link_to(page: Page) -> list[dict[str, object]]:
    return [{"type": "paragraph", "value": f'<p><a linktype="page" id="{page.pk}">Lire</a></p>'}]


def draft_elsewhere() -> Page:
    return ArticleFactory(parent=FocusFactory(out=True), title="Un brouillon")


def private_page() -> Page:
    page = ArticleFactory(parent=FocusFactory(out=True), title="Réservé", published=True)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


@pytest.mark.parametrize("target", [draft_elsewhere, private_page])
def test_a_link_to_what_nobody_can_read(package: Package, target: Callable[[], Page]) -> None:
    page, article = target(), ArticlePage.objects.get(title="L’article")
    draft(article, body=article.body.stream_block.to_python(link_to(page)))
    finding = the(package, f"Elle renvoie à « {page.title} »")
    assert not finding.is_blocker
    assert (finding.piece, finding.url) == ("L’article", edit(article))


def test_links_inside_the_package_and_to_public_pages_are_good(package: Package) -> None:
    public = ArticleFactory(parent=FocusFactory(out=True), published=True)
    article = ArticlePage.objects.get(title="L’article")
    body = link_to(public) + link_to(ForumPage.objects.get())
    draft(article, body=article.body.stream_block.to_python(body))
    assert not [text for _, text in warnings(package) if "renvoie" in text]


# Access, hours, aliases


def test_a_page_under_restriction(package: Package) -> None:
    PageViewRestriction.objects.create(
        page=ForumPage.objects.get(), restriction_type=PageViewRestriction.LOGIN
    )
    assert [piece for piece, text in warnings(package) if "restreint" in text] == ["Le forum"]


def test_a_page_with_an_hour_of_its_own(package: Package) -> None:
    draft(ArticlePage.objects.get(), go_live_at=timezone.now() + timedelta(days=2))
    assert "propre heure" in blockers(package)["L’article"]


def test_an_hour_before_that_of_the_package_is_harmless(package: Package) -> None:
    draft(ArticlePage.objects.get(), go_live_at=timezone.now() + timedelta(days=2))
    package.go_live_at = timezone.now() + timedelta(days=3)
    assert blockers(package) == {}


def test_a_page_that_expires_before_it_is_out(package: Package) -> None:
    draft(ArticlePage.objects.get(), expire_at=timezone.now() + timedelta(days=1))
    assert blockers(package) == {}
    package.go_live_at = timezone.now() + timedelta(days=2)
    assert "expire avant" in blockers(package)["L’article"]


def test_an_alias(package: Package) -> None:
    forum = ForumPage.objects.get()
    forum.create_alias(parent=focus_of(package), update_slug="alias")
    assert "alias" in the(package, "alias").text


def test_a_page_that_was_online_before_is_said(package: Package) -> None:
    Page.objects.filter(pk=ArticlePage.objects.get().pk).update(live=True)
    assert [piece for piece, text in warnings(package) if "déjà en ligne" in text] == ["L’article"]


# The cahier


@pytest.mark.parametrize(
    ("paper_at", "blocks"),
    [(None, False), (timedelta(days=1), False), (timedelta(days=-1), True)],
    ids=["no date", "to come", "out"],
)
def test_pages_without_bat_block_only_once_the_paper_is_out(
    package: Package, paper_at: timedelta | None, blocks: bool
) -> None:
    draft(focus_of(package), paper_at=paper_at and timezone.now() + paper_at)
    InsertPage.objects.filter(number__in=(2, 5)).update(state=InsertPage.State.TO_READ)
    finding = the(package, "Pages sans BAT : 2, 5.")
    assert finding.is_blocker is blocks
    assert finding.piece == "Le cahier"
    assert finding.url == reverse("focus_print:desk", args=[Insert.objects.get().pk])


def test_a_package_planned_for_after_the_paper_needs_every_bat(package: Package) -> None:
    InsertPage.objects.filter(number=1).update(state=InsertPage.State.EMPTY)
    package.go_live_at = timezone.now() + timedelta(days=31)
    assert the(package, "Pages sans BAT : 1.").is_blocker


def test_a_focus_without_cahier_is_not_asked_for_one() -> None:
    package = FocusFactory(paper_at=timezone.now() - timedelta(days=1)).package
    assert blockers(package) == {}


# The whole


def test_progress_is_told_page_after_page(package: Package) -> None:
    told: list[tuple[int, int]] = []
    examine(package, lambda done, total: told.append((done, total)))
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_one_more_page_costs_a_bounded_number_of_queries(package: Package) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            examine(package)
        return len(captured)

    queries()
    person = PersonFactory()
    few = queries()
    for number in range(4):
        ArticleFactory(parent=focus_of(package), title=f"Un autre {number}", people=[person])
    assert (queries() - few) / 4 <= 25


def test_once_it_is_out_its_pages_are_no_surprise() -> None:
    focus = FocusFactory(out=True)
    publish(TribuneFactory(parent=focus))
    assert not [text for _, text in warnings(focus.package) if "déjà" in text]
