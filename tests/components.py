"""Programs that some tests use and that Python packages do not bring.

Locally a test that lacks one is skipped, and says which; under continuous integration
(``CI=true``) it fails.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

NODE_MODULES = Path(__file__).parent / "node" / "node_modules"
PROGRAMS = {
    "chromium": "chromium",
    "ffmpeg": "ffmpeg",
    "ghostscript": "gs",
    "gpodder": "gpo",
    "nginx": "nginx",
    "node": "node",
    "openssl": "openssl",
}


def missing(component: str) -> NoReturn:
    """End the test that cannot do without a component."""
    message = f"composant absent : {component}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def program(component: str) -> str:
    """Return the path of a program by the name of its component, or end the test."""
    return shutil.which(PROGRAMS[component]) or missing(component)


def node_module(name: str) -> Path:
    """Return the folder of an npm package of the tests, or end the test."""
    path = NODE_MODULES / name
    return path if path.is_dir() else missing(f"tests/node ({name})")


def absent() -> list[str]:
    """Return the names of the components that are not there."""
    found = {name: shutil.which(program) for name, program in PROGRAMS.items()}
    found["tests/node"] = NODE_MODULES.is_dir()
    return [name for name, there in found.items() if not there]


def pytest_report_header() -> str:
    """Say before the tests what will be skipped for want of a component."""
    return f"composants absents : {', '.join(absent()) or 'aucun'}"
