"""scratch of a hostile reviewer"""
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date
from wagtail.models import PageViewRestriction

from cms.models import Image, Licence
from cms.withdrawing import lift, withdraw
from tests.factories.bodies import chosen, link, paragraph, stream
from tests.factories.bodies import image as image_block
from tests.factories.cms import ImageFactory, LicenceFactory, UserFactory
from tests.factories.focus import FocusFactory, publish
from tests.factories.partners import PartnerFactory, bearer, token_of
from tests.factories.tribunes import TribuneFactory
from tribunes import expiry, keys, changes, cursors, journal
from tribunes.facts import reader_of
from tribunes.models import *  # noqa
from tribunes.rendering import render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]
HOUR = timedelta(hours=1)


@pytest.fixture
def focus(db):
    return FocusFactory(out=True)


def again(p):
    return TribunePage.objects.get(pk=p.pk)


def events():
    return list(Change.objects.filter(partner=None).values_list("event", flat=True))


def api(secret, path, **h):
    return Client().get("/api/v1" + path, headers={**bearer(secret), **h})


def private_from_birth(focus, title="Titre secret"):
    t = TribuneFactory(parent=focus, title=title)
    PageViewRestriction.objects.create(page=t, restriction_type="password", password="x")
    publish(again(t))
    return again(t)


def test_a1_private_then_withdrawn(focus):
    p = PartnerFactory()
    s = token_of(p)
    root = f"/partenaires/flux/{keys.issue_feed(p, name='l')[1]}/"
    t = private_from_birth(focus)
    print("events before", events(), Record.objects.get().released_at)
    withdraw(t, reason="Motif", note="interne")
    print("A1 changes", api(s, "/changes").content.decode()[:900])
    print("A1 item", api(s, f"/tribunes/{t.uuid}").status_code)
    print("A1 feed leak", "Titre secret" in Client().get(root + "atom.xml").content.decode())


def test_a2_private_contract_change_tells(focus):
    p = PartnerFactory()
    s = token_of(p)
    t = private_from_birth(focus)
    other = FocusFactory(out=True)
    with journal.partner_changing(p.pk):
        p.focuses = [other]
        p.save()
    print("A2 changes", api(s, "/changes").content.decode())
    with journal.partner_changing(p.pk):
        p.focuses = []
        p.save()
    r = Client().post("/api/v1/publications", json.dumps({"item": str(t.uuid), "version": 1, "url": "https://exemple.org/x"}), content_type="application/json", headers=bearer(s))
    print("A2 publications", r.status_code, r.content.decode()[:300])


def test_a3_image_yes_to_ask(focus):
    img = ImageFactory(republication="yes")
    t = TribuneFactory(parent=focus, published=True, body=stream(paragraph("<p>a</p>"), image_block(img)))
    p = PartnerFactory(); s = token_of(p)
    r = api(s, f"/tribunes/{t.uuid}"); d = r.json()
    print("A3 before", len(d["images"]), d["withheldImages"], events())
    img.republication = "ask"; img.save()
    lm = api(s, f"/tribunes/{t.uuid}", **{"If-Modified-Since": r["Last-Modified"]}).status_code
    r = api(s, f"/tribunes/{t.uuid}"); d = r.json()
    print("A3 after", len(d["images"]), d["withheldImages"], events(), "IMS", lm)


def test_a4_teaser_of_withdrawn(focus):
    b = TribuneFactory(parent=focus, published=True, title="Texte B à retirer")
    a = TribuneFactory(parent=focus, published=True, body=stream(paragraph("<p>voir " + link(b, "lien B") + "</p>"), chosen("tribune_teaser", b)))
    p = PartnerFactory(); s = token_of(p)
    r = api(s, f"/tribunes/{a.uuid}")
    print("A4 before", "Texte B" in r.content.decode(), events())
    n = Change.objects.count()
    withdraw(again(b), reason="faux")
    r2 = api(s, f"/tribunes/{a.uuid}")
    print("A4 after", "Texte B" in r2.content.decode(), [(c.record.title, c.event) for c in Change.objects.all()[n:]])
    print("A4 IMS", api(s, f"/tribunes/{a.uuid}", **{"If-Modified-Since": r["Last-Modified"]}).status_code, r2["ETag"] != r["ETag"], r.json()["version"], r2.json()["version"])


