"""The memory of the pipeline: one row per publication, one per object in the public bucket."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Questions about publications."""

    def stale(self) -> "PublicationQuerySet":
        """Publications that may differ from the database, failed ones included."""
        return self.filter(
            Q(published_generation__lt=F("generation"))
            | Q(rebuild_at__lte=timezone.now())
            # a failure, or a worker that may have died: nobody knows how far it came
            | Q(state__in=(Publication.State.FAILED, Publication.State.PUBLISHING))
        )

    def unsettled(self) -> "PublicationQuerySet":
        """Publications that may name something older than the database."""
        return self.exclude(
            state__in=(Publication.State.PUBLISHED, Publication.State.WITHDRAWN),
            published_generation__gte=F("generation"),
        )

    def due(self) -> "PublicationQuerySet":
        """Stale publications, without those whose next attempt is for later."""
        later = Q(state=Publication.State.FAILED, retry_at__gt=timezone.now())
        return self.stale().exclude(later)


class Publication(models.Model):
    """State of what one object (a show, an episode…) has in the public bucket.

    ``generation`` counts the changes, ``published_generation`` is the last one that reached the
    bucket: a publication is stale while they differ. A worker that publishes holds a lease
    (``lease_token`` until ``lease_until``), see :mod:`publishing.leases`.
    """

    class State(models.TextChoices):
        """Where a publication stands."""

        STALE = "stale", "en attente"
        PUBLISHING = "publishing", "en cours"
        PUBLISHED = "published", "en ligne"
        WITHDRAWN = "withdrawn", "hors ligne"
        FAILED = "failed", "en échec"

    key = models.CharField("clé", max_length=120, unique=True)
    title = models.CharField("titre", max_length=255, blank=True)
    state = models.CharField("état", max_length=12, choices=State.choices, default=State.STALE)
    since = models.DateTimeField("depuis", default=timezone.now)
    reason = models.TextField("motif", blank=True)
    detail = models.TextField("cause technique", blank=True)
    passing = models.BooleanField(default=False)
    """Whether the failure ends by itself, as an outage of the store does."""
    attempts = models.PositiveIntegerField("essais", default=0)
    retry_at = models.DateTimeField("nouvel essai le", null=True, blank=True)
    generation = models.PositiveIntegerField(default=0)
    published_generation = models.PositiveIntegerField(default=0)
    digest = models.CharField("empreinte", max_length=64, blank=True)
    published_at = models.DateTimeField("dernière mise en ligne", null=True, blank=True)
    rebuild_at = models.DateTimeField("à refaire le", null=True, blank=True)
    dependents = models.JSONField(default=list, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "publication"
        verbose_name_plural = "publications"
        ordering = ("-since", "key")
        indexes = (models.Index(fields=("state",)),)

    def __str__(self) -> str:
        """Title, or the key of an object that has none."""
        return self.title or self.key

    @property
    def is_settled(self) -> bool:
        """Whether the last attempt went to its end and nothing changed since."""
        ended = self.state in (self.State.PUBLISHED, self.State.WITHDRAWN)
        return ended and self.published_generation >= self.generation


class PublishedObjectQuerySet(models.QuerySet["PublishedObject"]):
    """Questions about objects in the bucket."""

    def live(self) -> "PublishedObjectQuerySet":
        """Objects that are in the bucket, verified: what feeds and pages may name."""
        return self.filter(state=PublishedObject.State.LIVE)

    def leaving(self) -> "PublishedObjectQuerySet":
        """Objects that leave the bucket as soon as no feed names them."""
        return self.filter(state__in=(PublishedObject.State.RETIRED, PublishedObject.State.LEAVING))

    def wanted(self) -> "PublishedObjectQuerySet":
        """Objects that are in the bucket, or on their way."""
        return self.filter(state__in=(PublishedObject.State.UPLOADING, PublishedObject.State.LIVE))


class PublishedObject(models.Model):
    """One object in the public bucket. The row is written before the object and outlives it.

    ``digest`` is what was verified to be there. While a worker uploads, it is that worker’s lease
    token instead, and it is empty when nobody knows: neither equals the digest of anything.
    """

    class State(models.TextChoices):
        """Life of an object."""

        UPLOADING = "uploading", "en cours d’envoi"
        LIVE = "live", "en ligne"
        RETIRED = "retired", "à retirer"
        LEAVING = "leaving", "en cours de retrait"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="objects_published")
    role = models.CharField("rôle", max_length=60)
    key = models.CharField("clé", max_length=255, db_index=True)
    state = models.CharField("état", max_length=10, choices=State.choices)
    digest = models.CharField("empreinte", max_length=64)
    size = models.PositiveBigIntegerField("taille (octets)", default=0)
    etag = models.CharField(max_length=80, blank=True)
    content_type = models.CharField("type", max_length=80)
    facts = models.JSONField(default=dict)
    announce = models.BooleanField(default=False)
    announced_digest = models.CharField(max_length=64, blank=True)
    announcement_error = models.TextField("annonce au hub", blank=True)
    changed_at = models.DateTimeField("modifié", default=timezone.now)

    objects = PublishedObjectQuerySet.as_manager()

    class Meta:
        verbose_name = "objet publié"
        verbose_name_plural = "objets publiés"
        ordering = ("publication", "role")
        constraints = (
            models.UniqueConstraint(
                fields=("publication", "key"), name="one_row_per_publication_and_key"
            ),
            models.UniqueConstraint(
                fields=("publication", "role"),
                condition=Q(state="live"),
                name="one_live_object_per_role",
            ),
        )

    def __str__(self) -> str:
        """Key of the object."""
        return self.key
