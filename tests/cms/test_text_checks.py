"""What is wrong with a text besides its words."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from cms.blocks import BodyBlock
from cms.models.gate import NotPublishable
from cms.text_checks import body_advice
from tests.factories.cms import ImageFactory
from tests.factories.focus import ArticleFactory, FocusFactory, publish


def advice(*blocks: tuple[str, object]) -> list[str]:
    """Return what is said of a body made of these blocks."""
    raw = [{"type": kind, "value": value} for kind, value in blocks]
    return list(body_advice(BodyBlock().to_python(raw)))


def test_a_call_without_note_and_a_note_without_call_are_said() -> None:
    notes = ("footnotes", ["<p>Une source.</p>", "<p>Une autre.</p>"])
    assert advice(("paragraph", "<p>Vrai [1], faux [7].</p>"), notes) == [
        "L’appel [7] n’a pas de note\u00a0: ajoutez-la, ou retirez l’appel.",
        "La note 2 n’est appelée nulle part\u00a0: écrivez [2] dans le texte.",
    ]


def test_calls_in_a_box_count_and_a_text_in_order_is_left_alone() -> None:
    box = ("box", {"title": "Repères", "text": "<p>Selon l’étude [1].</p>"})
    assert advice(box, ("footnotes", ["<p>Une source.</p>"])) == []


def test_an_empty_table_is_said_and_a_full_one_is_not() -> None:
    columns = [{"type": "text", "heading": "Ce que l’on compte"}]
    full = {"columns": columns, "rows": [{"values": ["treize"]}], "caption": ""}
    assert advice(("table", full)) == []
    assert len(advice(("table", {"columns": [], "rows": [], "caption": ""}))) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["picture", "body"])
@pytest.mark.parametrize("fault", ["licence", "end"])
def test_a_text_does_not_go_live_with_a_picture_that_may_not_be_shown(
    s3: object, place: str, fault: str
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    image = ImageFactory(title="Portrait", rights_expire_on=yesterday if fault == "end" else None)
    if fault == "licence":
        type(image).objects.filter(pk=image.pk).update(licence=None)
    article = ArticleFactory(parent=FocusFactory(out=True))
    if place == "picture":
        article.picture = image
    else:
        article.body = json.dumps([{"type": "image", "value": {"image": image.pk, "caption": ""}}])
    with pytest.raises(NotPublishable, match="Portrait"):
        publish(article)
    type(image).objects.filter(pk=image.pk).update(
        licence=ArticleFactory(parent=article.get_parent().specific).licence, rights_expire_on=None
    )
    article = type(article).objects.get(pk=article.pk).get_latest_revision_as_object()
    publish(article)
    assert article.live
