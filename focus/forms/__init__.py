"""Forms of the focus."""
