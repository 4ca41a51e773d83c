"""``manage.py publish``: makes the public bucket equal to the database."""

from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from publishing import reconcile
from publishing.exceptions import PublishingError
from publishing.reconcile import Summary
from publishing.services import Outcome
from publishing.storage import get_store

_WORDS = {
    Outcome.CHANGED: "mises à jour",
    Outcome.UNCHANGED: "inchangées",
    Outcome.FAILED: "en échec",
    Outcome.UNAVAILABLE: "en échec (stockage injoignable)",
    Outcome.BUSY: "occupées",
}


class Command(BaseCommand):
    """Publishes what is stale, or compares everything; exits with 1 when something is left."""

    help = "Met le compartiment public en accord avec la base de données."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        scope = parser.add_mutually_exclusive_group(required=True)
        scope.add_argument("--stale", action="store_true", help="publier ce qui a changé ou échoué")
        scope.add_argument(
            "--all", action="store_true", help="comparer tout avec le compartiment et réparer"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="montrer les différences sans rien changer"
        )

    def handle(self, *args: object, **options: bool) -> None:
        """Run; raises CommandError when bucket and database may still differ."""
        try:
            if options["dry_run"]:
                self._show(everything=options["all"])
            else:
                self._publish(everything=options["all"])
        except PublishingError as error:
            raise CommandError(f"{error.reason}\n{error.detail}") from error

    def _publish(self, *, everything: bool) -> None:
        summary = Summary()
        if everything:
            keys, work = reconcile.all_keys(), reconcile.publish_everything(summary)
        else:
            keys, work = reconcile.stale_keys(), reconcile.publish_stale(summary)
        self._progress(work, total=len(keys))
        self.stdout.write(self._sentence(summary))
        if not summary.complete:
            for publication in reconcile.failed()[:20]:
                self.stderr.write(f"{publication.key} {publication}: {publication.detail}")
            raise CommandError("Tout n’est pas en ligne\u00a0: voir ci-dessus.")

    def _progress(self, work: Iterator[str], total: int) -> None:
        with tqdm(total=total, unit="publication", disable=None, leave=False) as bar:
            for key in work:
                bar.set_postfix_str(key)
                bar.update()

    def _sentence(self, summary: Summary) -> str:
        parts = [f"{n} {_WORDS[outcome]}" for outcome, n in summary.outcomes.items() if n]
        if summary.repaired:
            parts.append(f"objets perdus ou altérés\u00a0: {summary.repaired}")
        if summary.orphans:
            parts.append(f"objets inconnus retirés\u00a0: {summary.orphans}")
        return "Publications : " + (", ".join(parts) or "rien à faire") + "."

    def _show(self, *, everything: bool) -> None:
        listing = get_store().list_public()
        keys = reconcile.all_keys() if everything else reconcile.stale_keys()
        count = 0
        for difference in reconcile.differences(keys, listing):
            count += 1
            self.stdout.write(f"{difference.key} {difference.title}".rstrip())
            for key in difference.put:
                self.stdout.write(f"  + {key}")
            for key in difference.remove:
                self.stdout.write(f"  - {key}")
            if difference.problem:
                self.stdout.write(f"  ? {difference.problem}")
        unknown = sorted(reconcile.orphans(listing)) if everything else []
        for key in unknown:
            self.stdout.write(f"inconnu de la base\n  - {key}")
        if not count and not unknown:
            self.stdout.write("Aucune différence.")
