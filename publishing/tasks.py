"""What workers run. Tasks take publication keys; the rows remember everything else."""

from django_tasks import task

from publishing import services, websub


@task()
def publish_if_due(key: str) -> str:
    """Publish, unless an earlier task of the queue already did."""
    return services.publish_if_due(key).value


@task(priority=-30)
def announce(object_id: int) -> None:
    """Tell the WebSub hub that a feed changed."""
    websub.announce(object_id)
