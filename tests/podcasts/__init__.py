"""Tests of podcasts/."""
