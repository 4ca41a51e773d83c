"""`make run`: the whole product on one machine, until Ctrl-C.

Addresses and logins are printed, and written to ``run.json`` once everything answers. Everything
is kept in ``var/``, or in VAR_DIR; PORT chooses the port of the site (8000).

Exit codes: 0 stopped by Ctrl-C or a signal; 2 port wrong or taken, or already running; 3 disk
full; 4 a part of the product failed.
"""

import errno
import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

from deploy.preconditions import (
    FREE_BYTES_TO_START,
    Problem,
    alone_in,
    chosen_port,
    room_on_disk,
)
from deploy.product import ROOT, Product

TICK_SECONDS = 30


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)  # noqa: T201  this is a command


def addresses_of(feeds: dict[str, list[str]]) -> list[str]:
    """Return the feeds of every application in one list."""
    return list(itertools.chain.from_iterable(feeds.values()))


def start(product: Product, var: Path) -> dict[str, Any]:
    """Start everything; return what scripts need to know, once everything answers."""
    say("Stockage…")
    product.start_storage()
    say("Base de données… (une vingtaine de secondes la première fois)")
    product.must_run("migrate", "--no-input")
    say("Site d’exemple…")
    product.start_worker()
    product.start_web()
    product.must_run("example")
    if problem := product.run("publish", "--all"):  # also follows a change of PORT
        say(str(problem))
    example = json.loads((var / "example.json").read_text())
    site = product.env["SITE_URL"]
    for address in [f"{site}/", *addresses_of(example["feeds"])]:
        product.wait_for(address)
    return {
        "site": f"{site}/",
        "admin": f"{site}/admin/",
        "s3": {
            "endpoint": product.env["S3_ENDPOINT_URL"],
            "public": product.env["S3_PUBLIC_URL"],
        },
        **example,
    }


def announce(run: dict[str, Any]) -> None:
    """Print the addresses and the example logins."""
    say(f"\nSite            {run['site']}\nAdministration  {run['admin']}")
    for address in addresses_of(run["feeds"]):
        say(f"Flux            {address}")
    for login in run["logins"]:
        say(f"Compte          {login['username']} / {login['password']} ({login['role']})")
    for name, value in run["notes"].items():
        say(f"{name}\u00a0: {value}")
    say("\nCtrl-C arrête tout ; les données restent.")


def keep_going(product: Product) -> NoReturn:
    """Publish what is due every half-minute; a failure is shown, and tried again at the next."""
    while True:
        end = time.monotonic() + TICK_SECONDS
        while time.monotonic() < end:
            product.watch()
            time.sleep(0.2)
        for command in (["publish_scheduled"], ["publish", "--stale"]):
            if problem := product.run(*command):
                say(str(problem))


def interrupt(received: int, _frame: object) -> NoReturn:
    """Turn any signal into what Ctrl-C is."""
    raise KeyboardInterrupt(signal.Signals(received).name)


def listen_to(handler: Callable[[int, Any], NoReturn] | signal.Handlers) -> None:
    """Give every signal that asks to stop to one handler."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def serve(ending: ExitStack, var: Path, port: str) -> NoReturn:
    """Run until interrupted; what must be undone goes to ``ending``. Raises Problem."""
    var.mkdir(parents=True, exist_ok=True)
    room_on_disk(var, FREE_BYTES_TO_START)
    ending.enter_context(alone_in(var))
    run_json = var / "run.json"
    run_json.unlink(missing_ok=True)
    product = ending.enter_context(Product(var, chosen_port(port)))
    ending.callback(run_json.unlink, missing_ok=True)
    run = start(product, var)
    announce(run)
    run_json.write_text(json.dumps(run, ensure_ascii=False, indent=2), "utf-8")
    keep_going(product)


def main() -> int:
    """Run until stopped; say why at once, then stop everything and return the exit code."""
    listen_to(interrupt)
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    with ExitStack() as ending:
        try:
            serve(ending, var, os.environ.get("PORT") or "8000")
        except KeyboardInterrupt as stop:
            reason, code = f"Arrêt ({stop})…", 0
        except Problem as problem:
            reason, code = str(problem), problem.code
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            reason, code = f"Le disque est plein ({error.filename}) : libérez de la place.", 3
        listen_to(signal.SIG_IGN)
        say(f"\n{reason}")
    return code


if __name__ == "__main__":
    sys.exit(main())
