"""Nothing of a focus is public that should not be: its states against the doors that lead to it.

Every state has the list of the doors that are open: what is hidden in one state is seen through the
same door in another.
"""

import csv
import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pytest
import requests
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image as Pillow
from wagtail.models import (
    GroupPagePermission,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)

from cms.models import Image
from focus.models import (
    ApprovalLink,
    ArticlePage,
    AssetBundle,
    FocusIndexPage,
    FocusPage,
    ForumPage,
    Insert,
    InsertPage,
    Package,
    PageApproval,
)
from focus.package import services
from focus.package.release import release, take
from focus.preflight import Finding, Level
from focus.print_desk import addresses, approvals, bundles, links, swaps
from tests.factories import bodies
from tests.factories.cms import ImageFactory, PersonFactory, ThemeFactory, UserFactory
from tests.factories.focus import ArticleFactory, FocusFactory, ForumFactory, InsertFactory, publish
from tests.factories.tribunes import TribuneFactory
from tests.focus import cahiers, print_room
from tests.focus.forums import CAPTIONS
from tests.focus.packages import approved, ordered, someone, submitted
from tests.focus.pdfs import altered, draw, photo
from tests.focus.print_room import newsroom
from tests.services import S3
from tribunes.models import TribunePage

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]

SECRET = "Ce que personne ne doit lire"
ARTICLE, TRIBUNE, FORUM, FOCUS = "Le facteur", "Une colonne", "Le grand soir", "Vieillir ensemble"
CREDIT = "Jeanne Photographe"
HOUR = timedelta(hours=1)


def follow() -> None:
    """Let the bucket follow the database, as the task queue does."""
    call_command("publish", stale=True, verbosity=0)


def seen(address: str) -> str:
    """Return what anybody reads there, "" when nobody may."""
    answer = Client().get(address)
    return answer.content.decode() if answer.status_code == 200 else ""


# A focus that is ready to come out, and another that is out and refers to it


@dataclass
class World:
    """The pages, as they were made, and what is known of their addresses for ever."""

    s3: S3
    focus: FocusPage
    article: ArticlePage
    neighbour: ArticlePage
    tribune: TribunePage
    forum: ForumPage
    other: ArticlePage
    picture: Image
    urls: dict[str, str]

    @property
    def package(self) -> Package:
        """The package, with nothing remembered."""
        return Package.objects.get(focus=self.focus.pk)

    def feed(self, folder: str, name: str) -> str:
        """Return a feed, "" when there is none."""
        answer = self.s3.get(f"focus/{folder}{name}")
        return answer.content.decode() if answer.status_code == 200 else ""


@pytest.fixture
def world(s3: S3) -> World:
    """A focus ready to come out, an article in another one that is out and names its pages."""
    theme, author = ThemeFactory(slug="habitat"), PersonFactory(portrait=ImageFactory())
    picture = ImageFactory(republication="yes", credit=CREDIT)
    focus = FocusFactory(title=FOCUS, theme=theme)
    forum = ForumFactory(parent=focus, title=FORUM, chapo=SECRET, poster=ImageFactory())
    part = forum.parts.first()
    part.captions = CAPTIONS
    forum.parts = [part, *list(forum.parts.all())[1:]]
    forum.save(clean=False)
    tribune = TribuneFactory(parent=focus, title=TRIBUNE, chapo=SECRET, picture=ImageFactory())
    article = ArticleFactory(
        parent=focus,
        title=ARTICLE,
        chapo=SECRET,
        picture=picture,
        body=bodies.stream(bodies.paragraph("<p>Un texte.</p>"), bodies.image(picture)),
        people=[author],
    )
    article.themes.add(theme)
    article.save(clean=False)
    neighbour = ArticleFactory(parent=focus, title="Le voisin")
    out = FocusFactory(out=True, title="Un focus paru")
    other = ArticleFactory(
        parent=out,
        title="Un article paru",
        people=[author],
        body=bodies.stream(
            bodies.paragraph(f"<p>{bodies.link(article, 'Lire ce texte')}</p>"),
            bodies.chosen("tribune_teaser", tribune),
            bodies.extract(forum, quote="On y a dit ceci"),
        ),
        published=True,
    )
    publish(FocusIndexPage.objects.get())
    follow()
    named = {"focus": focus, "article": article, "tribune": tribune, "forum": forum}
    named |= {"neighbour": neighbour, "other": other, "index": FocusIndexPage.objects.get()}
    urls = {name: page.get_url() for name, page in named.items()}
    return World(s3, focus, article, neighbour, tribune, forum, other, picture, urls)


# States


def draft(world: World) -> None:
    world.article.save_revision()


