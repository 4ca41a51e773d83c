"""The difference between a wish and what is there."""

from hypothesis import given
from hypothesis import strategies as st

from publishing.artifacts import Artifact, Bytes, Desired
from publishing.planning import plan

KEYS = [f"objects/{n}.txt" for n in range(5)]


def artifact(key: str, data: str = "") -> Artifact:
    return Artifact(role=key, key=key, content_type="text/plain", body=Bytes(data=data.encode()))


def test_nothing_there_puts_everything_in_the_order_given() -> None:
    wish = Desired(artifacts=(artifact("b"), artifact("a"), artifact("feed.xml")))
    todo = plan(wish, {})
    assert [put.key for put in todo.put] == ["b", "a", "feed.xml"]
    assert todo.changes


def test_what_is_there_as_wished_is_kept() -> None:
    wish = Desired(artifacts=(artifact("a"),))
    todo = plan(wish, {"a": wish.artifacts[0].digest})
    assert [kept.key for kept in todo.keep] == ["a"]
    assert not todo.changes


def test_what_nobody_knows_is_put_again() -> None:
    wish = Desired(artifacts=(artifact("a"),))
    assert [put.key for put in plan(wish, {"a": ""}).put] == ["a"]


def test_what_nobody_wants_is_retired_even_when_nobody_knows_it() -> None:
    assert plan(Desired(), {"b": "", "a": "digest"}).retire == ("a", "b")


@given(
    wished=st.dictionaries(st.sampled_from(KEYS), st.text(max_size=3)),
    there=st.dictionaries(st.sampled_from(KEYS), st.text(max_size=3)),
)
def test_carrying_out_a_plan_gives_the_wish(wished: dict[str, str], there: dict[str, str]) -> None:
    wish = Desired(artifacts=tuple(artifact(key, data) for key, data in wished.items()))
    present = {key: artifact(key, data).digest for key, data in there.items()}
    todo = plan(wish, present)
    for key in todo.retire:
        del present[key]
    for put in todo.put:
        assert present.get(put.key) != put.digest  # nothing is uploaded for nothing
        present[put.key] = put.digest
    assert present == {wanted.key: wanted.digest for wanted in wish.artifacts}
    assert not plan(wish, present).changes
