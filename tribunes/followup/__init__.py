"""What became of a text at partners’: declarations, checks of copies, notices."""