def in_review(world: World) -> None:
    submitted(world.package)


def validated(world: World) -> None:
    approved(world.package)


def scheduled(world: World) -> None:
    package = ordered(world.package, timezone.now() + HOUR)
    assert take(package.pk) is None
    call_command("publish_scheduled", verbosity=0)


def published(world: World) -> None:
    release(take(ordered(world.package).pk))
    assert world.package.state == Package.State.PUBLISHED
    follow()
    for page in (world.article, world.tribune, world.forum, world.other):
        ReferenceIndex.create_or_update_for_object(type(page).objects.get(pk=page.pk))


def reopened(world: World) -> None:
    services.reopen(approved(world.package), someone())


def rolled_back(world: World) -> None:
    published(world)
    services.roll_back(world.package, someone())


def deleted(world: World) -> None:
    published(world)
    FocusPage.objects.get(pk=world.focus.pk).delete()


def deleted_after_roll_back(world: World) -> None:
    rolled_back(world)
    FocusPage.objects.get(pk=world.focus.pk).delete()


def restricted(kind: str, name: str, world: World) -> None:
    published(world)
    restrict(kind, getattr(world, name))


def restrict(kind: str, page: Page) -> None:
    restriction = PageViewRestriction(page=page, restriction_type=kind, password="mot")
    restriction.save()
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.create(name="Essai"))


def born_restricted(world: World) -> None:
    restrict("login", world.focus)
    published(world)


def three_pages(act: Callable[[Page], object], world: World) -> None:
    published(world)
    for page in (world.article, world.tribune, world.forum):
        act(type(page).objects.get(pk=page.pk))


def picture_with(world: World, **rights: Any) -> None:
    published(world)
    picture = Image.objects.get(pk=world.picture.pk)
    for name, value in rights.items():
        setattr(picture, name, value)
    picture.save()


# Doors


def page(name: str, world: World) -> bool:
    return SECRET in seen(world.urls[name])


def named_on(place: str, words: str, world: World) -> bool:
    return words in seen({"home": "/"}.get(place) or world.urls[place])


def linked_on(place: str, name: str, world: World) -> bool:
    return f'href="{world.urls[name]}"' in seen(world.urls[place])


def in_the_archive(world: World) -> bool:
    return ARTICLE in seen(f"{world.urls['index']}?theme=habitat")


def in_the_sitemap(address: str, world: World) -> bool:
    return f"{world.urls['article']}</loc>" in seen(address)


def in_the_feed(folder: str, name: str, world: World) -> bool:
    folder = f"{world.focus.feed_slug}/" if folder == "focus" else ""
    feed = world.feed(folder, name)
    assert folder or "Un article paru" in feed  # the feed of all focuses is always there
    return SECRET in feed and str(world.article.uuid) in feed


def picture_in_the_feed(world: World) -> bool:
    feed = world.feed(f"{world.focus.feed_slug}/", "rss.xml")
    return CREDIT in feed and f"image-{world.picture.pk}-" in feed


def picture_on_the_page_of_the_focus(world: World) -> bool:
    return f"/texts/{world.article.uuid}/image-{world.picture.pk}-" in seen(world.urls["focus"])


def in_the_bucket(prefix: Callable[[World], str], world: World) -> bool:
    found = [key for key in world.s3.keys() if key.startswith(prefix(world))]
    assert all(world.s3.get(key).status_code == 200 for key in found)
    return bool(found)


