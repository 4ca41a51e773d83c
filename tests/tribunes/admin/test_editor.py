"""The editor of a tribune, as the newsroom opens it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.models import Territory
from cms.roles import EDITORS
from tests.factories.focus import FocusFactory
from tests.factories.tribunes import TribuneFactory
from tests.podcasts.editor import Editor, document, edit_url, newsroom
from tribunes.models import TribunePage

__all__ = ["newsroom"]  # a fixture made elsewhere

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("newsroom", "s3"),
]


def signed_by(count: int) -> TribunePage:
    """Return a draft with signatories, each of a département of its own."""
    page = TribuneFactory(parent=FocusFactory(out=True), signatories=count)
    rows = list(page.signatories.all())
    for row, territory in zip(rows, Territory.objects.all(), strict=False):
        row.territory = territory
    page.signatories.set(rows)
    page.save_revision(clean=False)
    return page


def test_signatories_cost_no_query_each() -> None:
    desk, counts = Editor(EDITORS), []
    for page in map(signed_by, (2, 2, 40)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = desk.client.get(edit_url(page))
        counts.append(len(queries))
        rows = document(answer).xpath("//input[@name='signatories-TOTAL_FORMS']/@value")
        assert rows == [str(page.signatories.count())]
    assert counts[1] == counts[2]


def test_a_signatory_shows_person_and_departement() -> None:
    page = signed_by(1)
    (row,) = page.signatories.all()
    found = document(Editor(EDITORS).client.get(edit_url(page)))
    shown = [
        found.xpath(f"string(//*[@id='id_signatories-0-{name}-title'])")
        for name in ("person", "territory")
    ]
    assert shown == [str(row.person), str(row.territory)]
