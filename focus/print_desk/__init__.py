"""The print desk: PDFs that come in, versions of pages, approvals, assets, the log of it all."""
