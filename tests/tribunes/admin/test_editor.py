"""The editor of a tribune, as the newsroom opens it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import Territory
from cms.roles import CHIEF_EDITORS, EDITORS
from cms.withdrawing import withdraw
from tests.factories.cms import OrganisationFactory, PersonFactory
from tests.factories.focus import FocusFactory
from tests.factories.tribunes import TribuneFactory
from tests.podcasts.editor import Editor, document, edit_url, lines, newsroom, plain
from tests.tribunes.admin.newsroom import said
from tribunes.models import TribunePage, TribuneSignatory

__all__ = ["newsroom"]  # a fixture made elsewhere

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("newsroom", "s3"),
]


TEXT = nested_form_data({"body": streamfield([("paragraph", rich_text("<p>Un texte.</p>"))])})
"""What the browser sends of the body, which a script draws."""


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


def test_the_explorer_says_that_a_text_is_embargoed_or_withdrawn() -> None:
    focus = FocusFactory(out=True)
    until = timezone.now() + timedelta(days=2)
    TribuneFactory(parent=focus, embargoed_until=until, published=True)
    withdraw(TribuneFactory(parent=focus, published=True), reason="Une erreur.")
    TribuneFactory(parent=focus, published=True)
    address = reverse("wagtailadmin_explore", args=[focus.pk])
    found = document(Editor(EDITORS).client.get(address))
    rows = found.xpath("//tbody//*[contains(@class, 'w-status')]")
    states = [plain(row.text_content()).partition(":")[2] for row in rows]
    assert sorted(state.split("jusqu’au")[0].strip() for state in states) == [
        "publiée",
        "retirée",
        "sous embargo",
    ]


def row(person: object) -> dict[str, object]:
    empty = dict.fromkeys(("role", "organisation", "biography", "interests", "territory", "id"), "")
    return empty | {"person": person, "ORDER": 1}


def test_an_author_who_is_chosen_just_before_publishing_counts() -> None:
    page = TribuneFactory(parent=FocusFactory(out=True))
    page.authors.clear()
    page.save_revision(clean=False)
    chief = Editor(CHIEF_EDITORS)
    refused = chief.publish(page, **TEXT)
    assert "Indiquez qui signe le texte." in said(refused)
    author = PersonFactory()
    answer = chief.publish(page, **TEXT, **lines("authors", [row(author.pk)]))
    assert answer.status_code == 302
    published = TribunePage.objects.get(pk=page.pk)
    assert published.live
    assert [found.person for found in published.authors.all()] == [author]


def test_a_row_that_is_wrong_is_not_said_to_be_missing() -> None:
    page = TribuneFactory(parent=FocusFactory(out=True))
    page.authors.clear()
    page.save_revision(clean=False)
    answer = Editor(CHIEF_EDITORS).publish(page, **TEXT, **lines("authors", [row("")]))
    assert "Indiquez qui signe le texte." not in said(answer)
    assert answer.context["form"].formsets["authors"].errors == [{"person": ["Champ requis."]}]


def test_the_last_author_cannot_be_removed_by_publishing() -> None:
    page = TribuneFactory(parent=FocusFactory(out=True))
    page.save_revision(clean=False)
    answer = Editor(CHIEF_EDITORS).publish(page, **TEXT, **{"authors-0-DELETE": "1"})
    assert answer.status_code == 200
    assert "Indiquez qui signe le texte." in said(answer)
    assert not TribunePage.objects.get(pk=page.pk).live


def test_publishing_asks_for_organisations_and_indexes_once_however_many_sign() -> None:
    organisation = OrganisationFactory(name="Ville d’exemple")
    desk, found = Editor(CHIEF_EDITORS), []
    for count in (2, 12):
        page = signed_by(count)
        form = desk.open(page) | TEXT | {"signatories-0-organisation": organisation.name}
        before = DBTaskResult.objects.count()
        with CaptureQueriesContext(connection) as queries:
            desk.send(edit_url(page), form, "publish")
        asked = [query for query in queries if 'FROM "cms_organisation"' in query["sql"]]
        found.append((len(asked), DBTaskResult.objects.count() - before))
        assert TribuneSignatory.objects.filter(tribune=page, institution=organisation).count() == 1
    assert found[0] == found[1]
