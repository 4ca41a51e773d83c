"""Signatories by the hundred: a pasted list becomes rows, known people are proposed."""
