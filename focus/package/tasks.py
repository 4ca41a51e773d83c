"""What workers run for packages."""

from django_tasks import task

from focus.package.release import release, take


@task()
def publish_package(pk: int) -> None:
    """Publish a package whose hour has come; one that is out, taken or not due is left alone."""
    if package := take(pk):
        release(package)
