"""WeasyPrint, without what it changes in the whole process."""

from PIL import ImageFile
from weasyprint import HTML

ImageFile.LOAD_TRUNCATED_IMAGES = False  # its import lets Pillow accept broken pictures

__all__ = ["HTML"]