def test_a4b_teaser_of_embargoed_comes_out(focus):
    b = TribuneFactory(parent=focus, published=True, title="Texte B embargo", embargoed_until=timezone.now() + HOUR)
    a = TribuneFactory(parent=focus, published=True, body=stream(paragraph("<p>voir " + link(b, "lien B") + "</p>"), chosen("tribune_teaser", b)))
    p = PartnerFactory(); s = token_of(p)
    r = api(s, f"/tribunes/{a.uuid}")
    print("A4b before", "Texte B" in r.content.decode(), b.slug in r.content.decode(), r.json()["bodyHtml"])
    print("site", "Texte B" in Client().get(again(a).url).content.decode(), b.slug in Client().get(again(a).url).content.decode())


def test_a5_feed_ims(focus):
    p = PartnerFactory()
    root = f"/partenaires/flux/{keys.issue_feed(p, name='l')[1]}/"
    a = TribuneFactory(parent=focus, published=True, title="Reste A")
    b = TribuneFactory(parent=focus, published=True, title="Part B")
    r = Client().get(root + "atom.xml")
    print("A5 headers", dict(r.headers))
    date = http_date(timezone.now().timestamp() + 1)
    again(b).unpublish()
    r2 = Client().get(root + "atom.xml", headers={"If-Modified-Since": date})
    r3 = Client().get(root + "atom.xml")
    print("A5 IMS after unpublish", r2.status_code, "Part B" in r3.content.decode())


def test_a6_image_deleted(focus):
    img = ImageFactory(republication="yes")
    t = TribuneFactory(parent=focus, published=True, body=stream(paragraph("<p>a</p>"), image_block(img)))
    p = PartnerFactory(); s = token_of(p)
    v = api(s, f"/tribunes/{t.uuid}").json()
    img.delete()
    r = api(s, f"/tribunes/{t.uuid}")
    print("A6", r.status_code, len(v["images"]), len(r.json().get("images", [])), r.json().get("withheldImages"), events())
    print("A6 page", Client().get(again(t).url).status_code)
    print("A6 zip", api(s, f"/tribunes/{t.uuid}.zip").status_code)


def test_a7_licences(focus):
    lic = LicenceFactory(code="maison", name="Licence maison")
    focus.licence = lic
    focus.save()
    img = ImageFactory(republication="yes")
    t = TribuneFactory(parent=focus, licence=None, published=True, body=stream(paragraph("<p>a</p>"), image_block(img)))
    p = PartnerFactory(); s = token_of(p)
    print("A7", api(s, f"/tribunes/{t.uuid}").json()["terms"]["code"], events())
    lic.code = "maison-2"; lic.save()
    print("A7 inherited", api(s, f"/tribunes/{t.uuid}").json()["terms"]["code"], events())
    l2 = img.licence; l2.name = "Autre nom"; l2.save()
    print("A7 image licence", api(s, f"/tribunes/{t.uuid}").json()["images"], events())


def test_a7b_focus_licence_saved(focus):
    t = TribuneFactory(parent=focus, licence=None)
    focus.licence = LicenceFactory(code="maison"); focus.save(); 
    publish(again(t)); print("A7b", events())
    from focus.models import FocusPage
    f = FocusPage.objects.get(pk=focus.pk); f.licence = None; f.save()
    print("A7b after save()", events())


def test_a8_reembargo_withdraw(focus):
    t = TribuneFactory(parent=focus, published=True, title="Ancien titre")
    p = PartnerFactory(); s = token_of(p)
    t = again(t); t.title = "Nouveau titre sous embargo"; t.embargoed_until = timezone.now() + HOUR
    publish(t)
    print("A8 embargoed", api(s, "/changes").content.decode())
    r = Record.objects.get(); print("A8 record.title", r.title)
    withdraw(again(t), reason="Motif de ce qui n’a jamais paru")
    print("A8 withdrawn", "Nouveau titre" in api(s, "/changes").content.decode(), "Motif de" in api(s, f"/tribunes/{t.uuid}").content.decode())
    print("A8 public 410", Client().get(f"/reprendre/{t.uuid}/").status_code)


def test_a9_ims_race(focus):
    t = TribuneFactory(parent=focus, published=True)
    t2 = TribuneFactory(parent=focus, published=True)
    p = PartnerFactory(); s = token_of(p)
    now = timezone.now()
    Change.objects.filter(number=1).update(at=now - timedelta(seconds=20))
    Change.objects.filter(number=2).update(at=now - timedelta(seconds=10))
    r = api(s, "/changes")
    # a writer that took its hour before it waited for the counter
    rec = Record.objects.get(uuid=t.uuid); rec.version_created = now - timedelta(seconds=15); rec.save()
    journal.append(rec, "updated")
    r2 = api(s, "/changes", **{"If-Modified-Since": r["Last-Modified"]})
    print("A9", r2.status_code)


