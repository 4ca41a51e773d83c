"""Content of the site for tests."""

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site
from wagtail_factories import PageFactory

from cms.models import HomePage, Image, Licence, Organisation, Person, Territory, Theme, User

PASSWORD = "mot-de-passe-de-test"


class UserFactory(DjangoModelFactory):
    """A login without any permission; ``groups=[…]`` puts it in groups."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"compte-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@exemple.invalid")
    password = factory.django.Password(PASSWORD)

    class Params:
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    @factory.post_generation
    def groups(self, create: bool, groups: list | None) -> None:
        """Join groups."""
        if groups:
            self.groups.add(*groups)


class LicenceFactory(DjangoModelFactory):
    """A licence by its ``code``; those of the migrations are found, not made."""

    class Meta:
        model = Licence
        django_get_or_create = ("code",)

    code = "cc-by-4.0"
    name = factory.LazyAttribute(lambda licence: f"Licence {licence.code}")
    url = factory.LazyAttribute(lambda licence: f"https://exemple.invalid/{licence.code}")


class TerritoryFactory(DjangoModelFactory):
    """A département by its ``code``; those of the migrations are found, not made."""

    class Meta:
        model = Territory
        django_get_or_create = ("code",)

    code = "11"
    name = factory.LazyAttribute(lambda territory: f"Département {territory.code}")


class ThemeFactory(DjangoModelFactory):
    """A theme."""

    class Meta:
        model = Theme

    name = factory.Sequence(lambda n: f"Thème {n}")
    slug = factory.Sequence(lambda n: f"theme-{n}")


class ImageFactory(DjangoModelFactory):
    """A real picture in object storage, described and licensed.

    ``file__width``, ``file__height`` (pixels), ``file__color`` and ``file__format`` shape it.
    """

    class Meta:
        model = Image

    title = factory.Sequence(lambda n: f"Image {n}")
    file = factory.django.ImageField(
        filename="image.jpg", format="JPEG", width=64, height=64, color="teal"
    )
    description = "Un carré bleu canard"
    licence = factory.SubFactory(LicenceFactory)


class OrganisationFactory(DjangoModelFactory):
    """An organisation without logo."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")


class PersonFactory(DjangoModelFactory):
    """Somebody with a role in an organisation, without portrait."""

    class Meta:
        model = Person

    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Exemple {n}")
    role = "responsable de la solidarité"
    organisation = factory.SubFactory(OrganisationFactory)


class HomePageFactory(PageFactory):
    """The home page, at the root of the default site."""

    class Meta:
        model = HomePage
        skip_postgeneration_save = True

    title = "Solutions solidaires"
    slug = "accueil"
    parent = factory.LazyFunction(Page.get_first_root_node)

    @factory.post_generation
    def site(self, create: bool, extracted: None) -> None:
        """Put the page at the root of the default site."""
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "localhost", "port": 80, "root_page": self},
        )
