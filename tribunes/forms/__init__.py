"""Forms of the newsroom about tribunes and partners."""
