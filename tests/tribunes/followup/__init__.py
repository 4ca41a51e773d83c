"""What became of texts at partners’."""
