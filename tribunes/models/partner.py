"""Who republishes tribunes, and what their contract lets them have."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from cms.models import Image, Organisation, Theme


class Partner(index.Indexed, ClusterableModel):
    """An organisation under contract: its catalogue, its rights. Deny by default.

    An empty list of focuses, of themes or of kinds is no limit, unless all that was chosen was
    deleted since; a tribune is in the catalogue when all three agree. A droit de réponse follows
    the text it answers.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="partner", verbose_name="organisation"
    )
    contract_from = models.DateField("début du contrat", default=timezone.localdate)
    contract_until = models.DateField(
        "fin du contrat",
        null=True,
        blank=True,
        help_text="Dernier jour\u202f; laissez vide si le contrat n’a pas de fin.",
    )
    focuses = ParentalManyToManyField(
        "focus.FocusPage",
        blank=True,
        related_name="+",
        verbose_name="focus",
        help_text="Aucun coché\u00a0: tous, et les tribunes hors focus.",
    )
    themes = ParentalManyToManyField(
        Theme,
        blank=True,
        related_name="+",
        verbose_name="thèmes",
        help_text="Aucun coché\u00a0: tous.",
    )
    limited_to_focuses = models.BooleanField(default=False, editable=False)
    limited_to_themes = models.BooleanField(default=False, editable=False)
    """Some were chosen: when the last of them is deleted, nothing is left, not everything."""
    kinds = models.JSONField(
        "natures", default=list, blank=True, help_text="Aucune cochée\u00a0: toutes."
    )
    may_have_texts = models.BooleanField("textes", default=True)
    may_have_images = models.BooleanField("images", default=False)
    may_have_print = models.BooleanField("originaux pour l’imprimé", default=False)
    may_have_audio = models.BooleanField("sons", default=False)
    undertaking_on = models.DateField(
        "engagement d’embargo signé le",
        null=True,
        blank=True,
        help_text="Sans engagement signé, le partenaire ne voit rien avant l’heure.",
    )
    notes = models.TextField("notes", blank=True, help_text="Pour la rédaction seulement.")
    next_moment = models.DateTimeField(null=True, editable=False)
    """When the contract changes by the clock alone."""
    warned_days = models.PositiveSmallIntegerField(null=True, editable=False)
    """Days before the end of the contract of which people were warned last."""

    search_fields = [
        index.RelatedFields("organisation", [index.AutocompleteField("name")]),
        index.FilterField("organisation"),
        index.FilterField("contract_until"),
    ]

    class Meta:
        ordering = ["organisation__name"]
        verbose_name = "partenaire"
        verbose_name_plural = "partenaires"

    def __str__(self) -> str:
        """The name of the organisation."""
        return self.organisation.name

    def addresses(self, role: str = "") -> list[str]:
        """Return the addresses of the contacts of a role; of all when nobody has it."""
        contacts = PartnerContact.objects.filter(partner=self)
        chosen = contacts.filter(role=role) if role else contacts
        return list((chosen if chosen.exists() else contacts).values_list("email", flat=True))

    def clean(self) -> None:
        """Refuse a contract that ends before it begins."""
        super().clean()
        if self.contract_until and self.contract_until < self.contract_from:
            raise ValidationError({"contract_until": "Le contrat finit avant de commencer."})


class PartnerContact(Orderable):
    """Somebody at the partner’s: who is written to, and may enter the partner space."""

    class Role(models.TextChoices):
        """What the contact is written to about."""

        EDITORIAL = "editorial", "rédaction"
        TECHNICAL = "technical", "technique"
        LEGAL = "legal", "juridique"

    partner = ParentalKey(Partner, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField("nom", max_length=255)
    email = models.EmailField("courriel")
    role = models.CharField("rôle", max_length=9, choices=Role.choices, default=Role.EDITORIAL)

    class Meta(Orderable.Meta):
        verbose_name = "contact"
        verbose_name_plural = "contacts"
        constraints = [
            models.UniqueConstraint(fields=["partner", "email"], name="one_contact_per_address")
        ]

    def __str__(self) -> str:
        """Name and address."""
        return f"{self.name} <{self.email}>"


class ImageGrant(Orderable):
    """A picture «on request» that its owner granted to one partner."""

    partner = ParentalKey(Partner, on_delete=models.CASCADE, related_name="image_grants")
    image = models.ForeignKey(
        Image,
        models.CASCADE,
        related_name="grants",
        verbose_name="image",
        limit_choices_to=Q(republication=Image.Republication.ASK),
    )

    class Meta(Orderable.Meta):
        verbose_name = "image accordée"
        verbose_name_plural = "images accordées"

    def __str__(self) -> str:
        """The title of the picture."""
        return self.image.title


class SignInLink(models.Model):
    """A link by which a contact enters the partner space, once; only its keyed digest is kept."""

    contact = models.ForeignKey(PartnerContact, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """For whom."""
        return f"lien de {self.contact}"
