"""Which models are published, and how: the apps register, the pipeline asks.

A publication is named by its key, ``"<label>:<primary key>"``. Registering a label or a model
twice is a configuration error.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from wagtail.models import Site

from publishing.artifacts import Desired
from publishing.exceptions import UnknownPublication


@dataclass(frozen=True, kw_only=True)
class PublicationType:
    """How instances of ``model`` reach the bucket."""

    label: str
    model: type[Model]
    build: Callable[[int], Desired]
    """From the primary key to the wish; the object may be gone or hidden: then an empty wish."""
    verbose_name: str
    priority: int = 0
    """Rank in the task queue, −100 to 100: feeds come after the media that they name."""

    def key(self, pk: int) -> str:
        """Return the key of the publication of the object with this primary key."""
        return f"{self.label}:{pk}"


_types: dict[str, PublicationType] = {}
_watched: set[type[Model]] = set()


def register(publication_type: PublicationType) -> None:
    """Make a model known to the pipeline.

    Raises ImproperlyConfigured when its label or its model is already registered.
    """
    for known in _types.values():
        if known.label == publication_type.label or known.model is publication_type.model:
            raise ImproperlyConfigured(f"{publication_type.label} is registered twice")
    _types[publication_type.label] = publication_type


def watch(*models: type[Model]) -> None:
    """Rebuild the publications that refer to an object of these models whenever it is saved."""
    _watched.update(models)


def watched() -> frozenset[type[Model]]:
    """Return the models whose objects are watched."""
    return frozenset(_watched)


def types() -> list[PublicationType]:
    """Return all types, media before feeds."""
    return sorted(_types.values(), key=lambda known: (-known.priority, known.label))


def find(key: str) -> PublicationType | None:
    """Return the type of a publication key, or None for a label that nobody registered."""
    return _types.get(key.rpartition(":")[0])


def rank(key: str) -> int:
    """Return the priority of a publication; that of media for a label that nobody registered."""
    known = find(key)
    return known.priority if known else 0


def key_for(instance: Model) -> str | None:
    """Return the publication key of an object, or None when its model is not published."""
    for known in _types.values():
        if isinstance(instance, known.model):
            return known.key(instance.pk)
    return None


def build(key: str) -> Desired:
    """Return what the publication wants in the bucket now.

    Raises UnknownPublication for a label that nobody registered, and whatever its builder raises.
    """
    known = find(key)
    if known is None:
        raise UnknownPublication(f"no application registered the label of {key}")
    # Wagtail keeps the addresses of sites in a cache; another process may have changed them since.
    Site.clear_site_root_paths_cache()
    return known.build(int(key.rpartition(":")[2]))


def keys() -> Iterator[str]:
    """Yield the key of every object that might be published, media before feeds."""
    for known in types():
        for pk in known.model._default_manager.order_by("pk").values_list("pk", flat=True):
            yield known.key(pk)
