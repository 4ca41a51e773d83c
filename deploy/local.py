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
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


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
    product.must_run("publish", "--all")  # also moves what is published to another PORT
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
    """Turn any signal into what Ctrl-C is, once: stopping is not interrupted."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt(signal.Signals(received).name)


def serve(var: Path, port: str) -> None:
    """Run until interrupted; raises Problem."""
    var.mkdir(parents=True, exist_ok=True)
    room_on_disk(var, FREE_BYTES_TO_START)
    with ExitStack() as ending:
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
    """Run until stopped; return the exit code."""
    for number in SIGNALS:
        signal.signal(number, interrupt)
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    try:
        serve(var, os.environ.get("PORT") or "8000")
    except KeyboardInterrupt as stop:
        say(f"\nArrêté ({stop}).")
        return 0
    except Problem as problem:
        say(f"\n{problem}")
        return problem.code
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        say(f"\nLe disque est plein ({error.filename}). Libérez de la place, puis relancez.")
        return 3


if __name__ == "__main__":
    sys.exit(main())
