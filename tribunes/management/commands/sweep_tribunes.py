"""``manage.py sweep_tribunes``: the log of changes against what partners could be given."""

from django.core.management.base import BaseCommand

from tribunes.journal.sweep import sweep


class Command(BaseCommand):
    """Writes the entries that a lost task left out; nothing when there are none."""

    help = "Compare toutes les tribunes avec ce que dit le journal des changements."

    def handle(self, *args: object, **options: object) -> None:
        """Compare everything."""
        sweep()
