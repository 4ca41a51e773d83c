"""Addresses for tests."""

from dataclasses import fields

from tribunes.exports.links import Links

LINKS = Links(**{field.name: f"https://api.invalid/{field.name}" for field in fields(Links)})
