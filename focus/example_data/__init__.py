"""Texts, pictures and the PDF of the example focus; see README.md."""

from pathlib import Path

DATA = Path(__file__).parent
