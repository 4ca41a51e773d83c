"""The semester package: focus, articles, insert, forum."""
