"""Publishing together: a focus is read, approved and put online as one thing, or not at all."""
