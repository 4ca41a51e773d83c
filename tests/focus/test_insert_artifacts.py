"""What a cahier has in the public bucket: nothing early, nothing unsigned, no original."""

import io
from datetime import timedelta

import pikepdf
import pytest
from django.utils import timezone
from PIL import Image
from wagtail.models import PageViewRestriction

from focus.insert_artifacts import absence, build_insert
from focus.models import FocusPage, Insert, InsertPage, PageApproval
from focus.print_desk import approvals
from publishing.models import Publication
from publishing.services import Outcome, publish
from tests.factories.focus import publish as publish_page
from tests.focus.cahiers import add_version, an_hour_ago, cahier, printed, sign
from tests.services import S3

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def key_of(insert: Insert) -> str:
    """Return the key of the publication of a cahier."""
    return f"focus.insert:{insert.pk}"


def bring_online(insert: Insert) -> None:
    """Make the bucket equal to the database."""
    assert publish(key_of(insert)) in {Outcome.CHANGED, Outcome.UNCHANGED}


def text_online(insert: Insert, number: int) -> str:
    """Return the first words of a page of the published cahier."""
    publication = Publication.objects.get(key=key_of(insert))
    return publication.objects_published.live().get(role=f"page-{number}-1600").facts["text"][0]


def is_stale(insert: Insert) -> bool:
    """Tell whether somebody marked the cahier, and forget it."""
    found = Publication.objects.stale().filter(key=key_of(insert)).exists()
    Publication.objects.filter(key=key_of(insert)).update(
        state=Publication.State.PUBLISHED, published_generation=10_000
    )
    Publication.objects.filter(key=key_of(insert)).update(generation=10_000)
    return found


def test_the_cahier_comes_as_a_light_pdf_and_as_pictures_in_two_widths(s3: S3) -> None:
    insert = printed()
    bring_online(insert)
    folder = f"cahiers/{insert.translation_key}/"
    keys = s3.keys()
    assert all(key.startswith(folder) for key in keys)
    assert len(keys) == 1 + 2 * 4
    (pdf,) = (key for key in keys if key.endswith(".pdf"))
    answer = s3.get(pdf)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"] == f'inline; filename="cahier-{insert.slug}.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as whole:
        assert len(whole.pages) == 4
        assert str(whole.docinfo.Title) == insert.title
        image = next(iter(whole.pages[0].get_images().values()))
        assert image.Width < 700  # 1,600 in the original
    sizes = {}
    for key in keys:
        if key.endswith(".webp"):
            with Image.open(io.BytesIO(s3.get(key).content)) as picture:
                sizes.setdefault(picture.size, []).append(key)
    assert {size: len(found) for size, found in sizes.items()} == {(1600, 2240): 4, (800, 1120): 4}


def test_nothing_of_the_originals_is_in_the_public_bucket(s3: S3) -> None:
    insert = printed()
    bring_online(insert)
    originals = {
        s3.client.get_object(Bucket=s3.private, Key=k)["ETag"]
        for k in s3.keys(s3.private)
        if k.endswith(".pdf")
    }
    public = {s3.client.head_object(Bucket=s3.public, Key=k)["ETag"] for k in s3.keys()}
    assert originals
    assert not originals & public


def test_the_facts_carry_the_words_and_the_size_of_each_page() -> None:
    insert = printed()
    artifacts = {artifact.role: artifact for artifact in build_insert(insert.pk).artifacts}
    assert artifacts["page-3-1600"].facts == {
        "height": 2240,
        "text": ["Texte de la page 3, version 1.", "Un second paragraphe."],
    }


def test_before_the_hour_there_is_nothing_and_the_clock_alone_brings_it(s3: S3) -> None:
    hour = timezone.now() + timedelta(hours=2)
    insert = cahier(hour=hour)
    for page in insert.pages.all():
        sign(add_version(page))
    desired = build_insert(insert.pk)
    assert (desired.artifacts, desired.valid_until) == ((), hour)
    assert absence(insert).startswith("Le cahier paraît en ligne le ")
    FocusPage.objects.update(paper_at=an_hour_ago())
    insert = Insert.objects.get(pk=insert.pk)
    assert build_insert(insert.pk).artifacts
    assert absence(insert) == ""


def test_without_an_hour_it_never_comes_out_and_editors_are_told() -> None:
    insert = cahier(hour=None)
    for page in insert.pages.all():
        sign(add_version(page))
    desired = build_insert(insert.pk)
    assert (desired.artifacts, desired.valid_until) == ((), None)
    assert "pas de date de sortie" in absence(insert)


