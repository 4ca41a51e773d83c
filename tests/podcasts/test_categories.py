"""Apple’s list, whole and exact."""

import pytest

from podcasts.categories import CATEGORIES, CATEGORY_CHOICES

VALUES = [value for _, group in CATEGORY_CHOICES for value, _ in group]


def test_the_list_is_complete() -> None:
    assert len(CATEGORIES) == 19
    assert sum(len(children) for _, children in CATEGORIES.values()) == 91
    assert len(set(VALUES)) == len(VALUES) == 110


@pytest.mark.parametrize(
    "value",
    ["Society & Culture/Documentary", "News/Politics", "Government", "Business/Non-Profit"],
)
def test_the_categories_of_this_programme_are_offered(value: str) -> None:
    assert value in VALUES


def test_a_value_splits_into_apple_s_words() -> None:
    for value in VALUES:
        parent, _, child = value.partition("/")
        assert parent in CATEGORIES
        assert not child or child in CATEGORIES[parent][1]


def test_every_choice_has_a_label_of_its_own_in_its_group() -> None:
    for group, choices in CATEGORY_CHOICES:
        labels = [label for _, label in choices]
        assert group
        assert all(labels)
        assert len(set(labels)) == len(labels)
