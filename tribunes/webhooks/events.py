"""The types of events that an endpoint can ask for."""

EVENTS = {
    "tribune.published": "une tribune paraît",
    "tribune.updated": "une tribune change",
    "tribune.corrected": "une tribune est corrigée",
    "tribune.retracted": "une tribune est retirée",
    "tribune.rights_changed": "les conditions de reprise d’une tribune changent",
    "token.expiring": "un jeton arrive à échéance",
}
"""What partners choose from, in words."""

TEST = "webhook.test"
"""Sent by hand to one endpoint, whatever it chose."""
