"""Which terms let a text travel whole."""

import pytest

from cms.licences import is_open


@pytest.mark.parametrize(
    "code",
    ["cc-by-4.0", "cc-by-nc-nd-4.0", "cc-by-sa-3.0", "cc0-1.0", "etalab-2.0"],
)
def test_open_terms_let_it(code: str) -> None:
    assert is_open(code)


@pytest.mark.parametrize("code", ["arr", "", "cc", "ccc-by", "accord-cc-by", "mit"])
def test_all_others_do_not(code: str) -> None:
    assert not is_open(code)
