"""Reading bodies."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser as JSONParser


class Parser(JSONParser):
    """Reads JSON; no body at all is an object without members."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the data. Raises ValueError, which is answered with 400."""
        return json.loads(request.body or b"{}")
