"""Promises of the newsroom’s screens about tribunes and partners."""
