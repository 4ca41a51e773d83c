"""What tribunes put into the public bucket."""


def register_publications() -> None:
    """Tell the pipeline of tribunes."""
