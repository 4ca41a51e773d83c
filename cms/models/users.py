"""People who log in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A login, ours from the first migration so that it can grow later."""

    class Meta(AbstractUser.Meta):
        verbose_name = "compte"
        verbose_name_plural = "comptes"