FORMATS = ("rss.xml", "atom.xml", "feed.json")
PICTURE = {
    "picture in the bucket": partial(
        in_the_bucket, lambda world: f"texts/{world.article.uuid}/image-{world.picture.pk}-"
    ),
    "picture on a card": picture_on_the_page_of_the_focus,
    "picture in the feed": picture_in_the_feed,
}
OF_THE_ARTICLE: dict[str, Callable[[World], bool]] = {
    "page of the article": partial(page, "article"),
    "page of the focus": partial(named_on, "focus", ARTICLE),
    "archive": in_the_archive,
    "next and previous": partial(named_on, "neighbour", ARTICLE),
    "of the same author": partial(named_on, "other", ARTICLE),
    "link in a text": partial(linked_on, "other", "article"),
    "sitemap": partial(in_the_sitemap, "/sitemap.xml"),
    "news sitemap": partial(in_the_sitemap, "/sitemap-actualites.xml"),
    **{f"{name} of the focus": partial(in_the_feed, "focus", name) for name in FORMATS},
    **{f"{name} of all focuses": partial(in_the_feed, "", name) for name in FORMATS},
    **PICTURE,
}
OF_THE_OTHERS: dict[str, Callable[[World], bool]] = {
    "page of the tribune": partial(page, "tribune"),
    "page of the forum": partial(page, "forum"),
    "teaser of the tribune": partial(named_on, "other", TRIBUNE),
    "extract of the forum": partial(named_on, "other", "On y a dit ceci"),
    "tribune in the bucket": partial(in_the_bucket, lambda world: f"texts/{world.tribune.uuid}/"),
    "forum in the bucket": partial(
        in_the_bucket, lambda world: f"forums/{world.forum.translation_key}/"
    ),
}
OF_THE_FOCUS: dict[str, Callable[[World], bool]] = {
    "focus on the home page": partial(named_on, "home", FOCUS),
    "focus in the list of focuses": partial(named_on, "index", FOCUS),
    "feeds of the focus": partial(in_the_bucket, lambda world: f"focus/{world.focus.feed_slug}/"),
    "neighbour": partial(named_on, "neighbour", "Le voisin"),
}
DOORS = OF_THE_ARTICLE | OF_THE_OTHERS | OF_THE_FOCUS
PAGES = set(OF_THE_ARTICLE | OF_THE_OTHERS)
EXPIRED, UNKNOWN = {"rights_expire_on": date(2020, 1, 1)}, {"licence": None}

OPEN: dict[str, tuple[Callable[[World], None], set[str]]] = {
    "draft": (draft, set()),
    "in review": (in_review, set()),
    "approved": (validated, set()),
    "approved, then reopened": (reopened, set()),
    "scheduled": (scheduled, set()),
    "published": (published, set(DOORS)),
    "rolled back": (rolled_back, set()),
    "deleted": (deleted, set()),
    "rolled back, then deleted": (deleted_after_roll_back, set()),
    "focus for those who log in": (partial(restricted, "login", "focus"), set()),
    "focus with a password": (partial(restricted, "password", "focus"), set()),
    "focus for a group": (partial(restricted, "groups", "focus"), set()),
    "focus restricted before": (born_restricted, set()),
    "pages unpublished": (partial(three_pages, lambda page: page.unpublish()), set(DOORS) - PAGES),
    "pages deleted": (partial(three_pages, lambda page: page.delete()), set(DOORS) - PAGES),
    "pages with a password": (
        partial(three_pages, partial(restrict, "password")),
        set(DOORS) - PAGES,
    ),
    "picture without licence": (partial(picture_with, **UNKNOWN), set(DOORS) - set(PICTURE)),
    "picture expired": (partial(picture_with, **EXPIRED), set(DOORS) - set(PICTURE)),
    "picture not to be republished": (
        partial(picture_with, republication="no"),
        set(DOORS) - {"picture in the feed"},
    ),
}


@pytest.mark.parametrize("state", OPEN)
def test_the_doors_of_a_focus(state: str, world: World) -> None:
    bring_to, expected = OPEN[state]
    bring_to(world)
    follow()
    assert {name for name, is_open in DOORS.items() if is_open(world)} == expected
    if not expected:
        names = (world.article.uuid, world.tribune.uuid, world.forum.translation_key)
        names = (*names, world.focus.feed_slug)
        assert not [key for key in world.s3.keys() if any(str(name) in key for name in names)]


def test_words_of_a_draft_wait_behind_a_public_page(world: World) -> None:
    published(world)
    article = ArticlePage.objects.get(pk=world.article.pk)
    article.title, article.chapo = "Un autre titre", "Un brouillon"
    revision = article.save_revision()

    def told() -> list[bool]:
        follow()
        folder = f"{world.focus.feed_slug}/"
        places = [seen(world.urls[name]) for name in ("article", "focus", "neighbour", "other")]
        places += [world.feed(folder, name) for name in FORMATS]
        return ["Un autre titre" in place for place in places]

    assert told() == [False] * 7
    revision.publish()
    assert told() == [True] * 7


@pytest.mark.parametrize("alias", [False, True])
def test_a_copy_is_a_draft_and_an_alias_follows(alias: bool, world: World) -> None:
    published(world)
    article = ArticlePage.objects.get(pk=world.article.pk)
    into = world.other.get_parent()
    if alias:
        copy = article.create_alias(parent=into, update_slug="copie")
    else:
        copy = article.copy(to=into, update_attrs={"slug": "copie"}, keep_live=False)
    follow()
    assert (SECRET in seen(copy.get_url())) is alias
    assert world.feed("", "rss.xml").count("<item>") == 4
    assert world.feed("", "rss.xml").count(f"<title>{ARTICLE}</title>") == 1
    ArticlePage.objects.get(pk=world.article.pk).unpublish()
    follow()
    assert SECRET not in seen(copy.get_url())
    assert f"<title>{ARTICLE}</title>" not in world.feed("", "rss.xml")


