"""Work on PDF files, each in a process of its own: the one door to pikepdf and pypdfium2.

``focus.preflight`` judges a file; the functions here are for files that it has accepted.
"""
