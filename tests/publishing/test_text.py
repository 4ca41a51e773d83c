"""What XML 1.0 can carry, compared with what an XML parser accepts."""

from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from publishing.text import xml_safe

# st.text() leaves out surrogates: they are asked for by name.
ANY_TEXT = st.text(st.characters(codec=None))


@given(ANY_TEXT)
@example("\x00\x0b\x1f")
@example("\ud800 lone")
@example("\ufffe\uffff")
@example("😀 ]]> & <b>")
def test_a_safe_text_can_be_written_and_read_back(text: str) -> None:
    element = etree.Element("t")
    element.text = xml_safe(text)
    assert (etree.fromstring(etree.tostring(element)).text or "") == xml_safe(text)


@given(ANY_TEXT)
@example("a\x00b\tc\r\n\x7f\x85d")
def test_only_what_a_writer_of_xml_refuses_is_taken_away(text: str) -> None:
    assert xml_safe(text) == "".join(filter(accepted, text))


def accepted(character: str) -> bool:
    """Whether lxml takes the character."""
    try:
        etree.Element("t").text = character
    except ValueError:
        return False
    return True
