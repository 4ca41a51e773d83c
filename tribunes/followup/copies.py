"""Looking at republished pages: when, how, and what is written down."""

from datetime import datetime, timedelta

from tribunes import outside
from tribunes.followup.findings import Finding, Level, state_of
from tribunes.followup.leases import take
from tribunes.followup.originals import Original, original_of
from tribunes.followup.reading import TooHeavy, read_apart
from tribunes.followup.verify import is_gone, verify
from tribunes.models import Republication, RepublicationCheck

MAX_BYTES = 5_000_000
"""A longer page is not read: what is missing could be in the rest."""
REDIRECTS = 5
_EVERY_DAY = timedelta(days=7)
"""How long a copy is looked at every day, after its declaration and after each version."""
_FIRST_PAUSE = timedelta(minutes=10)
_GONE = (404, 410)
_OK = 200
_MARKUP = ("text/html", "application/xhtml+xml")

State = Republication.State
Seen = tuple[str, list[Finding]]


def check_due(pk: int) -> RepublicationCheck | None:
    """Look at a page that is due, write down what was seen, and plan the next look."""
    copy = take(Republication, "check_at", pk)
    if copy is None:
        return None
    state, findings = look(copy.url, original_of(copy.record, copy.partner))
    seen = RepublicationCheck.objects.create(
        republication=copy, state=state, findings=[finding.as_data() for finding in findings]
    )
    mine = Republication.objects.filter(pk=pk)
    mine.update(state=state, checked_at=seen.at, taken_at=None)
    # A new version may have asked for another look meanwhile.
    mine.filter(check_at=copy.check_at).update(check_at=_next(copy, state, seen.at))
    return seen


def look(url: str, original: Original) -> Seen:
    """Return what a declared page is, with the findings that say why."""
    try:
        answer = outside.fetch(url, max_bytes=MAX_BYTES, follow=REDIRECTS)
    except outside.Unreachable as error:
        return _unreadable(str(error))
    if answer.status in _GONE:
        return _gone(answer.status, original)
    if answer.status != _OK:
        return _unreadable(f"Le serveur répond {answer.status} au lieu de la page.")
    kind = answer.headers.get("Content-Type", "text/html").partition(";")[0].strip().lower()
    if kind not in _MARKUP:
        return _unreadable(f"Ce n’est pas une page web ({kind[:80]})\u00a0: vérifiez vous-même.")
    if not answer.complete:
        return _unreadable(
            f"La page dépasse {MAX_BYTES // 1_000_000}\u00a0Mo\u00a0: vérifiez vous-même."
        )
    try:
        page = read_apart(url=answer.url, body=answer.body, headers=answer.headers)
    except TooHeavy:
        return _unreadable("La page est trop lourde à lire\u00a0: vérifiez vous-même.")
    findings = verify(page, original)
    if not original.standing.has_text and original.texts and is_gone(page, original):
        return State.REMOVED, findings
    return state_of(findings), findings


def _unreadable(reason: str) -> Seen:
    return State.UNREADABLE, [Finding(code="page", level=Level.WARN, text=reason)]


def _gone(status: int, original: Original) -> Seen:
    text = f"La page n’existe plus (le serveur répond {status})."
    level = Level.WARN if original.standing.has_text else Level.OK
    return State.REMOVED, [Finding(code="page", level=level, text=text)]


def _next(copy: Republication, state: str, now: datetime) -> datetime:
    """Every day for a week, then every week; sooner when nothing could be read."""
    recent = max(copy.declared_at, copy.record.version_created) + _EVERY_DAY > now
    pause = timedelta(days=1) if recent else timedelta(days=7)
    if state != State.UNREADABLE:
        return now + pause
    read = copy.checks.exclude(state=State.UNREADABLE).order_by("-at").first()
    failed = copy.checks.filter(at__gt=read.at) if read else copy.checks.all()
    return now + min(_FIRST_PAUSE * 2 ** min(failed.count() - 1, 10), pause)
