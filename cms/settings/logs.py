"""One JSON object a line, for whatever collects the standard error of a server."""

import json
import logging
import re

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_SECRET = re.compile(r"(sosol_(?:live|test|feed)_)\w+|(/(?:avis|bat|entrer)/)[\w-]+")


class WithoutSecrets(logging.Filter):
    """Writes «…» for the secrets that addresses hold: of feeds, of links that letters carry."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without the secrets in its message and its request."""
        record.msg, record.args = _without(record.getMessage()), ()
        if hasattr(record, "request"):  # Django adds it; a line of JSON says all that is there
            record.request = _without(repr(record.request))
        return True


def _without(text: str) -> str:
    return _SECRET.sub(r"\1\2…", text)


class JSONFormatter(logging.Formatter):
    """Formats a record and everything given in ``extra``; UTC times, French text left readable."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON; what JSON cannot say is written as its ``repr``."""
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in _STANDARD},
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=repr)
