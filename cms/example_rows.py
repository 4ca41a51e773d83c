"""What the examples of all applications have in common: pictures, people, themes."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from cms.models import Image, Licence, Organisation, Person, Theme


class ExampleRows:
    """Creates what an example needs, each row once; ``folder`` holds the files that it names."""

    def __init__(self, data: dict[str, Any], folder: Path) -> None:
        self.data = data
        self.folder = folder
        self.licences = {licence.code: licence for licence in Licence.objects.all()}
        self.images = {row["file"]: self._image(row) for row in data["images"]}
        self.organisations = {
            row["id"]: Organisation.objects.get_or_create(
                name=row["name"], defaults={"kind": row["kind"], "website": row["website"]}
            )[0]
            for row in data["organisations"]
        }
        self.people = {row["id"]: self._person(row) for row in data["persons"]}
        self.themes = {
            row["slug"]: Theme.objects.get_or_create(
                slug=row["slug"], defaults={"name": row["name"]}
            )[0]
            for row in data["themes"]
        }

    def _image(self, row: dict[str, Any]) -> Image:
        path = self.folder / row["file"]
        names = ("title", "description", "credit", "rights_holder", "republication")
        return Image.objects.create(
            **{name: row[name] for name in names},
            licence=self.licences[row["licence"]],
            file=ContentFile(path.read_bytes(), name=path.name),
        )

    def _person(self, row: dict[str, Any]) -> Person:
        names = ("first_name", "last_name", "role", "biography")
        return Person.objects.create(
            **{name: row[name] for name in names},
            organisation=self.organisations[row["organisation"]],
            portrait=self.images.get(row.get("portrait", "")),
        )
