"""The API of partners, version 1: docs/partners.md is its contract, docs/openapi.json its form."""
