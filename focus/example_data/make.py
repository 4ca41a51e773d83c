"""Make images/*.jpg from drawings/*.svg, and lay out cahier.pdf (PDF/X-1a, CMYK) from focus.toml.

Not run in normal use, the results are in the repository; README.md says what it needs.
"""

import argparse
import logging
import subprocess
import tempfile
import tomllib
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import pikepdf
from PIL import Image, ImageChops, ImageMath
from weasyprint import HTML

HERE = Path(__file__).parent
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
SIZE = (2400, 1600)
QUALITY = 84

logger = logging.getLogger("make")


def draw(drawing: Path, target: Path) -> None:
    """Render one drawing as an RGB JPEG of 2400 × 1600 pixels."""
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder) / "page.html", Path(folder) / "shot.png"
        style = "<!doctype html><style>html,body,svg{margin:0;display:block}</style>"
        page.write_text(style + drawing.read_text(encoding="utf-8"), encoding="utf-8")
        size = f"--window-size={SIZE[0]},{SIZE[1]}"
        command = [*CHROMIUM, size, f"--screenshot={shot}", page.as_uri()]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
        with Image.open(shot) as picture:
            picture.convert("RGB").save(target, quality=QUALITY, optimize=True)
    logger.info("%s: %d bytes", target.name, target.stat().st_size)


def to_cmyk(source: Path, target: Path) -> None:
    """Separate a picture, all its grey in black ink: the flat colours of the drawings take it."""
    with Image.open(source) as picture:
        inks = [ImageChops.invert(band) for band in picture.convert("RGB").split()]
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    colours = [
        ImageMath.lambda_eval(
            lambda v: v["convert"]((v["ink"] - v["black"]) * 255 / (256 - v["black"]), "L"),
            ink=ink,
            black=black,
        )
        for ink in inks
    ]
    Image.merge("CMYK", (*colours, black)).save(target, quality=92)


def text(html: str) -> str:
    """Put narrow spaces where French wants them."""
    for mark in ";!?»":
        html = html.replace(f" {mark}", f"\u202f{mark}")
    return html.replace("« ", "«\u202f").replace(" :", "\u00a0:")


def block(kind: str, value: Any) -> str:
    """Return the print version of a block of the body."""
    match kind:
        case "paragraph":
            return value
        case "heading":
            return f"<h3>{escape(value)}</h3>"
        case "pull_quote":
            cite = f"<cite>{escape(value['attribution'])}</cite>" if value["attribution"] else ""
            return f"<blockquote>{escape(value['text'])}{cite}</blockquote>"
        case "box":
            return f"<aside><h4>{escape(value['title'])}</h4>{value['text']}</aside>"
        case "key_figures":
            rows = "".join(
                f"<li><b>{escape(row['value'])}</b> {escape(row['label'])}</li>"
                for row in value["figures"]
            )
            return f"<ul class=figures>{rows}</ul>"
        case "table":
            head = "".join(f"<th>{escape(name)}</th>" for _, name in value["columns"])
            rows = "".join(
                "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
                for row in value["rows"]
            )
            return f"<table><thead><tr>{head}</tr></thead>{rows}</table>"
        case _:
            return ""


def body(piece: dict[str, Any], *kinds: str) -> str:
    """Return the blocks of a text, all or some kinds."""
    pairs = [pair for row in piece["body"] for pair in row.items()]
    return "".join(block(kind, value) for kind, value in pairs if not kinds or kind in kinds)


def story(data: dict[str, Any], slug: str) -> dict[str, str]:
    """Return the pieces of one text, ready for the template."""
    people = {row["id"]: f"{row['first_name']} {row['last_name']}" for row in data["persons"]}
    piece = next(row for row in data["articles"] + data["tribunes"] if row["slug"] == slug)
    words = ("paragraph", "heading", "pull_quote", "box")
    key = slug.replace("-", "_")
    return {
        f"{key}_title": escape(piece["title"]),
        f"{key}_chapo": escape(piece["chapo"]),
        f"{key}_by": ", ".join(people[who] for who in piece["authors"]),
        f"{key}_body": body(piece, *words).replace(" [1]", ""),
        f"{key}_figures": body(piece, "key_figures", "table"),
    }


def lay_out(data: dict[str, Any], fonts: dict[str, Path], target: Path) -> None:
    """Lay out the eight pages."""
    values: dict[str, str] = {name: path.resolve().as_uri() for name, path in fonts.items()}
    for row in data["articles"] + data["tribunes"]:
        values |= story(data, row["slug"])
    values["chapo"] = escape(data["focus"]["chapo"])
    values["parts"] = "".join(
        f"<li><h3>{escape(part['title'])}</h3><p>{escape(part['question'])}</p></li>"
        for part in data["forum"]["parts"]
    )
    template = Template((HERE / "cahier.html").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for picture in (HERE / "images").glob("*.jpg"):
            to_cmyk(picture, Path(folder) / picture.name)
        page = text(template.substitute(values))
        HTML(string=page, base_url=f"{Path(folder).as_uri()}/").write_pdf(
            target, pdf_variant="pdf/x-1a", full_fonts=False
        )
    finish(target)
    logger.info("%s: %d bytes", target.name, target.stat().st_size)


def finish(path: Path) -> None:
    """Write what WeasyPrint does not: the whole bleed (it stops at 10 points), the press.

    A printing condition of the ICC registry needs no embedded profile (ISO 15930-4, 6.2.3).
    """
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            page.obj.BleedBox = page.obj.MediaBox
        intent = pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFX,
            OutputConditionIdentifier="IFRA26",
            OutputCondition="ISOnewspaper26v4",
            RegistryName="http://www.color.org",
            Info="Papier journal, trame 40",
        )
        pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
        pdf.save(path)


def main() -> None:
    """Make everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sans", type=Path, required=True, help="Bricolage Grotesque, woff2")
    parser.add_argument("--serif", type=Path, required=True, help="Source Serif 4, woff2")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for drawing in sorted((HERE / "drawings").glob("*.svg")):
        draw(drawing, HERE / "images" / f"{drawing.stem}.jpg")
    data = tomllib.loads((HERE / "focus.toml").read_text(encoding="utf-8"))
    lay_out(data, {"sans": arguments.sans, "serif": arguments.serif}, HERE / "cahier.pdf")


if __name__ == "__main__":
    main()
