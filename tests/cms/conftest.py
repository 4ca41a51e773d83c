"""The script of the editor, counting under node."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.components import NODE_MODULES, program


class Script:
    """``static/cms/js/signes.js``, in one process of node for many calls."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [program("node"), str(NODE_MODULES.parent / "signes.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, function: str, *arguments: Any) -> Any:
        """Return what an exported function answers."""
        print(json.dumps([function, *arguments]), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@pytest.fixture(scope="session")
def script() -> Iterator[Script]:
    """Count as the browser does."""
    script = Script()
    yield script
    script.close()
