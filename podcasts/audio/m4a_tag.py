"""Tags in the form of M4A files: the metadata atoms that iTunes made customary.

Chapters are not here: they are a track of the file (:func:`podcasts.decoding.remux_to_m4a`).
"""

from mutagen.mp4 import AtomDataType, MP4Cover, MP4Tags

from podcasts.audio.description import GENRE, Tags

_COVERS = {"image/png": AtomDataType.PNG, "image/jpeg": AtomDataType.JPEG}


def m4a_tag(tags: Tags) -> MP4Tags:
    """Translate tags into atoms."""
    texts = {
        "\xa9nam": tags.title,
        "\xa9alb": tags.show,
        "\xa9ART": tags.author,
        "\xa9day": str(tags.published or ""),
        "\xa9gen": GENRE,
        "\xa9cmt": tags.page_url,
        "cprt": f"{tags.copyright} {tags.licence_url}".strip(),
    }
    tag = MP4Tags()
    tag.update({name: [text] for name, text in texts.items() if text})
    tag["pcst"] = True
    if tags.number:
        tag["trkn"] = [(tags.number, 0)]
    if tags.season:
        tag["disk"] = [(tags.season, 0)]
    if tags.cover:
        tag["covr"] = [MP4Cover(tags.cover, imageformat=_COVERS[tags.cover_type])]
    return tag
