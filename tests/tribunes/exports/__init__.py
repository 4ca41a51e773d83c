"""Tests of the formats of a tribune."""
