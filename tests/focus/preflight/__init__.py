"""Tests of focus/preflight/."""
