"""Screens that the site adds to the admin."""
