"""Addresses that are given once."""

from django.db.models import Model
from django.utils.text import slugify


def free_feed_slug(model: type[Model], wish: str) -> str:
    """Return a ``feed_slug`` that no row of the model has, as close to the wish as can be."""
    stem = slugify(wish)[:70] or "flux"
    taken = set(
        model._default_manager.filter(feed_slug__startswith=stem).values_list(
            "feed_slug", flat=True
        )
    )
    candidates = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(candidate for candidate in candidates if candidate not in taken)
