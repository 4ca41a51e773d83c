"""Texts of the example tribunes and partners, written for the example site."""

from pathlib import Path

DATA = Path(__file__).parent
