#!/usr/bin/env python3
"""Tient à jour une copie de vos tribunes ; n’a besoin que de Python 3.11 et de `requests`.

    export SOSOL_API=https://www.example.fr/api/v1
    export SOSOL_TOKEN=sosol_live_…        # le premier jeton ; les suivants sont dans l’état
    python mirror.py copie/                # à lancer toutes les cinq minutes, par cron

Dans le dossier : `tribunes/<uuid>.json` (l’objet de l’API) et `<uuid>.html` (le fragment à
publier, dont les images sont celles du dossier), `images/<uuid>-<n°>.jpg`, et `etat.json` (où la
lecture en est, le jeton en cours). Un texte sous embargo n’a que son `.json` : le `.html` vient à
l’heure dite. Ce qui est retiré, expiré ou n’est plus pour vous disparaît du dossier.

Ce que fait tout bon lecteur : suivre `next` tel quel, appliquer les entrées dans leur ordre, noter
où l’on en est après chaque page, attendre autant que le serveur le demande, remplacer le jeton
avant sa fin. Codes de sortie : 0, à jour ; 1, serveur injoignable, rappelez plus tard ; 2, jeton
refusé, demandez-en un autre ; 3, il manque l’adresse de l’API ou le jeton.
"""

import json
import mimetypes
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

PATIENCE = int(os.environ.get("SOSOL_PATIENCE", "6"))
"""Tries of one request when the server does not answer, or asks to wait."""
ROTATE_BEFORE = timedelta(days=int(os.environ.get("SOSOL_ROTATE_DAYS", "30")))
"""How long before its end a token is replaced."""
PAUSE = float(os.environ.get("SOSOL_PAUSE", "2"))
"""Seconds before the second try; doubled each time."""


class Refused(Exception):
    """The token is not accepted."""


class Unreachable(Exception):
    """The server does not answer, after all tries."""


