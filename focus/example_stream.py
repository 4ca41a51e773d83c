"""Blocks as the example data writes them, turned into what a StreamField stores."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.apps import apps

from cms.models import Image


def stream(
    rows: list[dict[str, Any]], images: Mapping[str, Image], pages: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the raw value of a body; files and slugs become primary keys.

    A reference to an episode that does not exist is left out.
    """
    blocks = [
        {"type": kind, "value": _value(kind, value, images, pages)}
        for row in rows
        for kind, value in row.items()
    ]
    return [block for block in blocks if block["value"] is not None]


def _value(kind: str, value: Any, images: Mapping[str, Image], pages: Mapping[str, Any]) -> Any:
    match kind:
        case "gallery":
            pictures = [{**row, "image": images[row["image"]].pk} for row in value["images"]]
            return {**value, "images": _items(pictures)}
        case "key_figures":
            return {**value, "figures": _items(value["figures"])}
        case "footnotes" | "further_reading":
            return _items(value)
        case "table":
            columns = [{"type": kind, "heading": heading} for kind, heading in value["columns"]]
            rows = [{"values": cells} for cells in value["rows"]]
            return {"columns": columns, "rows": rows, "caption": value["caption"]}
        case "forum_extract":
            return {**value, "forum": pages["forum"].pk}
        case "tribune_teaser":
            return pages[value].pk
        case "episode":
            episodes = apps.get_model("podcasts.EpisodePage").objects.filter(slug=value)
            return episodes.values_list("pk", flat=True).first()
        case _:
            return value


def _items(values: list[Any]) -> list[dict[str, Any]]:
    """Return the items of a list block."""
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]
