"""The partner space."""
