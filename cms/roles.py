"""Who may do what in the newsroom, as data, and how it is granted.

An application says which of its models editors handle by optional attributes of its ``AppConfig``,
tuples of model names in lower case: ``editor_models``, which they create and change,
``managed_models``, which chief editors create and change and editors look up, and
``reference_models``, which all of them look up.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


@dataclass(frozen=True, kw_only=True)
class Role:
    """A group and its permissions: code names for pages and collections, verbs for models.

    ``managed`` are the verbs for what chief editors manage.
    """

    name: str
    pages: tuple[str, ...]
    collections: tuple[str, ...]
    models: tuple[str, ...]
    managed: tuple[str, ...]


EDITORS = Role(
    name="Rédaction",
    pages=("wagtailcore.add_page", "wagtailcore.change_page"),
    collections=(
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
    ),
    models=("view", "add", "change"),
    managed=("view",),
)

CHIEF_EDITORS = Role(
    name="Rédaction en chef",
    pages=(
        *EDITORS.pages,
        "wagtailcore.publish_page",
        "wagtailcore.lock_page",
        "wagtailcore.unlock_page",
        "wagtailcore.bulk_delete_page",
    ),
    collections=(
        *EDITORS.collections,
        "wagtailcore.add_collection",
        "wagtailcore.change_collection",
        "wagtailcore.delete_collection",
    ),
    models=(*EDITORS.models, "delete"),
    managed=("view", "add", "change"),
)


def grant(role: Role, *, pages_under: Page) -> Group:
    """Create the group of a role and give it its permissions; what it already has stays.

    Raises ``LookupError`` when an application names a model it does not have.
    """
    group, _ = Group.objects.get_or_create(name=role.name)
    group.permissions.add(*map(_permission, ["wagtailadmin.access_admin", *_on_models(role)]))
    for name in role.pages:
        GroupPagePermission.objects.get_or_create(
            group=group, page=pages_under, permission=_permission(name)
        )
    for name in role.collections:
        GroupCollectionPermission.objects.get_or_create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=_permission(name),
        )
    return group


def _on_models(role: Role) -> Iterator[str]:
    for config in apps.get_app_configs():
        for attribute, verbs in (
            ("editor_models", role.models),
            ("managed_models", role.managed),
            ("reference_models", ("view",)),
        ):
            for model_name in getattr(config, attribute, ()):
                options = config.get_model(model_name)._meta
                yield from (f"{config.label}.{verb}_{options.model_name}" for verb in verbs)


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
