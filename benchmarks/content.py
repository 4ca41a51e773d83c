"""Rich shows, written straight into the database: a thousand episodes take seconds."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched
from typing import Any
from zoneinfo import ZoneInfo
