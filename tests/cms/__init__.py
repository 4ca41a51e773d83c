"""Promises of the site."""
