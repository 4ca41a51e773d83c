"""Feeds of tribunes: the public ones go to the bucket, those of partners are served."""
