"""Reference syndication.md §8, the verifier: each rule has a page that breaks it alone."""

from dataclasses import replace

import pytest

from tests.tribunes.followup.pages import (
    CORRECTION,
    CREDIT,
    HEAD,
    LINK,
    NEW,
    NOTE,
    OLD,
    WITHHELD,
    html,
    item,
    original,
    page,
)
from tests.tribunes.items import SITE, embargoed
from tribunes.access import Standing
from tribunes.followup.findings import Finding, Level, state_of
from tribunes.followup.originals import Original
from tribunes.followup.verify import verify

CODES = ["text", "credit", "link", "search", "pictures", "correction"]


def found(source: str | bytes, against: Original | None = None, **headers: str) -> list[Finding]:
    return verify(page(source, **headers), against or original())


def levels(source: str | bytes, against: Original | None = None, **headers: str) -> dict[str, str]:
    return {finding.code: str(finding.level) for finding in found(source, against, **headers)}


def broken(source: str | bytes, against: Original | None = None, **headers: str) -> dict[str, str]:
    """Return the codes of what is not as it should be."""
    said = levels(source, against, **headers)
    return {code: level for code, level in said.items() if level != "ok"}


def test_a_good_copy_keeps_every_rule() -> None:
    assert levels(html()) == dict.fromkeys(CODES, "ok")
    assert state_of(found(html())) == "good"


UNSEEN = [
    "<!-- {} -->",
    "<template>{}</template>",
    "<noscript>{}</noscript>",
    '<div hidden="">{}</div>',
    '<div style="display : none">{}</div>',
    '<div style="visibility:hidden"><div>{}</div></div>',
]


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("credit", html(credit="")),
        ("credit", html(credit="<p>Tribune publiée par un autre.</p>")),
        *(("credit", html(credit=unseen.format(CREDIT))) for unseen in UNSEEN),
        ("link", html(link="")),
        ("link", html(link=LINK.replace("une-place", "une-autre-place"))),
        ("link", html(link=f"<p>{SITE}/tribunes/une-place/</p>")),
        ("link", html(link=f'<a href="{SITE}/tribunes/une-place/"></a>')),
        *(("link", html(link=unseen.format(LINK))) for unseen in UNSEEN),
        ("search", html(head="")),
        ("search", html(head='<link rel="canonical" href="/tribunes/une-place/">')),
        ("search", html(head=f'{HEAD}<link rel="canonical" href="/ici">')),
        ("search", html(head=f"<!-- {HEAD} -->")),
        ("search", html(head="", link=LINK + HEAD)),
        ("pictures", html(picture='<img src="/medias/manifestation_lyon.webp" alt="">')),
        ("pictures", html(picture='<img data-lazy="/m/manifestation%5Flyon-300x200.jpg">')),
        ("pictures", html(picture='<img src="/medias/image-41-960-0123456789abcdef.jpg">')),
        (
            "pictures",
            html(picture='<div style="background:url(/m/manifestation_lyon.jpg)">x</div>'),
        ),
        ("pictures", html(picture=f"<figcaption>© {WITHHELD.credit.upper()}</figcaption>")),
        (
            "pictures",
            html(head=HEAD + '<meta property="og:image" content="/manifestation_lyon.jpg">'),
        ),
        ("hotlink", html(picture='<img src="//media.exemple.invalid/images/jardin.jpg" alt="">')),
        ("hotlink", html(picture=f'<img srcset="/a.jpg 1x, {SITE}/b.jpg 2x" alt="">')),
        ("hotlink", html(picture=f'<p style="background: url({SITE}/b.jpg)">x</p>')),
        ("hotlink", html(picture=f'<noscript><img src="{SITE}/b.jpg"></noscript>')),
        ("hotlink", html(head=f'{HEAD}<meta name="twitter:image" content="{SITE}/b.jpg">')),
        ("correction", html(note="")),
        ("correction", html(note="<p>Ce texte a été corrigé.</p>")),
        *(("correction", html(note=unseen.format(NOTE))) for unseen in UNSEEN),
        ("text", html(text=NEW.split("\n\n")[0][:40])),
        ("text", html(text="Un tout autre texte, qui parle de la pluie.")),
    ],
)
def test_a_page_that_breaks_one_rule_breaks_no_other(code: str, source: str) -> None:
    assert broken(source) == {code: "wrong"}
    assert state_of(found(source)) == "wrong"


@pytest.mark.parametrize(
    "source",
    [
        html(credit=CREDIT.replace("Solutions solidaires", "<b>Solu</b>tions  <i>SOLIDAIRES</i>")),
        html(link=LINK.replace("https:", "http:").replace("une-place/", "une-place#haut")),
        html(link=LINK.replace("Lire l’original", '<img src="/fleche.svg" alt="L’original">')),
        html(head=HEAD.replace('rel="canonical"', "rel='shortlink CANONICAL'")),
        html(
            head=f'<base href="{SITE}/"><link rel="canonical" href="/tribunes/une-place">',
            picture="",
        ),
        html(text=NEW.replace(" ", "\u202f").replace("jardins", "jar\u00addins")),
        html(text=NEW.replace("voisins", "<em>voisins</em>").replace("’", "'").upper()),
        html(note="<p>Jardins : douze, et non treize, chaque commune aura.</p>"),
        html(picture="<p>Notre photographe à la manifestation de Lyon</p>"),
        html().encode("cp1252", "xmlcharrefreplace").replace(b"utf-8", b"windows-1252"),
        html().replace("<body>", "<body><div>" * 100),
    ],
)
def test_what_makes_no_difference(source: str | bytes) -> None:
    assert broken(source) == {}


