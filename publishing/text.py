"""What XML 1.0 can carry."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})


def xml_safe(text: str) -> str:
    """Return the text without the characters that XML 1.0 forbids (W3C XML 1.0, §2.2 Char).

    Control characters, lone surrogates, U+FFFE and U+FFFF go; everything else stays.
    """
    return text if _is_safe(text) else _FORBIDDEN.sub("", text)


def _is_safe(text: str) -> bool:
    """Say so at the speed of a memory copy: feeds are long and almost always safe."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    return (
        len(data.translate(None, _CONTROLS)) == len(data)
        and "\ufffe" not in text
        and "\uffff" not in text
    )
