"""Screens of the admin: the sommaire, the package, the print desk."""
