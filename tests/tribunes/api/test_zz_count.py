import time
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.tribunes import TribuneFactory
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]
def test_x(api, focus):
    for _ in range(40): t = TribuneFactory(parent=focus, published=True, signatories=1)
    api("/changes")
    with CaptureQueriesContext(connection) as q:
        a=time.perf_counter(); api("/changes"); b=time.perf_counter()
    with CaptureQueriesContext(connection) as q2: api(f"/tribunes/{t.uuid}")
    assert 0, (len(q), b-a, len(q2), [x["sql"][:90] for x in q])
