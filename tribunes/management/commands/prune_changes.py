"""``manage.py prune_changes``: forgets old entries of the log; run by the nightly timer."""

from typing import Any

from django.core.management.base import BaseCommand

from tribunes.journal.pruning import prune


class Command(BaseCommand):
    """Forgets entries of the log that are older than a year and were replaced."""

    help = "Oublie les entrées du journal de plus d’un an qu’une autre remplace."

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget, and say how many."""
        self.stdout.write(f"{prune()} entrée(s) oubliée(s).")