def test_the_charset_of_the_answer_wins() -> None:
    source = html().replace('<meta charset="utf-8">', "").encode("iso8859-15", "xmlcharrefreplace")
    assert broken(source, Content_Type="text/html; charset=ISO-8859-15") == {}
    assert broken(html(), Content_Type="text/html; charset=klingon") == {}
    assert "credit" not in broken(html(), Content_Type="text/html; charset=rot13")


# What search engines are told


def test_a_canonical_address_may_be_said_by_the_server() -> None:
    said = f'</style.css>; rel=preload, <{SITE}/tribunes/une-place/>; rel="canonical"'
    assert broken(html(head=""), Link=said) == {}


@pytest.mark.parametrize("content", ["noindex", "NOFOLLOW , NoIndex", "none"])
def test_noindex_by_the_page_or_by_the_server(content: str) -> None:
    against = original(item=item(copy_policy="noindex"))
    assert broken(html(), against) == {"search": "wrong"}
    meta = f'<meta name=" Robots" content="{content}">'
    assert broken(html(head=meta), against) == {}
    assert broken(html(head=""), against, X_Robots_Tag=content) == {}
    assert broken(html(head=""), against, X_Robots_Tag="otherbot: noindex") == {"search": "wrong"}
    # Enough for search engines, but not what was agreed.
    assert broken(html(head=meta)) == {"search": "warn"}


def test_a_contract_that_wants_nothing_of_search_engines() -> None:
    assert "search" not in levels(html(head=""), original(item=item(copy_policy="none")))


# The text


def test_the_version_is_told_from_the_others() -> None:
    (text,) = (finding for finding in found(html(text=OLD)) if finding.code == "text")
    assert (text.level, "version 1" in text.text) == (Level.WARN, True)
    assert broken(html(text=OLD)) == {"text": "warn"}
    # A page that has both paragraphs is closest to the one it has all of.
    shorter = original(texts={1: original().texts[1], 2: frozenset(list(original().texts[1])[:3])})
    (text,) = (row for row in found(html(text=OLD), shorter) if row.code == "text")
    assert "version 1" in text.text


@pytest.mark.parametrize(
    ("editing", "scope", "text", "level"),
    [
        ("none", ("web",), NEW.replace("enfin", "bientôt"), "warn"),
        ("time-and-place", ("web",), NEW, "ok"),
        ("none", ("web",), NEW.split("\n\n")[0], "wrong"),
        ("none", ("web", "extract"), NEW.split("\n\n")[0], "warn"),
        ("with-approval", ("web",), NEW.split("\n\n")[0], "warn"),
    ],
)
def test_drift_is_judged_by_what_may_be_edited(
    editing: str, scope: tuple[str, ...], text: str, level: str
) -> None:
    against = original(item=item(editing=editing, scope=scope))
    assert levels(html(text=text), against)["text"] == level


def test_a_minor_correction_that_is_not_shown_is_a_remark() -> None:
    minor = replace(item(), corrections=(replace(CORRECTION, severity="minor"),))
    assert broken(html(note=""), original(item=minor)) == {"correction": "warn"}


def test_a_text_without_correction_or_withheld_picture_says_nothing_of_them() -> None:
    against = original(item=replace(item(), corrections=()), withheld=())
    assert set(levels(html(), against)) == set(CODES) - {"pictures", "correction"}


# What must be gone


@pytest.mark.parametrize(
    ("standing", "code"),
    [
        (Standing.CANCELED, "withdrawal"),
        (Standing.UNPUBLISHED, "withdrawal"),
        (Standing.EXPIRED, "licence"),
        (Standing.RIGHTS, "licence"),
    ],
)
def test_a_text_that_must_go(standing: Standing, code: str) -> None:
    """Reference §8: «retraction obeyed»; also the end of a licence."""
    against = original(standing=standing, item=None)
    assert levels(html(), against) == {code: "wrong"}
    assert levels(html(text=OLD), against) == {code: "wrong"}
    assert levels(html(text=NEW.split("\n\n")[0]), against) == {code: "wrong"}
    assert levels("<p>Cette tribune, Une place pour chacun, a été retirée.</p>", against) == {
        code: "ok"
    }
    assert levels(html(), replace(against, texts={})) == {code: "warn"}


def test_a_text_under_embargo_must_not_be_there_yet() -> None:
    against = original(standing=Standing.WITHHELD, item=embargoed())
    assert levels(html(), against) == {"embargo": "wrong"}
    assert levels("<p>Bientôt.</p>", against) == {"embargo": "ok"}


# Hostile pages


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"   ",
        b"\x00\xff\xfe" * 1000,
        b"<!-- " * 1000,
        b"<html></html>",
        b"<![CDATA[x]]><?php echo 1 ?>",
        b'<a href="http://[::1">x</a><img src="//[" srcset=",,  ,"><link rel=canonical href="//[">',
        b'<base href="//["><a href="/x">x</a>',
        b'<base href="javascript:alert(1)"><a href="/x">x</a>',
        "<p>\ud800\ufffe</p>".encode("utf-8", "surrogatepass"),
        html().encode("utf-16"),
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>&b;</p>',
    ],
)
def test_a_page_without_head_nor_tail_is_judged_all_the_same(source: bytes) -> None:
    assert state_of(found(source)) == "wrong"
