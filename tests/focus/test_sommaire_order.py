"""Several people put a sommaire in order at the same time."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from focus.admin.sommaire_order import move
from focus.models import FocusPage, Piece
from tests.factories.focus import FocusFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("s3")]

PEOPLE, MOVES = 3, 15


def test_moves_at_the_same_time_follow_each_other_and_lose_nothing() -> None:
    focus = FocusPage.objects.get(pk=FocusFactory().pk)
    keys = [
        Piece.objects.create(focus=focus, title=str(n), position=7 * n % 5).pk for n in range(6)
    ]

    def shuffle(seed: int) -> None:
        chance = random.Random(seed)
        try:
            for _ in range(MOVES):
                moving, neighbour = chance.sample(keys, 2)
                move(focus, moving, neighbour=neighbour, after=chance.random() < 0.5)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        list(people.map(shuffle, range(PEOPLE)))
    stored = list(focus.pieces.values_list("position", "pk"))
    assert [position for position, _ in stored] == list(range(len(keys)))
    assert {pk for _, pk in stored} == set(keys)
