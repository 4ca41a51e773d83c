"""What focuses put into the public bucket."""

from cms.models import Image, Licence, Organisation, Person
from focus import forum_artifacts, insert_artifacts, text_artifacts
from publishing import registry


def register_publications() -> None:
    """Tell the pipeline of focuses and their pages."""
    for publication_type in (
        *text_artifacts.publication_types(),
        insert_artifacts.publication_type(),
        forum_artifacts.publication_type(),
    ):
        registry.register(publication_type)
    registry.watch(Image, Licence, Organisation, Person)
