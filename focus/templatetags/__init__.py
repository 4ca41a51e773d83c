"""Template tags of focuses."""
