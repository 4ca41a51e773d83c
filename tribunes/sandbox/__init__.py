"""What a token of the sandbox sees: five texts of example, always the same."""
