"""Every door by which a tribune, or a part of it, could leave; and the words that give it away.

Each part of a tribune holds a word that is nowhere else. A door is tried as its reader would, and
all bytes of the answer are searched, headers and packed files included: what is found is what
leaves by that door.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import requests
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.models import ReferenceIndex

from cms.models import Image
from focus.models import FocusIndexPage, FocusPage
from tests.factories import bodies
from tests.factories.cms import ImageFactory, PersonFactory, ThemeFactory, UserFactory
from tests.factories.focus import ArticleFactory, FocusFactory, publish
from tests.factories.partners import ALL_SCOPES, PartnerFactory, bearer
from tests.factories.tribunes import TribuneFactory
from tests.services import S3
from tests.tribunes.followup.acts import pull
from tests.tribunes.site.pages import TribuneIndexFactory
from tests.tribunes.space.visits import Visitor
from tribunes import keys
from tribunes.exports import FORMATS
from tribunes.followup import links
from tribunes.followup.delivery import send_due
from tribunes.journal.sweep import sweep
from tribunes.models import (
    ImageGrant,
    Notice,
    Partner,
    PartnerToken,
    Record,
    TribuneAuthor,
    TribunePage,
    TribuneSignatory,
    WebhookEndpoint,
    WebhookMessage,
)
from tribunes.webhooks.events import EVENTS

PICTURES = ("yes", "ask", "no", "expired")
"""By what their owner says of republishing; the rights of the last one have ended."""
PARTS = (
    *("title", "chapo", "body", "signatory", "note", "correction", "reason", "internal"),
    *("draft", "address", *PICTURES),
)
WORDS = {part: f"zq{part}qz" for part in PARTS}
"""A word for each part. «draft» is what was typed since and is published nowhere."""
FOUND_BY = "baobab"
"""A word of the body to look for, which gives nothing away by itself."""

Things = frozenset[str]
Found = dict[str, Things]
"""What came out of each door; doors that gave nothing are left out."""

_DAY = timedelta(days=1)


def _photo(name: str) -> ContentFile:
    """Return a JPEG whose file name and comment say which one it is."""
    written = io.BytesIO()
    Pillow.new("RGB", (64, 64), "teal").save(written, "JPEG", comment=WORDS[name].encode())
    return ContentFile(written.getvalue(), f"{WORDS[name]}.jpg")


def _picture(name: str) -> Image:
    """Return a picture, each of whose fields says which one it is; its rights run for now."""
    said = dict.fromkeys(("title", "description", "credit", "rights_holder"), WORDS[name])
    answer = "yes" if name == "expired" else name
    return ImageFactory(**said, file=_photo(name), republication=answer)


@dataclass
class World:
    """A tribune in a focus that is out, pages around it that name it, partners of every kind."""

    s3: S3
    tribune: TribunePage
    focus: FocusPage
    pictures: dict[str, Image]
    places: dict[str, str]
    """Addresses of pages around the tribune, and its own, by what they would name it for."""
    partners: dict[str, Partner]
    secrets: dict[str, str] = field(default_factory=dict)
    """Tokens by who has them."""
    feeds: dict[str, str] = field(default_factory=dict)
    visitors: dict[str, Visitor] = field(default_factory=dict)

    @property
    def uuid(self) -> str:
        """Identifier of the tribune, for ever."""
        return str(self.tribune.uuid)

    def again(self) -> TribunePage:
        """Return the tribune as the database has it."""
        return TribunePage.objects.get(pk=self.tribune.pk)

    def follow(self) -> None:
        """Let the log, the bucket and the mail follow the database, as the task queue does."""
        sweep()
        pending, connection.run_on_commit = connection.run_on_commit, []
        for _, act, _ in pending:
            act()
        call_command("publish", stale=True, verbosity=0)
        for notice in Notice.objects.exclude(send_at=None).values_list("pk", flat=True):
            send_due(notice)

    @property
    def version(self) -> int:
        """The version that partners know, 0 for none."""
        return sum(Record.objects.filter(uuid=self.uuid).values_list("version", flat=True))

    def publish(self, tribune: TribunePage) -> None:
        """Publish, and note what the text refers to, as the worker does."""
        publish(tribune)
        ReferenceIndex.create_or_update_for_object(tribune)

    def taken_by(self, *names: str) -> None:
        """Let partners have taken the tribune as it is."""
        for name in names:
            pull(self.partners[name], self.tribune)

    def rights_end(self) -> None:
        """Let the rights of one picture have ended yesterday."""
        picture = Image.objects.get(pk=self.pictures["expired"].pk)
        picture.rights_expire_on = timezone.localdate() - _DAY
        picture.save()

    def seen_in(self, *texts: bytes, known: Iterable[str] = ()) -> Things:
        """Return what bytes give away, beside what whoever asks wrote into the request."""
        said = b"\n".join(map(_unpacked, texts)).decode("utf-8", "replace")
        for word in known:
            said = said.replace(word, "")
        words = WORDS | {"uuid": self.uuid}
        return frozenset(name for name, word in words.items() if word in said)


def _unpacked(data: bytes) -> bytes:
    """Return bytes with those of the files packed in them."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        return b"\n".join([*map(str.encode, names), *(_unpacked(archive.read(n)) for n in names)])


