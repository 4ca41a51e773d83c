"""What search engines are told of the site."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree
from wagtail.models import Page, PageViewRestriction

from benchmarks.measure import queries
from cms import sitemaps
from focus.models import ArticlePage, FocusPage
from tests.factories.focus import ArticleFactory, FocusFactory
from tests.factories.tribunes import TribuneFactory

pytestmark = pytest.mark.django_db

ALL, NEWS = "/sitemap.xml", "/sitemap-actualites.xml"
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
# The rules of https://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd for what we write, and
# those of Google's page on news sitemaps.
SCHEMA = etree.XMLSchema(
    etree.fromstring(
        """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9">
  <xs:element name="urlset"><xs:complexType><xs:sequence>
    <xs:element name="url" minOccurs="0" maxOccurs="50000"><xs:complexType><xs:sequence>
      <xs:element name="loc"><xs:simpleType><xs:restriction base="xs:anyURI">
        <xs:minLength value="12"/><xs:maxLength value="2048"/>
      </xs:restriction></xs:simpleType></xs:element>
      <xs:element name="lastmod" minOccurs="0"><xs:simpleType>
        <xs:union memberTypes="xs:date xs:dateTime"/>
      </xs:simpleType></xs:element>
      <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""
    )
)
NEWS_SCHEMA = etree.XMLSchema(
    etree.fromstring(
        """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    targetNamespace="http://www.google.com/schemas/sitemap-news/0.9">
  <xs:element name="news"><xs:complexType><xs:sequence>
    <xs:element name="publication"><xs:complexType><xs:sequence>
      <xs:element name="name" type="xs:token"/>
      <xs:element name="language"><xs:simpleType><xs:restriction base="xs:token">
        <xs:pattern value="[a-z]{2,3}"/>
      </xs:restriction></xs:simpleType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="publication_date" type="xs:dateTime"/>
    <xs:element name="title" type="xs:string"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"""
    )
)


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(out=True, title="Vieillir chez soi")


def article(focus: FocusPage, **fields: Any) -> ArticlePage:
    """Publish an article in a focus."""
    return ArticleFactory(parent=focus, published=True, **fields)


def read(client: Client, address: str) -> etree._Element:
    """Fetch a sitemap and check it against the rules."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml")
    root = etree.fromstring(answer.content)
    SCHEMA.assertValid(root)
    for news in root.iter(f"{{{NS['n']}}}news"):
        NEWS_SCHEMA.assertValid(news)
    return root


def addresses(client: Client, sitemap: str = ALL) -> list[str]:
    return [loc.text for loc in read(client, sitemap).findall("s:url/s:loc", NS)]


def test_every_public_page_is_there(focus: FocusPage, client: Client) -> None:
    page = article(focus)
    index = focus.get_parent()
    expected = [each.full_url for each in (index.get_parent(), index, focus, page)]
    assert addresses(client) == expected


def test_a_page_says_when_it_changed(focus: FocusPage, client: Client) -> None:
    page = article(focus)
    last = read(client, ALL).findall("s:url/s:lastmod", NS)[-1]
    assert datetime.fromisoformat(last.text) == page.last_published_at


def test_news_say_what_google_asks(focus: FocusPage, client: Client) -> None:
    page = article(focus, title="L’âge & <la> vie")
    (url,) = read(client, NEWS).findall("s:url", NS)
    assert url.findtext("s:loc", namespaces=NS) == page.full_url
    assert url.findtext("n:news/n:publication/n:name", namespaces=NS) == "Solutions solidaires"
    assert url.findtext("n:news/n:publication/n:language", namespaces=NS) == "fr"
    assert url.findtext("n:news/n:title", namespaces=NS) == page.title
    moment = url.findtext("n:news/n:publication_date", namespaces=NS)
    assert datetime.fromisoformat(moment) == page.first_published_at


def test_news_are_articles_and_tribunes_of_two_days(focus: FocusPage, client: Client) -> None:
    old, new = article(focus), article(focus)
    tribune = TribuneFactory(parent=focus, published=True)
    for page, hours in ((old, 49), (new, 47)):
        moment = timezone.now() - timedelta(hours=hours)
        Page.objects.filter(pk=page.pk).update(first_published_at=moment)
    assert addresses(client, NEWS) == [tribune.full_url, new.full_url]


def test_news_are_no_more_than_google_reads(
    focus: FocusPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "NEWS_LIMIT", 1)
    _, newest = article(focus), article(focus)
    assert addresses(client, NEWS) == [newest.full_url]


@pytest.mark.parametrize("sitemap", [ALL, NEWS])
def test_drafts_and_aliases_stay_out(focus: FocusPage, client: Client, sitemap: str) -> None:
    page = article(focus)
    before = addresses(client, sitemap)
    ArticleFactory(parent=focus)
    article(focus).unpublish()
    page.create_alias(parent=focus, update_slug="alias")
    assert addresses(client, sitemap) == before
    assert page.full_url in before


@pytest.mark.parametrize("sitemap", [ALL, NEWS])
@pytest.mark.parametrize("restricted", ["focus", "text"])
def test_what_is_under_a_restriction_stays_out(
    focus: FocusPage, client: Client, sitemap: str, restricted: str
) -> None:
    page = article(focus)
    other = article(FocusFactory(out=True))
    under = {"focus": focus, "text": page}[restricted]
    PageViewRestriction.objects.create(page=under, restriction_type="login")
    found = addresses(client, sitemap)
    assert other.full_url in found
    assert page.full_url not in found
    assert (under.full_url in found) is False


@pytest.mark.parametrize("sitemap", [ALL, NEWS])
def test_a_text_whose_reference_is_elsewhere_is_left_to_it(
    focus: FocusPage, client: Client, sitemap: str
) -> None:
    elsewhere = {"elsewhere_url": "https://journal.exemple.invalid/texte/"}
    ours = article(focus, **elsewhere)
    theirs = article(focus, **elsewhere, elsewhere_is_canonical=True)
    found = addresses(client, sitemap)
    assert (ours.full_url in found, theirs.full_url in found) == (True, False)


def test_what_xml_forbids_breaks_nothing(focus: FocusPage, client: Client) -> None:
    page = article(focus)
    Page.objects.filter(pk=page.pk).update(title="Vieillir\x07")
    assert read(client, NEWS).findtext(".//n:title", namespaces=NS) == "Vieillir"


@pytest.mark.parametrize("sitemap", [ALL, NEWS])
def test_many_pages_cost_no_more_queries_than_few(
    focus: FocusPage, client: Client, sitemap: str
) -> None:
    article(focus)
    TribuneFactory(parent=focus, published=True)
    client.get(sitemap)
    before = queries(lambda: client.get(sitemap))
    for _ in range(3):
        article(focus)
        TribuneFactory(parent=focus, published=True)
    assert queries(lambda: client.get(sitemap)) == before <= 15
    assert len(addresses(client, sitemap)) >= 8


def test_an_empty_sitemap_is_one(client: Client) -> None:
    FocusFactory()
    assert addresses(client, NEWS) == []


@pytest.mark.parametrize("address", [ALL, NEWS, "/robots.txt"])
def test_answers_may_be_kept_for_a_while(client: Client, address: str) -> None:
    FocusFactory()
    headers = client.get(address).headers
    assert re.fullmatch(r"public, max-age=\d+", headers["Cache-Control"])
    assert "Cookie" not in headers.get("Vary", "")


def test_robots_are_told_where_the_sitemaps_are(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Sitemap: http://testserver/sitemap.xml",
        "Sitemap: http://testserver/sitemap-actualites.xml",
    ]
