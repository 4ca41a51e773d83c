"""Tribunes as values for a reader, under one name: ``from tribunes.rendering import render``."""

from tribunes.rendering.records import Rendered, render

__all__ = ["Rendered", "render"]