# The world


def make_world(s3: S3) -> World:
    """Build everything; the tribune is saved and no more."""
    theme, author = ThemeFactory(slug="habitat", name="Habitat"), PersonFactory()
    pictures = {name: _picture(name) for name in PICTURES}
    focus, elsewhere = FocusFactory(out=True, title="Ici"), FocusFactory(out=True, title="Ailleurs")
    publish(FocusIndexPage.objects.get())
    publish(index := TribuneIndexFactory())
    tribune = TribuneFactory(
        parent=focus,
        title=f"Une tribune {WORDS['title']}",
        slug=WORDS["address"],
        chapo=f"Un chapô {WORDS['chapo']}.",
        picture=pictures["yes"],
        editorial_note=f"Une note {WORDS['note']}.",
        body=bodies.stream(
            bodies.paragraph(f"<p>Le {FOUND_BY} {WORDS['body']}.</p>"),
            *map(bodies.image, pictures.values()),
        ),
    )
    TribuneAuthor.objects.filter(tribune=tribune).update(person=author)
    tribune = TribunePage.objects.get(pk=tribune.pk)
    tribune.signatories.add(
        TribuneSignatory(person=PersonFactory(last_name=WORDS["signatory"], organisation=None))
    )
    tribune.themes.add(theme)
    tribune.save(clean=False)
    around = {
        "neighbour": ArticleFactory(parent=focus, title="Le voisin", published=True),
        "same author": ArticleFactory(parent=elsewhere, people=[author], published=True),
        "same theme": _about(theme, ArticleFactory(parent=elsewhere)),
        "link": _article(elsewhere, bodies.paragraph(f"<p>{bodies.link(tribune, 'Lire')}</p>")),
        "teaser": _article(elsewhere, bodies.chosen("tribune_teaser", tribune)),
        "reply": TribuneFactory(parent=elsewhere, title="Une réponse", replies_to=tribune),
    }
    publish(around["reply"])
    places = {name: page.get_url() for name, page in around.items()}
    places |= {
        "page": tribune.get_url(),
        "index": index.get_url(),
        "search": f"{index.get_url()}?q={FOUND_BY}",
        "theme": f"{index.get_url()}?theme=habitat",
        "focus": focus.get_url(),
        "archive": f"{FocusIndexPage.objects.get().get_url()}?theme=habitat",
        "home": "/",
        "sitemap": "/sitemap.xml",
        "news sitemap": "/sitemap-actualites.xml",
    }
    world = World(s3, tribune, focus, pictures, places, _partners(elsewhere, pictures["ask"]))
    _give_keys(world)
    call_command("update_index", verbosity=0)  # which knows drafts too
    return world


def _about(theme: Any, article: Any) -> Any:
    article.themes.add(theme)
    article.save(clean=False)
    publish(article)
    return article


def _article(parent: FocusPage, block: dict[str, Any]) -> Any:
    return ArticleFactory(parent=parent, body=bodies.stream(block), published=True)


def _partners(elsewhere: FocusPage, asked: Image) -> dict[str, Partner]:
    """Return partners, each with one right more than the one before, then those without."""
    today = timezone.localdate()
    rights: dict[str, dict[str, Any]] = {
        "texts": {"may_have_images": False, "may_have_print": False},
        "images": {"may_have_print": False},
        "granted": {"may_have_print": False},
        "print": {},
        "undertaking": {"undertaking_on": today},
        "no texts": {"may_have_texts": False},
        "elsewhere": {},
        "ended": {"contract_from": date(2020, 1, 1), "contract_until": today - _DAY},
    }
    partners = {name: PartnerFactory(**fields) for name, fields in rights.items()}
    ImageGrant.objects.create(partner=partners["granted"], image=asked)
    partners["elsewhere"].focuses.set([elsewhere])
    partners["elsewhere"].save()
    return partners


MEMBERS = ("texts", "granted", "undertaking", "no texts", "elsewhere")
"""Partners whose people try the partner space: their contract runs."""
BAD_TOKENS = ("revoked", "expired token", "no scope", "wrong address", "sandbox")
"""Tokens of the partner with every right but one of their own."""


