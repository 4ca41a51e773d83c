"""Why an act on webhooks is refused."""


class WebhookRefused(Exception):
    """The text says why and what to do, in French."""
