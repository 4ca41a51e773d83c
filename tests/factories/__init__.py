"""Factories, one module per room: ``from tests.factories.cms import PersonFactory``."""