def _give_keys(world: World) -> None:
    for name, partner in world.partners.items():
        world.secrets[name] = _token(partner)[1]
        world.feeds[name] = keys.issue_feed(partner, name="lecteur")[1]
        WebhookEndpoint.objects.create(
            partner=partner, url=f"https://{partner.pk}.example/", events=list(EVENTS)
        )
    best = world.partners["undertaking"]
    revoked, world.secrets["revoked"] = _token(best)
    keys.revoke(revoked)
    expired, world.secrets["expired token"] = _token(best)
    PartnerToken.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    world.secrets["no scope"] = _token(best, scopes=["manage", "podcast"])[1]
    world.secrets["wrong address"] = _token(best, allowed_ips="192.0.2.1")[1]
    world.secrets["sandbox"] = _token(best, sandbox=True)[1]
    feed, world.feeds["revoked"] = keys.issue_feed(best, name="ancien")
    keys.revoke(feed)
    world.visitors = {name: Visitor(world.partners[name]) for name in MEMBERS}
    mail.outbox.clear()


def _token(partner: Partner, **fields: Any) -> tuple[PartnerToken, str]:
    return keys.issue_token(partner, **{"name": "essai", "scopes": ALL_SCOPES} | fields)


# Doors

SAME_ANSWERS = {
    *("ninjs", "html", "text", "docx"),  # the zip holds them
    *(f"accept {name}" for name in FORMATS),
    *(f"file {name}" for name in FORMATS if name not in ("json", "zip")),
    *("fragment", "first version", "this version", "found", "declarations"),
    *("index", "theme", "focus", "archive", "same author", "same theme", "neighbour", "teaser"),
    *("link", "reply", "sitemap", "news sitemap", "oembed xml", "republish text"),
}
"""Doors that hand over what another one does: not every reader tries them, for want of time."""
_MAY_TRAVEL = ("yes", "ask")
"""Pictures that every reader asks for; of the others, a zip would tell."""


def on_the_site(world: World, client: Client, *, every_way: bool = True) -> Found:
    """Try the pages of the site, as somebody with this browser."""
    republish = reverse("tribune_republish", args=[world.uuid])
    card = f"/oembed?url=http://testserver{world.places['page']}&format="
    places = world.places | {
        "oembed json": f"{card}json",
        "oembed xml": f"{card}xml",
        "republish": republish,
        "republish text": f"{republish}?format=texte",
    }
    own = {"page", "oembed json", "oembed xml"}
    return _kept(
        (name, _said(world, client.get(url), *([WORDS["address"]] if name in own else [])))
        for name, url in places.items()
        if every_way or name not in SAME_ANSWERS
    )


def by_the_api(
    world: World, secret: str | None, client: Client, *, every_way: bool = True
) -> Found:
    """Try the addresses of the API about the tribune; with ``every_way`` those that say the same.

    See ``SAME_ANSWERS``.
    """
    token = bearer(secret) if secret else {}

    def get(path: str, **more: str) -> HttpResponse:
        return client.get(path, headers=token | more)

    item = f"/api/v1/tribunes/{world.uuid}"
    doors = {
        form.name: get(f"{item}.{form.suffix}")
        for form in FORMATS.values()
        if every_way or form.name not in SAME_ANSWERS
    }
    doors["versions"] = get(f"{item}/versions")
    if every_way:
        for form in FORMATS.values():
            doors[f"accept {form.name}"] = get(item, Accept=form.media_type)
        doors["fragment"] = get(f"{item}.html?headings=3")
        if world.version > 1:
            doors["first version"] = get(f"{item}?version=1")
        doors["this version"] = get(f"{item}?version={world.version}")
    found = [(name, _said(world, answer)) for name, answer in doors.items()]
    known, address = set(), "/api/v1/changes?limit=5"
    while address not in known:
        known.add(address)
        answer = get(address)
        found.append(("changes", _said(world, answer)))
        address = answer.json().get("next", address)
    for name, image in world.pictures.items():
        at = f"{item}/images/{image.pk}"
        if every_way or name in _MAY_TRAVEL:
            found.append(("images", _led(name, get(at))))
            found.append(("originals", _led(name, get(f"{at}/original"))))
    return _kept(found)


def by_its_feeds(world: World, secret: str, client: Client, *, every_way: bool = True) -> Found:
    """Try the feeds at a secret address."""
    root = f"/partenaires/flux/{secret}/"
    found = [
        (name, _said(world, client.get(f"{root}{name}")))
        for name in ("atom.xml", "rss.xml", "feed.json")
    ]
    for name, image in world.pictures.items():
        if every_way or name in _MAY_TRAVEL:
            answer = client.get(f"{root}images/{world.uuid}/{image.pk}")
            found.append(("feed images", _led(name, answer)))
    return _kept(found)


