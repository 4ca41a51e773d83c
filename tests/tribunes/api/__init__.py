"""Tests of the API of partners."""