def test_an_article_that_moves_to_another_focus_changes_feeds(world: World) -> None:
    published(world)
    there = world.other.get_parent().specific
    uuid = str(world.article.uuid)
    assert uuid in world.feed(f"{world.focus.feed_slug}/", "rss.xml")
    ArticlePage.objects.get(pk=world.article.pk).move(there, "last-child")
    follow()
    assert uuid not in world.feed(f"{world.focus.feed_slug}/", "rss.xml")
    assert uuid in world.feed(f"{there.feed_slug}/", "rss.xml")


# The cahier

WORDS = "Texte de la page 1, version 1."
NEW_WORDS = "Texte de la page 1, version 2."


def cahier_in(hour: timedelta | None, **fields: Any) -> Insert:
    """Return a cahier of four pages, online and signed, whose paper goes out in that time."""
    insert = cahiers.cahier(4, hour=hour and timezone.now() + hour, **fields)
    for printed in insert.pages.all():
        signed = cahiers.add_version(printed, created_at=timezone.now() - timedelta(days=1))
        cahiers.sign(signed)
    return insert


def first(insert: Insert) -> InsertPage:
    return insert.pages.get(number=1)


def printed() -> Insert:
    insert = cahier_in(-HOUR)
    follow()
    return insert


def before_the_hour() -> Insert:
    return cahier_in(HOUR)


def without_hour() -> Insert:
    return cahier_in(None)


def with_a_page_not_signed() -> Insert:
    insert = cahier_in(-HOUR)
    first(insert).versions.get().approval.delete()
    return insert


def with_a_signature_for_other_bytes() -> Insert:
    insert = cahier_in(-HOUR)
    PageApproval.objects.filter(version__page__number=1).update(sha256="0" * 64)
    return insert


def with_a_version_before_the_hour() -> Insert:
    insert = cahier_in(-HOUR)
    cahiers.add_version(first(insert), created_at=timezone.now() - 2 * HOUR)
    return insert


def with_a_correction_under_way() -> Insert:
    insert = printed()
    cahiers.add_version(first(insert))
    return insert


def with_a_signed_correction() -> Insert:
    insert = with_a_correction_under_way()
    cahiers.sign(first(insert).versions.first())
    return insert


def taken_back() -> Insert:
    insert = printed()
    approvals.reopen(first(insert), someone())
    return insert


def delayed() -> Insert:
    insert = printed()
    focus = FocusPage.objects.get(pk=insert.get_parent().pk)
    focus.paper_at = timezone.now() + HOUR
    publish(focus)
    return insert


def unpublished() -> Insert:
    insert = printed()
    Insert.objects.get(pk=insert.pk).unpublish()
    return insert


def moved_where_no_paper_is_out() -> Insert:
    insert = printed()
    Insert.objects.get(pk=insert.pk).move(FocusFactory(out=True), "last-child")
    return insert


def under_a_restriction(kind: str) -> Insert:
    insert = printed()
    restrict(kind, insert.get_parent())
    return insert


def deleted_cahier() -> Insert:
    insert = printed()
    Insert.objects.get(pk=insert.pk).delete()
    return insert


CAHIER = {"bucket", "pdf", "picture", "words", "front page on a card"}
CAHIERS: dict[str, tuple[Callable[[], Insert], set[str]]] = {
    "printed": (printed, CAHIER),
    "before its hour": (before_the_hour, set()),
    "without hour": (without_hour, set()),
    "with a page not signed": (with_a_page_not_signed, set()),
    "signed for other bytes": (with_a_signature_for_other_bytes, set()),
    "with a newer version before the hour": (with_a_version_before_the_hour, set()),
    "with a correction that nobody signed": (with_a_correction_under_way, CAHIER),
    "with a signed correction": (with_a_signed_correction, CAHIER - {"words"} | {"new words"}),
    "signature taken back": (taken_back, set()),
    "hour put off": (delayed, set()),
    "unpublished": (unpublished, set()),
    "moved where no paper is out": (moved_where_no_paper_is_out, set()),
    "for those who log in": (partial(under_a_restriction, "login"), set()),
    "with a password": (partial(under_a_restriction, "password"), set()),
    "deleted": (deleted_cahier, set()),
}


