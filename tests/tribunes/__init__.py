"""Promises of tribunes."""
