"""What a server needs, and `make run`, which is one machine with nothing to configure."""