@pytest.mark.parametrize("state", CAHIERS)
def test_the_doors_of_a_cahier(state: str, s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    # Files that cost seconds; what is in them has promises of its own.
    quick = {"web_version": lambda paths, target, **_: target.write_bytes(b"%PDF")}
    quick |= {"_write_narrow": lambda version, path: path.write_bytes(b"RIFF")}
    for name, write in quick.items():
        monkeypatch.setattr(f"focus.insert_artifacts.{name}", write)
    bring_to, expected = CAHIERS[state]
    insert = bring_to()
    follow()
    found = Page.objects.filter(pk=insert.pk).first()
    html = seen(found.get_url()) if found else ""
    focus = seen(found.get_parent().get_url()) if found else ""
    keys = [key for key in s3.keys() if key.startswith("cahiers/")]
    doors = {
        "bucket": bool(keys),
        "pdf": ".pdf" in html,
        "picture": "cahiers/" in html and ".webp" in html,
        "words": WORDS in html,
        "new words": NEW_WORDS in html,
        "front page on a card": "cahiers/" in focus,
    }
    assert {name for name, is_open in doors.items() if is_open} == expected


def test_the_clock_alone_opens_the_cahier(s3: S3) -> None:
    insert = before_the_hour()
    follow()
    assert not [key for key in s3.keys() if key.startswith("cahiers/")]
    FocusPage.objects.update(paper_at=timezone.now() - HOUR)
    call_command("publish", all=True, verbosity=0)
    assert [key for key in s3.keys() if key.startswith(f"cahiers/{insert.translation_key}/")]


def test_the_public_pdf_tells_nothing_of_the_original(tmp_path: Path, s3: S3) -> None:
    insert = cahier_in(-HOUR)
    version = first(insert).versions.get()
    version.pdf.save("page.pdf", ContentFile(with_secrets(tmp_path).read_bytes()))
    follow()
    [key] = [key for key in s3.keys() if key.endswith(".pdf")]
    public, original = s3.get(key).content, version.pdf.open().read()
    told = {name: (name in secrets_of(original), name in secrets_of(public)) for name in SECRETS}
    assert told == dict.fromkeys(SECRETS, (True, False))
    assert "dessin" in secrets_of(public)  # what is drawn is still there


SECRETS = (
    *("secret auteur", "secret xmp", "secret profil", "secret note", "secret appareil"),
    *("secret application", "fonds perdus"),
)


def with_secrets(folder: Path) -> Path:
    """Make a printed page that says too much, in every way that the web version knows."""
    source = folder / "blank.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(400, 500))
        pdf.save(source)

    def change(pdf: Pdf) -> None:
        sheet = pdf.pages[0]
        sheet.TrimBox = Array([50, 50, 350, 450])
        pdf.docinfo.Author = "secret auteur"
        pdf.Root.Metadata = pdf.make_stream(b"secret xmp", Type=Name.Metadata, Subtype=Name.XML)
        profile = pdf.make_stream(b"secret profil", N=4)
        intent = Dictionary(S=Name.GTS_PDFX, DestOutputProfile=profile)
        pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents="secret note")
        sheet.Annots = Array([pdf.make_indirect(note)])
        sheet.PieceInfo = Dictionary(App=pdf.make_stream(b"secret application"))
        sheet.BleedBox = Array([40, 40, 360, 460])
        image = photo(pdf, "RGB", side=100, colour=(10, 90, 10))
        image.write(with_exif("secret appareil"), filter=Name.DCTDecode)
        draw(pdf, "100 0 0 100 100 100 cm /Im Do", XObject=Dictionary(Im=image))
        sheet.contents_add(b"0 0 10 10 re f % dessin")

    return altered(source, folder / "secret.pdf", change)


def with_exif(text: str) -> bytes:
    """Return a JPEG with a description."""
    written, exif = io.BytesIO(), Pillow.Exif()
    exif[0x010E] = text
    Pillow.new("RGB", (100, 100), "green").save(written, "JPEG", exif=exif)
    return written.getvalue()


