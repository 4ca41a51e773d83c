"""Whatever a job does, its caller gets an answer or an exception, in time, and nothing is left."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from focus.pdf.leash import PdfFailed, PdfTooHeavy, run
from tests.focus.pdf import jobs
from tests.focus.pdfs import is_dead
from tests.focus.processes import children


def test_arguments_and_results_cross(tmp_path: Path) -> None:
    assert run(jobs.echo, tmp_path, 2, "é«\u202f»\n", seconds=10) == [
        str(tmp_path),
        2,
        "é«\u202f»\n",
    ]


def test_progress_is_told_apart_from_noise() -> None:
    told: list[tuple[float, str]] = []
    result = run(jobs.chatter, seconds=10, on_progress=lambda *step: told.append(step))
    assert (result, told) == ("fini", [(0.5, "à moitié")])


def test_a_job_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "secret")
    known = run(jobs.environment, seconds=10)
    assert set(known) <= {
        "LANG",
        "LC_CTYPE",
        "LD_LIBRARY_PATH",
        "PATH",
        "PYTHONDONTWRITEBYTECODE",
        "TMPDIR",
    }


def test_a_job_that_sleeps_is_stopped_with_its_children(tmp_path: Path) -> None:
    before = children()
    start = time.monotonic()
    with pytest.raises(PdfTooHeavy, match="plus de 3 s"):
        run(jobs.sleep_with_a_child, tmp_path / "number", seconds=3)
    assert time.monotonic() - start < 6
    assert is_dead((tmp_path / "number").read_text())
    assert children() == before


def test_a_child_that_outlives_its_job_is_stopped(tmp_path: Path) -> None:
    assert run(jobs.leave_a_child, tmp_path / "number", seconds=10) == "fini"
    assert is_dead((tmp_path / "number").read_text())


def test_a_job_that_computes_for_ever_is_stopped() -> None:
    with pytest.raises(PdfTooHeavy, match="s de travail"):
        run(jobs.spin, seconds=1)


def test_a_job_that_wants_too_much_memory_is_refused_it() -> None:
    with pytest.raises(PdfTooHeavy, match="plus de 450 Mo de mémoire"):
        run(jobs.swallow, seconds=10)


def test_a_job_that_fills_the_disk_fails(tmp_path: Path) -> None:
    with pytest.raises(PdfFailed) as caught:
        run(jobs.fill_the_disk, tmp_path / "large", seconds=10)
    assert "File too large" in caught.value.__notes__[0]


def test_a_failure_keeps_its_cause() -> None:
    with pytest.raises(PdfFailed, match="s’est interrompue") as caught:
        run(jobs.fail, seconds=10)
    assert "ValueError: la cause" in caught.value.__notes__[0]


@pytest.mark.parametrize("job", [jobs.crash, jobs.leave, jobs.babble])
def test_a_job_without_an_answer_has_failed(job: Callable[[], object]) -> None:
    with pytest.raises(PdfFailed) as caught:
        run(job, seconds=10)
    assert not isinstance(caught.value, PdfTooHeavy)
    assert "exit code" in caught.value.__notes__[0]


def test_a_caller_that_gives_up_stops_the_job() -> None:
    before = children()

    def give_up(fraction: float, label: str) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        run(jobs.chatter, seconds=10, on_progress=give_up)
    assert children() == before
