"""Making a fresh database a site that editors can enter; every step may run again."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.search.backends import get_search_backend

from cms.models import HomePage, Licence, Territory
from cms.roles import CHIEF_EDITORS, EDITORS, grant

SITE_NAME = "Solutions solidaires"
APPROVAL = "Validation par la rédaction en chef"


@transaction.atomic
def set_up_site() -> HomePage:
    """Give the site its home page, address, groups and workflow; return the home page.

    What editors changed since stays as it is, except the address, which follows
    ``WAGTAILADMIN_BASE_URL``.
    """
    home = _home_page()
    _site(home)
    _remove_what_wagtail_ships()
    grant(EDITORS, pages_under=home)
    _approval_workflow(home, grant(CHIEF_EDITORS, pages_under=home))
    _index_reference_data()
    return home


def _home_page() -> HomePage:
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(title=SITE_NAME, slug="accueil"))
        home.save_revision().publish()
        home.refresh_from_db()
    return home


def _site(home: HomePage) -> None:
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": address.port or (443 if address.scheme == "https" else 80),
            "root_page": home,
            "site_name": SITE_NAME,
        },
    )


def _remove_what_wagtail_ships() -> None:
    """Remove the welcome page and the English groups, workflow and names."""
    Page.objects.exact_type(Page).filter(depth=2).delete()
    Page.objects.filter(depth=1, title="Root").update(title="Racine", draft_title="Racine")
    Collection.objects.filter(depth=1, name="Root").update(name="Médiathèque")
    Workflow.objects.filter(name="Moderators approval").delete()
    GroupApprovalTask.objects.filter(name="Moderators approval").delete()
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()


def _approval_workflow(home: HomePage, group: Group) -> None:
    """Send submitted pages to the chief editors, unless another workflow was chosen."""
    task, created = GroupApprovalTask.objects.get_or_create(name=APPROVAL)
    if created:
        task.groups.add(group)
    workflow, _ = Workflow.objects.get_or_create(name=APPROVAL)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


def _index_reference_data() -> None:
    """Make the rows that migrations loaded findable: migrations do not feed the search index."""
    for model in (Territory, Licence):
        index = get_search_backend().get_index_for_model(model)
        index.add_items(model, list(model.objects.all()))