def secrets_of(data: bytes) -> str:
    """Return all that a PDF holds, packed or not, in one text."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found += [str(value) for value in pdf.docinfo.values()]
        found += ["fonds perdus"] if "/BleedBox" in pdf.pages[0].obj else []
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                packed = each.get("/Filter") not in (None, Name.DCTDecode)
                content = each.read_bytes() if packed else each.read_raw_bytes()
                found.append(content.decode("latin-1"))
                found += ["dessin"] if b" re" in content else []
            elif isinstance(each, Dictionary) and "/Contents" in each:
                found.append(
                    str(each.Contents) if isinstance(each.Contents, pikepdf.String) else ""
                )
    return " ".join(found)


# Approval links


def used(link: ApprovalLink) -> None:
    links.approve(link, name="Camille")


def refused(link: ApprovalLink) -> None:
    links.refuse(link, name="Camille", comment="Non.")


def expired(link: ApprovalLink) -> None:
    ApprovalLink.objects.update(expires_at=timezone.now())


def revoked(link: ApprovalLink) -> None:
    links.revoke(link, someone())


def newer_version(link: ApprovalLink) -> None:
    print_room.version(link.version.page)


def moved(link: ApprovalLink) -> None:
    swaps.swap(link.version.page.insert_id, 1, 2, someone())


def approved_elsewhere(link: ApprovalLink) -> None:
    approvals.approve(link.version, someone())


@pytest.mark.parametrize(
    "end", [used, refused, expired, revoked, newer_version, moved, approved_elsewhere]
)
def test_a_link_that_has_ended_shows_and_signs_nothing(end: Callable[[ApprovalLink], None]) -> None:
    _, token = links.create(
        print_room.version(print_room.page_of(print_room.cahier())), None, name="Camille"
    )
    address, pdf = (
        reverse(name, args=[token]) for name in ("focus_approval", "focus_approval_pdf")
    )
    private = "/print/pages/"
    opened = Client().get(address)
    assert (opened.status_code, private in opened.content.decode()) == (200, True)
    assert private in Client().get(pdf)["Location"]
    end(links.find(token))
    before = PageApproval.objects.count()
    for answer in (
        Client().get(address),
        Client().get(pdf),
        Client().post(address, {"name": "Mallory", "answer": "approve"}),
        Client().post(address, {"name": "Mallory", "answer": "refuse", "comment": "Non."}),
    ):
        assert (answer.status_code, private in answer.content.decode()) == (410, False)
    assert PageApproval.objects.count() == before
    assert not PageApproval.objects.filter(name="Mallory")


def test_a_link_signs_its_own_version_and_no_other() -> None:
    insert = print_room.cahier()
    one, two = (print_room.version(print_room.page_of(insert, number)) for number in (1, 2))
    _, token = links.create(one, None, name="Camille")
    links.create(two, None, name="Camille")
    Client().post(
        reverse("focus_approval", args=[token]),
        {"name": "C", "answer": "approve", "version": two.pk},
    )
    assert list(PageApproval.objects.values_list("version", flat=True)) == [one.pk]
    digest = ApprovalLink.objects.get(version=two).digest
    for guess in (digest, token[:-1], token.upper(), token + "0"):
        assert Client().get(reverse("focus_approval", args=[guess])).status_code == 404


def test_a_signed_address_ends() -> None:
    version = print_room.version(print_room.page_of(print_room.cahier()))
    assert f"X-Amz-Expires={addresses.SECONDS}" in addresses.address(version.image)
    assert addresses.SECONDS <= 300
    short = version.pdf.storage.url(version.pdf.name, expire=1)
    assert requests.get(short, timeout=9).content.startswith(b"%PDF")
    time.sleep(2)
    assert requests.get(short, timeout=9).status_code == 403
    assert requests.get(short.partition("?")[0], timeout=9).status_code == 403


# The admin


def visitor() -> Client:
    return Client()


def account_without_right() -> Client:
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return logged_in(user)


def editor_of_another_focus() -> Client:
    """Somebody who may edit and publish, in another focus only."""
    group = Group.objects.create(name="Ailleurs")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    elsewhere = FocusFactory(title="Ailleurs")
    for codename in ("add_page", "change_page", "publish_page"):
        right = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=elsewhere, permission=right)
    return logged_in(UserFactory(groups=[group]))


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def screens() -> dict[str, str]:
    """Return every screen and file of a focus, with words or a status that only it has."""
    focus = FocusFactory(title=FOCUS)
    article = ArticleFactory(parent=focus, title=ARTICLE)
    article.save_revision()
    insert = print_room.cahier(parent=focus)
    printed_page = print_room.page_of(insert)
    version = print_room.version(printed_page)
    version.upload.file = version.pdf.name
    version.upload.save()
    asset = print_room.asset(printed_page)
    bundle = AssetBundle.objects.create(
        insert=insert, state=AssetBundle.State.READY, file=version.pdf.name
    )
    piece, plan = focus.pieces.get(page=article), focus.pieces.create(title="Un plan")
    made = {
        "focus_sommaire": {
            "index": [focus.pk],
            "plan": [focus.pk],
            "follow": [focus.pk, piece.pk],
            "remove": [focus.pk, plan.pk],
            "bind": [focus.pk, plan.pk],
        },
        "focus_package": {"state": [focus.pk], "progress": [focus.pk]},
        "focus_print": {
            **{name: [insert.pk] for name in ("desk", "sheet", "events", "bundles")},
            **{name: [printed_page.pk] for name in ("page", "compare", "asset_add")},
            **{name: [version.upload_id] for name in ("upload", "upload_state", "upload_file")},
            **{name: [asset.pk] for name in ("asset", "asset_delete", "asset_file")},
            "bundle_file": [bundle.pk],
            "version_file": [version.pk, "pdf"],
        },
        "wagtailadmin_pages": {
            "view_draft": [article.pk],
            "edit": [article.pk],
            "revisions_view": [article.pk, article.latest_revision_id],
        },
    }
    return {
        f"{room} {name}": reverse(f"{room}:{name}", args=args)
        for room, names in made.items()
        for name, args in names.items()
    }


@pytest.mark.parametrize("who", [visitor, account_without_right, editor_of_another_focus])
def test_no_screen_of_a_focus_opens_without_right(who: Callable[[], Client]) -> None:
    addresses_ = screens()
    stranger, chief = who(), print_room.chief().client
    for name, address in addresses_.items():
        shown, hidden = chief.get(address), stranger.get(address)
        files = shown.status_code == 302 and "X-Amz-Signature" in shown["Location"]
        assert files or shown.status_code == 200, name
        assert hidden.status_code == 302, name
        assert "X-Amz-Signature" not in hidden["Location"], name
        assert hidden["Location"].startswith(reverse("wagtailadmin_home")), name


def test_the_right_on_one_focus_opens_no_piece_of_another() -> None:
    mine, other = FocusFactory(title="Le mien"), FocusFactory(title=FOCUS)
    piece = other.pieces.create(title="Un plan")
    client = print_room.chief().client
    for name in ("follow", "remove", "bind"):
        right = reverse(f"focus_sommaire:{name}", args=[other.pk, piece.pk])
        wrong = reverse(f"focus_sommaire:{name}", args=[mine.pk, piece.pk])
        assert [client.get(at).status_code for at in (right, wrong)] == [200, 404]
    for name in ("create", "move"):
        wrong = reverse(f"focus_sommaire:{name}", args=[mine.pk, piece.pk])
        assert client.post(wrong, {"before": piece.pk}).status_code == 404


def test_only_who_may_publish_lets_a_package_go() -> None:
    focus = FocusFactory(title=FOCUS)
    ArticleFactory(parent=focus)
    package = submitted(Package.objects.get(focus=focus))
    address = reverse("focus_package:act", args=[focus.pk, "valider"])
    for client, allowed in (
        (print_room.reporter().client, False),
        (print_room.chief().client, True),
    ):
        client.get(address)
        package.refresh_from_db()
        assert package.state == Package.State.REVIEW  # looking changes nothing
        client.post(address)
        package.refresh_from_db()
        assert (package.state == Package.State.APPROVED) is allowed


def test_acts_are_protected_from_other_sites() -> None:
    focus = FocusFactory(title=FOCUS)
    piece = focus.pieces.create(title="Un plan")
    chief = print_room.chief()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(chief.user)
    for name, args in (
        ("focus_package:act", [focus.pk, "soumettre"]),
        ("focus_sommaire:remove", [focus.pk, piece.pk]),
    ):
        address = reverse(name, args=args)
        assert strict.post(address).status_code == 403
        assert chief.client.post(address).status_code == 302


# Files that come from the newsroom


def test_what_may_not_be_republished_is_in_no_bundle(s3: S3) -> None:
    insert = print_room.cahier()
    sheet = print_room.page_of(insert)
    for title, rights in {
        "libre": {},
        "non reprise": {"may_be_republished": False},
        "sans licence": {"licence": None},
        "sans crédit": {"credit": ""},
        "terminée": {"rights_expire_on": date(2020, 1, 1)},
    }.items():
        file = ContentFile(title.encode(), "../../etc/passwd.jpg")
        print_room.asset(sheet, title=title, file=file, **rights)
    print_room.asset(sheet, title="=cmd|'/C calc'!A0", credit="@SUM(1)")
    bundle = bundles.request(insert, someone())
    bundles.build(bundles.take(bundle.pk))
    bundle.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(bundle.file.open().read())) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    photos = {name: data for name, data in held.items() if name.startswith("page-")}
    assert b"libre" in photos.values()
    assert len(photos) == 2
    assert not [name for name in held if ".." in name or name.startswith("/")]
    rows = list(csv.reader(io.StringIO(held["credits.csv"].decode("utf-8-sig")), delimiter=";"))
    assert "'=cmd|'/C calc'!A0" in rows[2]
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@")]


# What people type never becomes code

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


def test_titles_captions_rubrics_and_words_of_pdfs_are_text(s3: S3) -> None:
    picture = ImageFactory(credit=HOSTILE, description=HOSTILE, republication="yes")
    focus = FocusFactory(out=True, title=HOSTILE, chapo=HOSTILE, cover=picture)
    article = ArticleFactory(
        parent=focus,
        title=HOSTILE,
        chapo=HOSTILE,
        picture=picture,
        picture_caption=HOSTILE,
        slug="texte",
        body=bodies.stream(
            bodies.image(picture, HOSTILE),
            {"type": "heading", "value": HOSTILE},
            {"type": "pull_quote", "value": {"text": HOSTILE, "attribution": HOSTILE}},
        ),
        people=[PersonFactory(last_name=HOSTILE, biography="x")],
        published=True,
    )
    forum = ForumFactory(parent=focus, title=HOSTILE, slug="forum", place=HOSTILE)
    publish(forum)
    insert = InsertFactory(parent=focus, title=HOSTILE, slug="cahier", page_count=4, intro=HOSTILE)
    publish(insert)
    FocusPage.objects.filter(pk=focus.pk).update(paper_at=timezone.now() - HOUR)
    insert = Insert.objects.get(pk=insert.pk)
    insert.pages.update(rubric=HOSTILE[:60], headline=HOSTILE)
    for printed_page in insert.pages.all():
        cahiers.sign(cahiers.add_version(printed_page, text=HOSTILE))
    follow()
    call_command("publish", all=True, verbosity=0)
    for page_ in (focus, article, forum, insert, FocusIndexPage.objects.get()):
        html = seen(Page.objects.get(pk=page_.pk).get_url())
        assert "alert(1)" in html, page_  # it is there, as text
        assert "<script>alert" not in html, page_
        assert "<img src=x" not in html, page_
    assert "alert(1)" in s3.get(f"focus/{focus.feed_slug}/feed.json").text
    for name in ("rss.xml", "atom.xml"):
        feed = etree.fromstring(s3.get(f"focus/{focus.feed_slug}/{name}").content)
        texts = [node.text for node in feed.iter() if node.text and "<p" in (node.text or "")]
        assert texts
        for text in texts:
            assert not lxml.html.fromstring(f"<div>{text}</div>").xpath("//script|//*[@onerror]")


def test_what_people_type_is_text_on_the_screens_of_the_newsroom() -> None:
    focus = FocusFactory(title=HOSTILE, chapo=HOSTILE)
    ArticleFactory(parent=focus, title=HOSTILE, slug="texte")
    insert = print_room.cahier(parent=focus, title=HOSTILE, slug="cahier")
    sheet = print_room.page_of(insert)
    InsertPage.objects.filter(pk=sheet.pk).update(headline=HOSTILE, rubric=HOSTILE[:60])
    found = Finding(
        rule="x",
        level=Level.WARNING,
        page=1,
        what=HOSTILE,
        where=f"page 1, {HOSTILE}",
        cure=HOSTILE,
    )
    upload = print_room.version(sheet, found).upload
    upload.name = upload.problem = HOSTILE
    upload.report = {"findings": sheet.versions.get().findings, "page_count": 1}
    upload.save()
    asset = print_room.asset(sheet, title=HOSTILE, credit="")
    plan = focus.pieces.create(title=HOSTILE, slot=HOSTILE[:60])
    client = print_room.chief().client
    followed = {"title": HOSTILE, "kind": "article", "state": "received"}
    answers = [
        client.post(reverse("focus_sommaire:plan", args=[focus.pk]), followed, follow=True),
        client.post(
            reverse("focus_sommaire:follow", args=[focus.pk, plan.pk]), followed, follow=True
        ),
        client.get(reverse("focus_sommaire:bind", args=[focus.pk, plan.pk])),
        client.get(reverse("focus_package:state", args=[focus.pk])),
        client.post(
            reverse("focus_print:comment", args=[sheet.pk]), {"comment-text": HOSTILE}, follow=True
        ),
        *(client.get(reverse(f"focus_print:{name}", args=[insert.pk])) for name in OF_A_CAHIER),
        client.get(reverse("focus_print:upload", args=[upload.pk])),
        client.post(reverse("focus_print:asset_delete", args=[asset.pk]), follow=True),
        client.get(reverse("wagtailadmin_explore", args=[focus.pk])),
    ]
    for answer in answers:
        html = answer.content.decode()
        assert "alert(1)" in html, answer.request["PATH_INFO"]
        assert "<script>alert" not in html, answer.request["PATH_INFO"]
        assert "<img src=x" not in html, answer.request["PATH_INFO"]


OF_A_CAHIER = ("desk", "sheet", "events", "bundles")
