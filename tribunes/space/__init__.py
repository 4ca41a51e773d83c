"""The partner space: pages for the people of a partner, who enter by a link sent by e-mail."""
