"""``/changes``: everything that happened, once and in order, as it is true now."""

import pytest

from tests.tribunes.api.conftest import Api
from tribunes.models import TribunePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def test_smoke(api: Api, tribune: TribunePage, sandbox: Api) -> None:
    r = api("/changes")
    print(r.status_code, r.content.decode(), dict(r.headers))
    for path in ("/changes", f"/tribunes/{tribune.uuid}", f"/tribunes/{tribune.uuid}.html",
      f"/tribunes/{tribune.uuid}.zip", f"/tribunes/{tribune.uuid}.xml",f"/tribunes/{tribune.uuid}.docx",f"/tribunes/{tribune.uuid}.txt",
      f"/tribunes/{tribune.uuid}.ninjs",
      f"/tribunes/{tribune.uuid}/versions", "/licences/cc-by-nd-4.0", "/licences/x", "/tokens", "/webhooks", "/nowhere", "/tribunes/x", "/", "/openapi.json", "/changes?limit=0", "/changes?since=2026", "/changes?since=2026-01-01T00:00:00+01:00", "/changes?token=x"):
        for a in (api, sandbox):
            r = a(path)
            print(path, r.status_code, r["Content-Type"], r.content[:300])
    print([ (e["state"], e["id"][-1]) for e in sandbox.changes()])
    print(api("/changes","post"), api("/changes","post").content)
    print(api("/publications","post",{"a":1}).content.decode())
    print(api("/publications","post",{"item":str(tribune.uuid),"version":1,"url":"https://example.com/x"}).content.decode())
    print(api("/publications","post").content.decode())
    print(api(f"/retractions/{tribune.uuid}/ack","post").content.decode())
    print(api("/tokens/rotate","post").content.decode())
    print(api("/webhooks","post",{"name":"x","url":"https://example.com/x", "events":["tribune.updated"]}).content.decode())
    print(api("/webhooks","post",{"name":"x","url":"http://example.com/x", "events":[]}).content.decode())
    assert 0
