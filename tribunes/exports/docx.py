"""A tribune for desks that work in Word or InDesign: a styled, dated, deterministic docx."""

from datetime import UTC
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from publishing.plain_text import tree_of
from publishing.text import xml_safe
from tribunes.exports.docx_text import Writer
from tribunes.exports.packing import packed
from tribunes.exports.parts import Role, parts_of
from tribunes.items import Item

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STYLES = {Role.TITLE: "Title", Role.STANDFIRST: "Subtitle"}
_LONGEST = 255  # of a property of the document


def docx(item: Item) -> bytes:
    """Return the whole item as a docx; pictures are told with their credit and address.

    Styles are those that desks map: Title, Subtitle (chapô), Heading 2 (intertitre), Normal,
    Quote, Caption, List Bullet, List Number. Its dates are those of the version.
    """
    document = Document()
    _describe(document, item)
    for part in parts_of(item, 1):
        Writer(document, _STYLES.get(part.role, "Normal")).write(tree_of(part.html))
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    return packed(entries, item.version_created)


def _describe(document: DocumentObject, item: Item) -> None:
    language = "fr-FR" if item.language == "fr" else item.language
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    defaults.set(qn("w:val"), language)
    properties = document.core_properties
    properties.language = language
    properties.title = _short(item.headline)
    properties.author = _short(", ".join(author.name for author in item.authors))
    properties.last_modified_by = "Solutions solidaires"
    properties.keywords = _short(", ".join(item.subjects))
    properties.comments = _short(item.terms.credit_line if item.terms else "")
    properties.identifier = item.id
    properties.version = str(item.version)
    properties.revision = max(item.version, 1)
    moment = item.version_created.astimezone(UTC).replace(tzinfo=None)
    properties.created = properties.modified = moment


def _short(text: str) -> str:
    return xml_safe(text)[:_LONGEST]
