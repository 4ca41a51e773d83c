"""The contracts with the outside: what we publish, read by a checker and by foreign readers."""
