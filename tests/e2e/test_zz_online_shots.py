import os
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="true"
import pytest
from datetime import timedelta
from django.utils import timezone
from focus.models import InsertPage
from tests.components import node_module
from tests.factories.focus import ArticleFactory
from tests.factories.cms import ImageFactory
from tests.focus.cahiers import printed, cahier
from tests.focus.forums import *
from tests.pages import bring_online
pytestmark=[pytest.mark.django_db(transaction=True)]
TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async (tags) => { const results = await axe.run({runOnly: {type: "tag", values: tags}});
 return results.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html+' :: '+node.failureSummary).join(" | ")}`);}"""
DRESSES=[({"width":1280,"height":900},"light"),({"width":1280,"height":900},"dark"),({"width":390,"height":844},"light"),({"width":390,"height":844},"dark")]

@pytest.fixture(scope="session")
def base_url(): pass

def test_shots(s3, live_server, browser):
    which=os.environ.get("SHOTS","all")
    insert=printed(8, title="Bien vieillir, un cahier d’exemple", intro="Huit pages d’exemple, telles qu’elles ont paru avec le journal.")
    names=["Une","Enquête","Enquête","Reportage","Portrait","Tribunes","Entretien","Agenda"]
    heads=["Vieillir chez soi : qui paie ?","Le reste à charge, département par département","","Une nuit avec les aides à domicile","","Trois tribunes","« Il faut du temps »",""]
    for page,n,h in zip(insert.pages.all(),names,heads):
        page.rubric=n; page.headline=h; page.save()
    art=ArticleFactory(parent=insert.focus,title="Le reste à charge expliqué",published=True)
    insert.pages.get(number=2).linked_pages.set([art])
    bring_online(insert)
    waiting=cahier(hour=timezone.now()+timedelta(days=9), title="Cahier à paraître")
    forums=[]
    poster=dict(poster=ImageFactory(file__width=1600,file__height=900, credit="Camille Exemple"))
    for name,when,more in (("before",UPCOMING,poster),("live",LIVE,poster),("after",OVER,poster|{"replay_url":YOUTUBE}),("noposter",OVER,{"replay_url":YOUTUBE})):
        f=forum(when,title="Vieillir chez soi, une heure pour répondre ensemble",chapo="Trois parties, neuf voix, et vos questions : un exemple de forum.",**more)
        bring_online(f); forums.append((name,f.url))
    pages=[("cahier",insert.url),("cahier-avant",waiting.url)]+[("forum-"+n,u) for n,u in forums]
    bad=[]
    for view,scheme in DRESSES:
        context=browser.new_context(locale="fr-FR",viewport=view,color_scheme=scheme)
        tab=context.new_page(); out=[]
        tab.on("request",lambda r: out.append(r.url) if "127.0.0.1" not in r.url and "localhost" not in r.url else None)
        tab.on("console",lambda m: bad.append(("console",m.text)) if m.type=="error" else None)
        tab.on("pageerror",lambda e: bad.append(("err",str(e))))
        for name,url in pages:
            tab.goto(live_server.url+url); tab.wait_for_load_state("networkidle")
            tab.screenshot(path=f"/tmp/h-online/shots/{name}-{view['width']}-{scheme}.png",full_page=name!="cahier")
            if name=="cahier":
                tab.goto(live_server.url+url+"#page-4"); tab.wait_for_timeout(1500)
                tab.screenshot(path=f"/tmp/h-online/shots/{name}-p4-{view['width']}-{scheme}.png")
            if name=="cahier":
                tab.get_by_role("button",name="Agrandir").click(); tab.get_by_role("button",name="Agrandir").click(); tab.wait_for_timeout(600)
                tab.screenshot(path=f"/tmp/h-online/shots/{name}-zoom-{view['width']}-{scheme}.png")
            tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            if scheme=="light" and (name!="cahier"):
                tab.screenshot(path=f"/tmp/h-online/shots/{name}-{view['width']}-open.png",full_page=True)
            tab.add_script_tag(path=node_module("axe-core")/"axe.min.js")
            v=tab.evaluate(AXE,TAGS)
            if v: bad.append((name,view['width'],scheme,v))
            w=tab.evaluate("document.documentElement.scrollWidth")
            if w!=view["width"]: bad.append((name,view["width"],"overflow",w))
        if out: bad.append(out)
        context.close()
    for b in bad: print("BAD",b)
    assert not bad