class Mirror:
    """A folder, and the API that it follows."""

    def __init__(self, folder: Path, api: str, token: str) -> None:
        self.folder, self.api = folder, api.rstrip("/")
        self.state_file = folder / "etat.json"
        self.state: dict[str, Any] = {"token": token, "next": f"{self.api}/changes"}
        if self.state_file.exists():
            self.state |= json.loads(self.state_file.read_text(encoding="utf-8"))
        for name in ("tribunes", "images"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def run(self) -> int:
        """Follow the log to its end; return how many entries were applied."""
        self.replace_token_before_it_ends()
        applied = 0
        while True:
            answer = self.ask("GET", self.state["next"])
            if answer.status_code == 410:  # away for more than a year: begin again
                self.state["next"] = answer.json()["restart"]
                continue
            answer.raise_for_status()
            page = answer.json()
            for entry in page["items"]:
                self.apply(entry)
                applied += 1
            self.state["next"] = page["next"]
            self.save()
            if not page["items"]:
                return applied

    def apply(self, entry: dict[str, Any]) -> None:
        """Make the copy what the entry says; applying it twice does no harm."""
        uuid = entry["id"].removeprefix("urn:uuid:")
        if entry["state"] == "deleted":
            self.forget(uuid)
            return
        item = entry["data"]
        pictures = self.take_pictures(uuid, item["images"])
        if item["pubStatus"] == "withheld":  # under embargo: nothing to publish yet
            self.path(uuid, "html").unlink(missing_ok=True)
        else:
            fragment = self.ask("GET", f"{entry['href']}.html?headings=2")
            if fragment.status_code in (404, 410):  # gone since; its entry follows
                self.forget(uuid)
                return
            fragment.raise_for_status()
            html = fragment.text
            for href, path in pictures.items():  # their addresses ask for the token
                html = html.replace(f'src="{href}"', f'src="../images/{path.name}"')
            write(self.path(uuid, "html"), html.encode())
        write(self.path(uuid, "json"), json.dumps(item, ensure_ascii=False, indent=1).encode())

    def take_pictures(self, uuid: str, images: list[dict[str, Any]]) -> dict[str, Path]:
        """Keep the pictures of a tribune, and no other; return their files by address."""
        kept = {}
        for picture in images:
            href = picture["href"]
            answer = self.ask("GET", href)
            if answer.ok:  # else gone since, or lost: the text goes without it
                suffix = mimetypes.guess_extension(answer.headers["Content-Type"]) or ""
                kept[href] = self.folder / "images" / f"{uuid}-{href.rpartition('/')[2]}{suffix}"
                write(kept[href], answer.content)
        for path in set(self.folder.glob(f"images/{uuid}-*")) - set(kept.values()):
            path.unlink()
        return kept

    def forget(self, uuid: str) -> None:
        """Remove a tribune and its pictures."""
        for path in (
            *self.folder.glob(f"tribunes/{uuid}.*"),
            *self.folder.glob(f"images/{uuid}-*"),
        ):
            path.unlink()

    def replace_token_before_it_ends(self) -> None:
        """Ask for another token when this one ends soon; the old one still works for a week."""
        tokens = self.ask("GET", f"{self.api}/tokens")
        if tokens.status_code == 403:  # a token that may not manage: somebody does it by hand
            return
        tokens.raise_for_status()
        (current,) = (token for token in tokens.json()["items"] if token["current"])
        ends = datetime.fromisoformat(current["expires"])
        if current["rotated"] or ends - datetime.now(UTC) > ROTATE_BEFORE:
            return
        answer = self.ask("POST", f"{self.api}/tokens/rotate")
        answer.raise_for_status()
        self.state["token"] = answer.json()["secret"]
        self.save()

    def ask(self, method: str, url: str) -> requests.Response:
        """Return the answer to one request, tried again while the server is not ready.

        Raises Refused and Unreachable. The token goes to the API alone: never after a redirection.
        """
        pause, asked = PAUSE, ""
        for nth in range(PATIENCE):
            if nth:
                time.sleep(int(asked) if asked.isdigit() else pause)
                pause *= 2
            try:
                answer = self.send(method, url)
            except requests.RequestException:
                answer = None
            if answer is not None and answer.status_code == 401:
                raise Refused(answer.json()["detail"])
            if answer is not None and answer.status_code not in (429, 500, 502, 503, 504):
                return answer
            asked = answer.headers.get("Retry-After", "") if answer is not None else ""
        raise Unreachable(url)

    def send(self, method: str, url: str) -> requests.Response:
        """Send one request, and follow a redirection to a picture without the token."""
        headers = {"Authorization": f"Bearer {self.state['token']}"}
        answer = requests.request(
            method, url, headers=headers, timeout=(5, 60), allow_redirects=False
        )
        if answer.status_code in (302, 303):
            return requests.get(answer.headers["Location"], timeout=(5, 60))
        return answer

    def path(self, uuid: str, suffix: str) -> Path:
        """Return where a format of a tribune is kept."""
        return self.folder / "tribunes" / f"{uuid}.{suffix}"

    def save(self) -> None:
        """Write down where the reading is."""
        write(self.state_file, json.dumps(self.state, indent=1).encode())


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; the state holds a secret."""
    new = path.with_suffix(path.suffix + ".new")
    new.touch(mode=0o600)
    new.write_bytes(data)
    new.replace(path)


def main() -> int:
    """Bring the copy up to date."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "copie")
    api, token = os.environ.get("SOSOL_API"), os.environ.get("SOSOL_TOKEN")
    if not (api and token):
        print("Donnez SOSOL_API et SOSOL_TOKEN : voir l’en-tête de ce fichier.", file=sys.stderr)
        return 3
    try:
        applied = Mirror(folder, api, token).run()
    except Refused as refusal:
        print(f"Jeton refusé : {refusal}", file=sys.stderr)
        return 2
    except Unreachable as problem:
        print(f"Le serveur ne répond pas : {problem}. À la prochaine fois.", file=sys.stderr)
        return 1
    print(f"{applied} changement(s) ; copie à jour.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
