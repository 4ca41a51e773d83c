"""Tests of the semester package."""
