"""Render drawings/*.svg into images/*.jpg: 3000 px covers and 600 px portraits.

Not run in normal use, the results are in the repository; README.md says how to install what it
needs (Chromium, Pillow, the font). A drawing's viewBox gives the size of its picture in pixels.
"""

import argparse
import logging
import re
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
PAGE = """<!doctype html><meta charset="utf-8"><style>
@font-face {{
  font-family: Bricolage; src: url("{font}"); font-weight: 200 800; font-stretch: 75% 100%
}}
html, body, svg {{ margin: 0; display: block; font-family: Bricolage }}
</style>{drawing}"""
QUALITY = 86

logger = logging.getLogger("make_images")


def render(drawing: Path, font: Path, target: Path) -> None:
    """Draw one SVG file and write it as an RGB JPEG of 72 dots an inch, as Apple asks."""
    svg = drawing.read_text(encoding="utf-8")
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    if size is None:
        raise ValueError(f"{drawing} has no viewBox that starts at 0 0")
    width, height = size.groups()
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        page.write_text(PAGE.format(font=font.resolve().as_uri(), drawing=svg), encoding="utf-8")
        # allow-file-access: the font lies in another folder than the page.
        options = [f"--window-size={width},{height}", f"--screenshot={shot}"]
        command = [*CHROMIUM, "--allow-file-access-from-files", *options, page.as_uri()]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        with Image.open(shot) as picture:
            picture.convert("RGB").save(
                target, quality=QUALITY, subsampling=0, optimize=True, dpi=(72, 72)
            )
    logger.info("%s: %s × %s, %d bytes", target.name, width, height, target.stat().st_size)


def main() -> None:
    """Render every drawing, or those named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--font", type=Path, required=True, help="Bricolage Grotesque, woff2")
    parser.add_argument("names", nargs="*", help="drawings to render; all of them by default")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for drawing in sorted((HERE / "drawings").glob("*.svg")):
        if not arguments.names or drawing.stem in arguments.names:
            render(drawing, arguments.font, HERE / "images" / f"{drawing.stem}.jpg")


if __name__ == "__main__":
    main()
