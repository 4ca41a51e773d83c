"""Two people put a sommaire in order at the same moment."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from focus.admin.sommaire_order import move
from focus.models import FocusPage, Piece
from tests.factories.focus import FocusFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("s3")]


def test_a_move_waits_for_the_one_under_way_and_both_hold() -> None:
    focus = FocusPage.objects.get(pk=FocusFactory().pk)
    keys = {
        title: Piece.objects.create(focus=focus, title=title, position=position).pk
        for position, title in enumerate("ABCDEF")
    }

    def somebody_else() -> None:
        try:
            move(focus, keys["B"], neighbour=keys["E"], after=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            move(focus, keys["F"], neighbour=keys["A"])
            second = thread.submit(somebody_else)
            time.sleep(0.5)
            assert not second.done()
        second.result()
    stored = list(focus.pieces.values_list("position", "title"))
    assert stored == list(enumerate("FACDEB"))