def test_a10_cursor_gap(focus):
    import base64
    p = PartnerFactory(); s = token_of(p)
    TribuneFactory(parent=focus, published=True)
    n1 = api(s, "/changes").json()["next"]
    TribuneFactory(parent=focus, published=True, embargoed_until=timezone.now() + HOUR)
    TribuneFactory(parent=focus, published=True)
    n2 = api(s, "/changes").json()["next"]
    for n in (n1, n2):
        c = n.partition("cursor=")[2]
        print("A10", base64.urlsafe_b64decode(c + "=" * (-len(c) % 4)))
    print("A10 since", api(s, "/changes?since=2020-01-01T00:00:00Z").status_code)


def test_a11_pruned(focus):
    from tribunes.pruning import prune
    t = TribuneFactory(parent=focus, published=True)
    me, other = PartnerFactory(), PartnerFactory(); s = token_of(me)
    nxt = api(s, "/changes").json()["next"].partition("/api/v1")[2]
    rec = Record.objects.get()
    for _ in range(2):
        journal.append(rec, "rights", partner=other)
    Change.objects.update(at=timezone.now() - timedelta(days=400))
    print("A11 polled daily, all known", api(s, nxt).json())
    print("pruned", prune())
    print("A11", api(s, nxt).status_code)


def test_a12_token_expiring_repeated(settings, monkeypatch):
    p = PartnerFactory()
    tok, _ = keys.issue_token(p, name="site", scopes=["texts"])
    WebhookEndpoint.objects.create(partner=p, name="w", url="https://exemple.org/", events=["token.expiring"])
    PartnerToken.objects.update(expires_at=timezone.now() + timedelta(days=5))
    def boom(*a, **k): raise OSError("smtp down")
    monkeypatch.setattr(expiry, "send_mail", boom)
    for _ in range(4):
        try: expiry.warn_of_token.func(tok.pk)
        except OSError: pass
    print("A12 messages", WebhookMessage.objects.count())


def test_a12b_newline_names():
    p = PartnerFactory()
    from tribunes.space.forms import TokenForm, FeedForm
    f = TokenForm({"name": "a\nBcc: x@y.z", "scopes": ["texts"], "days": "90"}, partner=p)
    print("A12b valid", f.is_valid(), f.errors)
    if f.is_valid():
        tok, _ = keys.issue_token(p, **f.cleaned_data)
        PartnerToken.objects.update(expires_at=timezone.now() + timedelta(days=5))
        for _ in range(2):
            try: expiry.warn_of_token.func(tok.pk)
            except Exception as e: print("A12b", type(e), e)
        print(PartnerToken.objects.get().warned_days, len(mail.outbox))
    from tribunes.space.webhooks import EndpointForm
    g = EndpointForm({"name": "w\r\nBcc: x", "url": "https://exemple.org/h", "events": ["tribune.updated"]}, instance=WebhookEndpoint(partner=p))
    print("A12b endpoint", g.is_valid(), g.errors)
    if g.is_valid():
        from tribunes.webhooks import services, alerts
        e = g.save(); services.disable(e, "x", told=False)
        try: alerts.warn(e.pk)
        except Exception as ex: print("A12b alert", type(ex), ex)
        print("warned", WebhookEndpoint.objects.get().warned_at)


def test_a14_missing_file(focus):
    img = ImageFactory(republication="yes")
    Image.objects.filter(pk=img.pk).update(file_hash="")
    img.file.storage.delete(img.file.name)
    t = TribuneFactory(parent=focus, body=stream(paragraph("<p>a</p>"), image_block(img)))
    try:
        publish(again(t)); print("A14 published", events())
    except Exception as e:
        print("A14 publish fails", type(e), str(e)[:200])


def test_a14b_missing_file_api(focus):
    img = ImageFactory(republication="yes")
    t = TribuneFactory(parent=focus, published=True, body=stream(paragraph("<p>a</p>"), image_block(img)))
    p = PartnerFactory(); s = token_of(p)
    img.file.storage.delete(img.file.name)
    print("A14b hash", repr(Image.objects.get().file_hash))
    for x in ("/changes", f"/tribunes/{t.uuid}", f"/tribunes/{t.uuid}.zip", f"/tribunes/{t.uuid}/images/{img.pk}", f"/tribunes/{t.uuid}/images/{img.pk}/original"):
        r = api(s, x); print("A14b", x[-20:], r.status_code, r.content[:150])


