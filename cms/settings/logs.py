"""One JSON object a line, for whatever collects the standard error of a server."""

import json
import logging
import re

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


_SECRET = re.compile(r"sosol_(live|test|feed)_\w+")


class WithoutSecrets(logging.Filter):
    """Writes «sosol_feed_…» for the secrets that open doors of partners: addresses hold them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without the secrets in its message."""
        message = record.getMessage()
        if "sosol_" in message:
            record.msg, record.args = _SECRET.sub(r"sosol_\1_…", message), ()
        return True


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
