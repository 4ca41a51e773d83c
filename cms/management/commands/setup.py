"""``manage.py setup``: home page, address, groups and workflow of the site."""

from django.core.management.base import BaseCommand

from cms.services import set_up_site


class Command(BaseCommand):
    """Prepares the site; running it again changes nothing but the address."""

    help = "Prépare le site : page d’accueil, adresse, groupes et circuit de validation."

    def handle(self, *args: object, **options: object) -> None:
        """Set the site up and say so."""
        home = set_up_site()
        self.stdout.write(f"Le site « {home.title} » est prêt : {home.full_url}")
