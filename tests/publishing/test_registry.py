"""Who publishes what."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Page, Site

from cms.models import Theme
from publishing import registry
from publishing.artifacts import Desired
from publishing.exceptions import UnknownPublication
from publishing.registry import PublicationType
from tests.publishing.toys import Toys


def kind(label: str, model: type) -> PublicationType:
    return PublicationType(
        label=label, model=model, build=lambda pk: Desired(), verbose_name="objet"
    )


@pytest.mark.parametrize("other", [kind("tests.note", Page), kind("tests.other", Theme)])
def test_a_label_or_a_model_registered_twice_is_refused(toys: Toys, other: PublicationType) -> None:
    with pytest.raises(ImproperlyConfigured, match="registered twice"):
        registry.register(other)


def test_an_object_and_its_key_lead_to_each_other(toys: Toys) -> None:
    key = toys.note()
    theme = Theme.objects.get()
    assert registry.key_for(theme) == key == f"tests.note:{theme.pk}"
    assert registry.find(key).model is Theme
    assert registry.key_for(Site()) is None


def test_every_object_is_named_media_before_feeds(toys: Toys) -> None:
    first, second = toys.note(), toys.note()
    assert list(registry.keys()) == [first, second, toys.feed]
    assert registry.rank(first) > registry.rank(toys.feed)


def test_a_label_that_nobody_registers_any_more_is_said_not_guessed(toys: Toys) -> None:
    assert registry.find("gone.page:1") is None
    assert registry.rank("gone.page:1") == 0
    with pytest.raises(UnknownPublication, match=r"gone\.page:1"):
        registry.build("gone.page:1")


def test_a_site_renamed_by_another_process_is_seen_by_this_one(toys: Toys) -> None:
    """A worker keeps the addresses of sites in its memory for an hour."""
    key = toys.note()
    Site.objects.update(hostname="avant.invalid")
    Site.clear_site_root_paths_cache()  # what an earlier test left in memory
    assert Site.get_site_root_paths()[0].root_url == "http://avant.invalid"
    Site.objects.update(hostname="apres.invalid")  # as another process would: no signal here
    assert Site.get_site_root_paths()[0].root_url == "http://avant.invalid"
    seen: list[str] = []
    toys.wish_by(key, lambda: seen.append(Site.get_site_root_paths()[0].root_url) or Desired())
    registry.build(key)
    assert seen == ["http://apres.invalid"]