def in_the_space(world: World, client: Client, *, every_way: bool = True) -> Found:
    """Try the pages and files of the partner space; with ``every_way`` those that say the same."""
    at = "/partenaires/"
    item = f"{at}catalogue/{world.uuid}/"
    doors = {
        "catalogue": f"{at}catalogue/",
        "item": item,
        "declare": f"{at}reprises/{world.uuid}/",
        "notices": f"{at}avis/",
        "entrance": at,
        "file json": f"{item}json/",
        "file zip": f"{item}zip/",
    }
    if every_way:
        doors |= {f"file {name}": f"{item}{name}/" for name in FORMATS}
        doors |= {"found": f"{at}catalogue/?q=tribune", "declarations": f"{at}reprises/"}
    found = [(name, _said(world, client.get(url))) for name, url in doors.items()]
    for name, image in world.pictures.items():
        if every_way or name in _MAY_TRAVEL:
            answer = client.get(f"{item}images/{image.pk}/")
            found.append(("space images", _led(name, answer)))
    return _kept(found)


def in_the_bucket(world: World) -> Found:
    """Read every public object; the archives of feeds are one door, so are those of the text."""
    names = {image.pk: name for name, image in world.pictures.items()}
    found = []
    for key in world.s3.keys():
        answer = world.s3.get(key)
        if answer.status_code == 404:  # taken away since the list was made
            continue
        assert answer.status_code == 200, key
        if picture := re.match(rf"texts/{world.uuid}/image-(\d+)-", key):
            found.append(("objects", frozenset([names[int(picture[1])]])))
            continue
        door = re.sub(r"archives/\d+\.xml$", "archives", key)
        door = door.replace(world.focus.feed_slug, "ici")
        headers = repr(dict(answer.headers)).encode()
        found.append((door, world.seen_in(key.encode(), headers, answer.content)))
    return _kept(found)


def told(world: World, name: str) -> Found:
    """Read what a partner was sent: webhooks, letters; and the pages that letters lead to."""
    partner = world.partners[name]
    messages = WebhookMessage.objects.filter(endpoint__partner=partner)
    contacts = set(partner.contacts.values_list("email", flat=True))
    letters = [letter for letter in mail.outbox if contacts & set(letter.recipients())]
    found = [("webhooks", world.seen_in(row.payload.encode())) for row in messages]
    found += [("letters", world.seen_in(one.message().as_bytes(), _body(one))) for one in letters]
    for notice in Notice.objects.filter(partner=partner):
        page = links.address(notice).removeprefix("http://testserver")
        found.append(("acknowledgement", _said(world, Client().get(page))))
    return _kept(found)


def _body(letter: Any) -> bytes:
    return f"{letter.subject}\n{letter.body}".encode()


def in_the_admin(world: World, client: Client) -> Found:
    """Try the screens of the newsroom: drafts, their previews, what was withdrawn and why."""
    doors = {
        "list": reverse("wagtailadmin_explore", args=[world.focus.pk]),
        "withdrawals": reverse("cms_withdrawals:index"),
    }
    if page := TribunePage.objects.filter(pk=world.tribune.pk).first():
        for name in ("view_draft", "edit", "history"):
            doors[name] = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        revision = [page.pk, page.latest_revision_id]
        doors["revision"] = reverse("wagtailadmin_pages:revisions_view", args=revision)
    return _kept((name, _said(world, client.get(url))) for name, url in doors.items())


def in_the_private_bucket(world: World) -> Found:
    """Read originals and renditions without a signature: their addresses can be guessed."""
    found = []
    for name, image in world.pictures.items():
        files = [image.file, *(rendition.file for rendition in image.renditions.all())]
        for file in files:
            answer = requests.get(file.url.partition("?")[0], timeout=9)
            found.append(("private files", frozenset([name] if answer.ok else [])))
    return _kept(found)


def editor() -> Client:
    """Return the browser of somebody who may do everything in the admin."""
    client = Client()
    client.force_login(UserFactory(superuser=True))
    return client


def _said(world: World, answer: HttpResponse, *known: str) -> Things:
    """Return what an answer gives away, beside the identifiers that were in the question."""
    asked = answer.request["PATH_INFO"]
    own = [asked, *([world.uuid] if world.uuid in asked else []), *known]
    return world.seen_in(repr(dict(answer.headers)).encode(), answer.content, known=own)


def _led(name: str, answer: HttpResponse) -> Things:
    """Return the picture, if an answer leads to where it can be read."""
    if "Location" not in answer or not answer["Location"].startswith("http"):
        return frozenset()
    file = requests.get(answer["Location"], timeout=9)
    is_picture = file.ok and file.headers["Content-Type"].startswith("image/")
    return frozenset([name] if is_picture else [])


def _kept(found: Iterable[tuple[str, Things]]) -> Found:
    kept: dict[str, Things] = {}
    for door, things in found:
        if things:
            kept[door] = kept.get(door, frozenset()) | things
    return kept
