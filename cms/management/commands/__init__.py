"""``manage.py setup`` and ``manage.py example``."""
