"""What anybody sees of tribunes on the site: their pages, and «Reprendre cette tribune»."""
