"""Signals of the pipeline."""

from django.dispatch import Signal

healing = Signal()
"""Sent by ``publish --stale``: whoever queues work of their own queues again what was lost."""
