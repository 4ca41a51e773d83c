"""The form of an episode: what is typed, read before it is saved."""

from django import forms

from cms import transcripts
from cms.forms.gate import GateForm

TRANSCRIPT_BYTES = 1024 * 1024
"""Ten hours of talk fit; the form that shows the text later must fit into a request (2.5 MB)."""


class EpisodeForm(GateForm):
    """Reads transcripts."""

    transcript_file = forms.FileField(
        label="Fichier de transcription",
        required=False,
        help_text="WebVTT (.vtt) ou SubRip (.srt) : il remplace le texte ci-dessous.",
    )

    def clean_transcript_file(self) -> str:
        """Return the uploaded transcript as WebVTT, or an empty string."""
        upload = self.cleaned_data.get("transcript_file")
        if not upload:
            return ""
        if upload.size > TRANSCRIPT_BYTES:
            raise forms.ValidationError("Ce fichier est trop gros pour une transcription (1 Mo).")
        return _as_vtt(upload.read())

    def clean_transcript(self) -> str:
        """Return the typed transcript as WebVTT, whatever its dialect."""
        text = self.cleaned_data["transcript"]
        return _as_vtt(text.encode()) if text.strip() else ""

    def clean(self) -> dict[str, object]:
        """Let an uploaded transcript replace the text, also in a form that is shown again."""
        cleaned = super().clean()
        if text := cleaned.get("transcript_file"):
            cleaned["transcript"] = text
            self.data = self.data.copy()
            self.data[self.add_prefix("transcript")] = text
        return cleaned


def _as_vtt(data: bytes) -> str:
    try:
        return transcripts.to_vtt(transcripts.parse(data))
    except transcripts.TranscriptRefused as error:
        raise forms.ValidationError(str(error)) from error