def test_a_page_without_version_or_signature_keeps_the_whole_cahier_back() -> None:
    insert = cahier(hour=an_hour_ago())
    for page in insert.pages.exclude(number=2):
        sign(add_version(page))
    assert build_insert(insert.pk).artifacts == ()
    add_version(insert.pages.get(number=2))
    assert build_insert(insert.pk).artifacts == ()
    assert absence(insert) == "Le cahier attend le BAT pour la page 2."
    PageApproval.objects.filter(version__page__number=3).delete()
    assert absence(insert) == "Le cahier attend le BAT pour les pages 2, 3."


def test_a_cahier_that_lacks_a_page_waits() -> None:
    insert = printed()
    insert.pages.get(number=4).delete()
    assert build_insert(insert.pk).artifacts == ()


def test_a_signature_holds_for_the_very_bytes_alone() -> None:
    insert = printed()
    PageApproval.objects.filter(version__page__number=1).update(sha256="0" * 64)
    assert build_insert(insert.pk).artifacts == ()


def test_a_correction_is_read_once_it_is_signed_and_takes_nothing_away_until_then(s3: S3) -> None:
    insert = printed()
    bring_online(insert)
    before = s3.keys()
    correction = add_version(insert.pages.get(number=2))
    bring_online(insert)
    assert s3.keys() == before
    assert text_online(insert, 2) == "Texte de la page 2, version 1."
    sign(correction)
    bring_online(insert)
    assert text_online(insert, 2) == "Texte de la page 2, version 2."
    kept = [key for key in before if "/page-" in key and "/page-2-" not in key]
    assert len(kept) == 6
    assert set(kept) <= set(s3.keys())
    assert len(s3.keys()) == 9


def test_what_was_to_be_printed_and_is_not_signed_keeps_the_old_page_back() -> None:
    insert = cahier(hour=an_hour_ago())
    long_ago = an_hour_ago() - timedelta(days=1)
    for page in insert.pages.all():
        sign(add_version(page, created_at=long_ago))
    add_version(insert.pages.get(number=4), created_at=long_ago)
    assert build_insert(insert.pk).artifacts == ()


def test_taking_a_signature_back_withdraws_the_cahier(s3: S3) -> None:
    insert = printed()
    bring_online(insert)
    assert s3.keys()
    approvals.reopen(InsertPage.objects.get(number=1), None)
    bring_online(insert)
    assert s3.keys() == []


def test_a_version_that_comes_after_a_signature_was_taken_back_does_not_bring_it_back(
    s3: S3,
) -> None:
    insert = printed()
    page = InsertPage.objects.get(number=1)
    approvals.reopen(page, None)
    add_version(page)
    bring_online(insert)
    assert s3.keys() == []


@pytest.mark.parametrize("hide", ["unpublish", "restrict", "delete"])
def test_nobody_reads_a_cahier_whose_page_nobody_may_read(s3: S3, hide: str) -> None:
    insert = printed()
    bring_online(insert)
    if hide == "unpublish":
        insert.unpublish()
    elif hide == "restrict":
        PageViewRestriction.objects.create(page=insert.get_parent(), restriction_type="login")
    else:
        Insert.objects.get(pk=insert.pk).delete()
    bring_online(insert)
    assert s3.keys() == []


def test_printed_pages_beyond_the_count_do_not_come_out() -> None:
    insert = printed(8)
    Insert.objects.filter(pk=insert.pk).update(page_count=4)
    assert len(build_insert(insert.pk).artifacts) == 9


def test_the_same_pages_are_not_uploaded_twice() -> None:
    insert = printed()
    assert publish(key_of(insert)) is Outcome.CHANGED
    assert publish(key_of(insert)) is Outcome.UNCHANGED


def test_the_print_desk_and_the_hour_make_it_stale() -> None:
    insert = cahier(hour=an_hour_ago())
    page = insert.pages.get(number=1)
    is_stale(insert)
    version = add_version(page)
    assert is_stale(insert)
    approval = sign(version)
    assert is_stale(insert)
    approval.delete()
    assert is_stale(insert)
    page.save()
    assert is_stale(insert)
    version.delete()
    assert is_stale(insert)
    assert not is_stale(insert)
    publish_page(insert.focus)
    assert is_stale(insert)


def test_a_deleted_focus_takes_its_cahier_with_it() -> None:
    insert = printed()
    insert.focus.delete()
    assert build_insert(insert.pk).artifacts == ()
