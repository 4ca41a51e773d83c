"""What the history of a partner says of its keys; names and beginnings, never a secret."""

from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter

_ACTIONS = {
    "issue_token": ("Émettre un jeton", "Jeton émis"),
    "issue_feed": ("Émettre une adresse de flux", "Adresse de flux émise"),
    "rotate_token": ("Remplacer un jeton", "Jeton remplacé"),
    "revoke": ("Révoquer", "Révoqué"),
}


def register(actions: LogActionRegistry) -> None:
    """Name the acts; a hook ``register_log_actions``."""
    for action, (label, done) in _ACTIONS.items():
        formatter = type(f"Format_{action}", (_Formatter,), {"label": label, "done": done})
        actions.register_action(f"tribunes.{action}")(formatter)


class _Formatter(LogFormatter):
    done: str

    def format_message(self, log_entry: Any) -> str:
        return f"{self.done}\u00a0: {log_entry.data['name']} ({log_entry.data['hint']}…)"
