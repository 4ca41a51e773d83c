"""Shows, episodes, audio."""
