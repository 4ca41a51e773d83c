"""What editors are told while they compose."""
