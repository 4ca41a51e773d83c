"""Promises of the public pages of tribunes."""
