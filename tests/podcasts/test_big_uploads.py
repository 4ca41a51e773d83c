"""A sound of hours goes from the form to the bucket without ever being held in memory."""

import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from django.contrib.auth.models import Group

from cms.roles import CHIEF_EDITORS
from cms.services import set_up_site
from deploy.processes import Process
from podcasts.models import Audio, EpisodePage
from tests.factories.cms import PASSWORD, UserFactory
from tests.factories.podcasts import SPEECH, EpisodeFactory, junk_tag
from tests.media import sound
from tests.services import DIRECTORY, S3, reserve_ports

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]

BIG = 200_000_000
FLAT = 80 * 1024
"""KiB by which a process may grow from one file to another of 100 MB more: parts on their way."""
ENV = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
BOUNDARY = "une-frontiere"


@pytest.fixture
def site(transactional_db: None) -> Iterator[tuple[str, Process]]:
    """Run the web server of the product; give its address too."""
    set_up_site()
    port = reserve_ports(1)
    gunicorn = ["-m", "gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{port}", "--threads=4"]
    process = Process(
        [sys.executable, *gunicorn, "--no-control-socket"], log=DIRECTORY / "web.log", env=ENV
    )
    address = f"http://127.0.0.1:{port}"
    while True:
        try:
            requests.get(f"{address}/admin/login/", timeout=20)
            break
        except requests.ConnectionError:
            assert process.exit_code() is None, process.tail()
            time.sleep(0.1)
    yield address, process
    process.stop()


@pytest.fixture
def worker_process(transactional_db: None) -> Iterator[Process]:
    """Run the worker of the task queue."""
    command = [sys.executable, "manage.py", "db_worker", "--interval", "0.2", "--no-reload"]
    process = Process(command, log=DIRECTORY / "worker.log", env=ENV)
    yield process
    process.stop()


def peak(process: Process) -> int:
    """Return the most memory that a server and its children ever held, in KiB."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    found = 0
    for pid in (process.pid, *children):
        status = Path(f"/proc/{pid}/status").read_text()
        found = max(found, int(re.search(r"VmHWM:\s+(\d+)", status)[1]))
    return found


def logged_in(site: str) -> requests.Session:
    """Log a chief editor in."""
    user = UserFactory(groups=[Group.objects.get(name=CHIEF_EDITORS.name)])
    session = requests.Session()
    session.get(f"{site}/admin/login/", timeout=20)
    answer = session.post(
        f"{site}/admin/login/",
        {
            "username": user.username,
            "password": PASSWORD,
            "csrfmiddlewaretoken": session.cookies["csrftoken"],
        },
        timeout=20,
    )
    assert answer.url == f"{site}/admin/"
    return session


def send(site: str, session: requests.Session, path: Path) -> requests.Response:
    """Upload a file, which is streamed from the disk, with a title."""
    token, body = session.cookies["csrftoken"], path.with_suffix(".body")
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s'
    head = (
        part % ("csrfmiddlewaretoken", "", f"{token}\r\n")
        + part % ("title", "", "Mon titre\r\n")
        + part % ("file", f'; filename="{path.name}"\r\nContent-Type: audio/mpeg', "")
    )
    with body.open("wb") as stream, path.open("rb") as source:
        stream.write(head.encode())
        while block := source.read(1 << 20):
            stream.write(block)
        stream.write(f"\r\n--{BOUNDARY}--\r\n".encode())
    with body.open("rb") as stream:
        return session.post(
            f"{site}/admin/sons/new/",
            data=stream,
            headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
            timeout=60,
        )


def repeated(path: Path, size: int) -> Path:
    """Make a long sound by repeating the frames of a short one."""
    bare = ("-c:a", "libmp3lame", "-b:a", "320k", "-write_xing", "0", "-id3v2_version", "0")
    frames = sound(path, *bare, "-reservoir", "0", seconds=20).read_bytes()
    with path.open("wb") as stream:
        for _ in range(size // len(frames)):
            stream.write(frames)
    return path


def test_200_mb_leave_the_memory_of_web_and_worker_flat(
    site: tuple[str, Process], worker_process: Process, s3: S3, tmp_path: Path
) -> None:
    address, web = site
    session = logged_in(address)
    half = tmp_path / "moitie.mp3"
    half.write_bytes(junk_tag(BIG // 2) + SPEECH.read_bytes())
    for count, path in enumerate((half, repeated(tmp_path / "long.mp3", BIG)), start=1):
        before = peak(web), peak(worker_process)
        assert send(address, session, path).url == f"{address}/admin/sons/"
        audio = measured(worker_process, count)
        assert audio.size == path.stat().st_size
        online(EpisodeFactory(audio=audio), worker_process, s3)
        after = peak(web), peak(worker_process)
    growth = [end - start for start, end in zip(before, after, strict=True)]
    assert max(growth) < FLAT


def measured(worker: Process, count: int) -> Audio:
    """Wait until the worker has measured so many sounds; return the last one."""
    end = time.monotonic() + 120
    while Audio.objects.filter(state=Audio.State.READY).count() < count:
        assert not Audio.objects.filter(state=Audio.State.REFUSED).exists()
        assert time.monotonic() < end, worker.tail()
        time.sleep(0.1)
    return Audio.objects.latest("pk")


def online(episode: EpisodePage, worker: Process, s3: S3) -> None:
    """Wait until the sound of an episode is in the bucket."""
    end = time.monotonic() + 60
    while not any(key.startswith(f"episodes/{episode.uuid}/audio-") for key in s3.keys()):
        assert time.monotonic() < end, worker.tail()
        time.sleep(0.1)


def test_300_mb_are_refused_in_words_and_the_title_stays(
    site: tuple[str, Process], tmp_path: Path
) -> None:
    address, web = site
    session = logged_in(address)
    path = tmp_path / "énorme.mp3"
    with path.open("wb") as stream:
        stream.truncate(300_000_000)
    before = peak(web)
    answer = send(address, session, path)
    assert answer.status_code == 200
    assert "Ce fichier pèse 300\u00a0Mo" in answer.text
    assert 'value="Mon titre"' in answer.text
    assert peak(web) - before < FLAT
    assert not Audio.objects.exists()