def test_a15_delete_with_reply(focus):
    t = TribuneFactory(parent=focus, published=True)
    b = TribuneFactory(parent=focus, published=True, replies_to=t)
    c = Client(raise_request_exception=False); u = UserFactory(is_superuser=True, is_staff=True); c.force_login(u)
    r = c.post(f"/admin/pages/{t.pk}/delete/"); print("A15 delete", r.status_code, TribunePage.objects.filter(pk=t.pk).exists())
    from wagtail.models import Page
    r = c.post(f"/admin/pages/{focus.pk}/delete/", {"confirm_site_name": "x"}); print("A15 delete focus", r.status_code)


def test_a16_chooser():
    from django.contrib.auth.models import Permission
    p = PartnerFactory(organisation__name="Secret Mutuelle")
    u = UserFactory(); u.user_permissions.add(Permission.objects.get(codename="access_admin"))
    c = Client(raise_request_exception=False); c.force_login(u)
    for url in ("/admin/snippets/choose/tribunes/partner/", "/admin/snippets/choose/tribunes/partner/results/", f"/admin/snippets/choose/tribunes/partner/chosen/{p.pk}/", f"/admin/snippets/tribunes/partner/inspect/{p.pk}/", f"/admin/snippets/tribunes/partner/usage/{p.pk}/", f"/admin/snippets/tribunes/partner/history/{p.pk}/"):
        r = c.get(url); print("A16", url, r.status_code, b"Secret Mutuelle" in r.content)


def test_a17_ssrf():
    from tribunes import outside
    for h in ("[64:ff9b::a00:1]", "[64:ff9b:1::a00:1]", "[::ffff:127.0.0.1]", "[2002:7f00:1::]", "0.0.0.0", "100.64.0.1", "192.0.0.192", "[fec0::1]", "[2001:0:7f00:1::]", "127.1", "0x7f000001", "2130706433", "017700000001", "[::]", "[::127.0.0.1]", "169.254.169.254", "[fd00:ec2::254]", "224.0.0.1", "255.255.255.255", "exemple.org.", "localhost.", "foo.internal.", "198.18.0.1", "[100::1]", "[ff02::1]", "１２７.0.0.1", "127。0。0。1", "exemple.org@127.0.0.1", "0"):
        print("A17", h, repr(outside.problem(f"https://{h}/x")))


def test_a18_first_published(focus):
    p = PartnerFactory(); s = token_of(p)
    t = TribuneFactory(parent=focus, published=True, embargoed_until=timezone.now() + HOUR)
    hour = timezone.now() - timedelta(minutes=1)
    TribunePage.objects.update(embargoed_until=hour, first_published_at=timezone.now() - timedelta(days=2))
    Record.objects.update(first_published=timezone.now() - timedelta(days=2))
    journal.follow_record(Record.objects.get().pk)
    d = api(s, f"/tribunes/{t.uuid}").json()
    print("A18", events(), "firstPublished", d["firstPublished"], "firstCreated", d["firstCreated"], "page", again(t).first_published_at, d["versionCreated"])
    r = api(s, f"/tribunes/{t.uuid}/versions"); print("A18 versions", r.content.decode()[:600])


def test_a20_sandbox(focus):
    p = PartnerFactory()
    secret = keys.complete("sosol_test_" + "a" * 43)
    tok = keys.register_sandbox(p, secret)
    r = Client().delete(f"/api/v1/tokens/{tok.uuid}", headers=bearer(secret)); print("A20 delete", r.status_code)
    print("A20 then", api(secret, "/changes").status_code)


def test_a21_csv(focus):
    p = PartnerFactory()
    e = WebhookEndpoint.objects.create(partner=p, name='=HYPERLINK("http://evil","x")', url="https://exemple.org/", events=["tribune.updated"])
    from tribunes.webhooks import services
    services.send_test(e)
    c = Client(); c.force_login(UserFactory(is_superuser=True))
    r = c.get("/admin/webhooks/?export=csv")
    print("A21", b"".join(r.streaming_content if r.streaming else [r.content]).decode()[-400:])
