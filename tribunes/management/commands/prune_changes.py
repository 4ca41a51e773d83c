"""``manage.py prune_changes``: forgets what partners need no more; run by the nightly timer."""

from typing import Any

from django.core.management.base import BaseCommand

from tribunes.journal import pruning as journal
from tribunes.webhooks import pruning as webhooks


class Command(BaseCommand):
    """Forgets entries of the log that were replaced, and messages that were dealt with."""

    help = (
        "Oublie les entrées du journal de plus d’un an qu’une autre remplace, et les envois de"
        " plus de 90 jours."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget, and say how many."""
        self.stdout.write(f"{journal.prune()} entrée(s) oubliée(s).")
        self.stdout.write(f"{webhooks.prune()} envoi(s) oublié(s).")
