"""Op-eds and the partners who republish them."""
