"""The form of an episode: drafts may be incomplete, what is published may not."""

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from podcasts import chapters, transcripts
from podcasts.completeness import problems
from podcasts.forms.artwork import artwork_problems
from podcasts.refusals import TranscriptRefused

TRANSCRIPT_BYTES = 2 * 1024 * 1024
"""A day of talk fits; a wrong file is refused before it is read."""


class EpisodeForm(WagtailAdminPageForm):
    """Puts every message next to the field or the panel that caused it."""

    transcript_file = forms.FileField(
        label="fichier de transcription",
        required=False,
        help_text="WebVTT (.vtt) ou SubRip (.srt) : il remplace le texte ci-dessous.",
    )

    def clean_transcript_file(self) -> str:
        """Return the uploaded transcript as WebVTT, or an empty string."""
        upload = self.cleaned_data.get("transcript_file")
        if not upload:
            return ""
        if upload.size > TRANSCRIPT_BYTES:
            raise forms.ValidationError("Ce fichier est trop gros pour une transcription (2 Mo).")
        return self._as_vtt(upload.read())

    def clean_transcript(self) -> str:
        """Return the typed transcript as WebVTT, whatever its dialect."""
        text = self.cleaned_data["transcript"]
        return self._as_vtt(text.encode()) if text.strip() else ""

    def _as_vtt(self, data: bytes) -> str:
        try:
            return transcripts.to_vtt(transcripts.parse(data))
        except TranscriptRefused as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, object]:
        """Let an uploaded transcript replace the text; check artwork before publishing."""
        cleaned = super().clean()
        if cleaned.get("transcript_file"):
            cleaned["transcript"] = cleaned["transcript_file"]
        if not self.is_deferred_validation:
            for message in artwork_problems(cleaned.get("artwork")):
                self.add_error("artwork", message)
        return cleaned

    def is_valid(self) -> bool:
        """Also check, before publishing, what only the whole page can tell."""
        valid = super().is_valid()
        if self.is_deferred_validation or not self.is_bound:
            return valid
        participants = self.formsets["participants"]
        cast = [row["role"] for row in self._rows("participants") if row.get("role")]
        for name, messages in problems(self.instance, cast).items():
            for message in messages:
                if name == "participants":
                    participants.non_form_errors().append(message)
                else:
                    self.add_error(name, message)
                valid = False
        return self._chapters_fit() and valid

    def _chapters_fit(self) -> bool:
        audio = self.instance.audio
        typed = [
            chapters.Chapter(start=row["start"], title=row["title"], url=row.get("url", ""))
            for row in self._rows("chapters")
            if row.get("start") is not None and row.get("title")
        ]
        if not audio or not audio.duration:
            return True
        found = chapters.problems(sorted(typed, key=lambda c: c.start), audio.duration)
        self.formsets["chapters"].non_form_errors().extend(found)
        return not found

    def _rows(self, name: str) -> list[dict[str, object]]:
        """Return what was typed in an inline panel, without the rows to delete."""
        rows = (form.cleaned_data for form in self.formsets[name] if form.is_valid())
        return [row for row in rows if row and not row.get("DELETE")]
