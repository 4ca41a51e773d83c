"""What workers run for the print desk."""

from django_tasks import task

from focus.print_desk import bundles, links, uploads


@task()
def examine_upload(pk: int) -> None:
    """Check a PDF that nobody has checked; one that is gone, done or taken is left alone."""
    if upload := uploads.take(pk):
        uploads.examine(upload)


@task()
def build_bundle(pk: int) -> None:
    """Build a bundle that nobody has built; one that is gone, done or taken is left alone."""
    if bundle := bundles.take(pk):
        bundles.build(bundle)


@task()
def mail_approval_link(pk: int, seed: str) -> None:
    """Send an approval link that still serves to whom it is for."""
    link = links.usable().select_related("version__page__insert").filter(pk=pk).first()
    if link:
        links.mail(link, links.token_of(seed))
