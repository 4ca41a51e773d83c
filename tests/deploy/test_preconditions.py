"""What stops the product before it starts is said plainly, with its exit code."""

import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from deploy import local, preconditions
from deploy.preconditions import Problem, alone_in, chosen_port, room_on_disk
from tests.services import reserve_ports


@pytest.fixture
def free_port() -> int:
    """Return a port of the site such that it and those of the storage are free."""
    return reserve_ports(5) - 333


@pytest.mark.parametrize("text", ["", "web", "-1", "80", "55199", "99999", "8000.5", "８０００ "])
def test_what_is_not_a_usable_port_is_refused_with_the_range(text: str) -> None:
    with pytest.raises(Problem, match="entre 1024 et 55198") as caught:
        chosen_port(text)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("offset", "part"), [(0, "au site"), (333, "au stockage"), (10_337, "au stockage")]
)
def test_a_taken_port_is_named_with_a_way_out(free_port: int, offset: int, part: str) -> None:
    assert chosen_port(str(free_port)) == free_port
    with socket.socket() as neighbour:
        neighbour.bind(("127.0.0.1", free_port + offset))
        neighbour.listen()
        with pytest.raises(Problem) as caught:
            chosen_port(str(free_port))
    assert f"Le port {free_port + offset}, nécessaire {part}, est déjà pris." in str(caught.value)
    assert f"make run PORT={free_port + 1000}" in str(caught.value)
    assert caught.value.code == 2


def test_a_full_disk_is_said_with_the_place_and_what_is_wanted(tmp_path: Path) -> None:
    room_on_disk(tmp_path, 1)
    with pytest.raises(Problem, match=f"Le disque est plein.*{tmp_path}.*1048576000000") as caught:
        room_on_disk(tmp_path, 10**6 * 1024**4)
    assert caught.value.code == 3


def test_nothing_is_started_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "FREE_BYTES_TO_START", 10**18)
    with ExitStack() as ending, pytest.raises(Problem, match="Le disque est plein"):
        local.serve(ending, tmp_path / "var", "8000")
    assert list((tmp_path / "var").iterdir()) == []


def test_the_running_product_stops_before_the_disk_is_quite_full() -> None:
    assert 0 < preconditions.FREE_BYTES_TO_GO_ON < preconditions.FREE_BYTES_TO_START


def test_one_copy_at_a_time_in_a_directory(tmp_path: Path) -> None:
    with (
        alone_in(tmp_path),
        pytest.raises(Problem, match="tourne déjà") as caught,
        alone_in(tmp_path),
    ):
        pass
    assert caught.value.code == 2
    with alone_in(tmp_path):
        pass
