"""The forms of the clinic's own notes. The text is stored as typed; what can be misread is pointed out."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from taperplanner.fields import LineField, TextField
from taperplanner.forms import PlainForm
from taperplanner.guidance.vocabulary import TOPICS
from taperplanner.safe_spelling import find_unsafe

from .models import Protocol

LONGEST_TITLE: Final = 80
LONGEST_TEXT: Final = 4000
LONGEST_REASON: Final = 200
ASKED_BELOW: Final = "asked about below, for title and text at once"


class ProtocolForm(PlainForm):
    title = LineField(
        max_length=LONGEST_TITLE,
        not_asked=ASKED_BELOW,
        missing="Enter a title, for example “Who to call on weekends”.",
        label="Title",
    )
    text = TextField(
        max_length=LONGEST_TEXT,
        not_asked=ASKED_BELOW,
        missing="Enter what the note says.",
        label="Text",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Plain text. Everybody at the clinic sees it, marked as your clinic’s own, with your name and the date.",
    )
    keeps_spelling = forms.BooleanField(label="Keep the spelling as typed", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.misread = [
            finding for name in ("title", "text") for finding in find_unsafe(str(self[name].value() or ""))
        ]
        if not self.misread:
            del self.fields["keeps_spelling"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.misread and not cleaned.pop("keeps_spelling", False):
            sentences = " ".join(dict.fromkeys(finding.sentence for finding in self.misread))
            self.add_error("keeps_spelling", f"{sentences} Change it, or tick that it is kept as typed.")
        return cleaned

    @staticmethod
    def values_of(protocol: Protocol) -> dict[str, Any]:
        """As it says now, with its spelling as it stands. A withdrawn note has no text."""
        newest = protocol.versions.newest_first()[0]
        return {"title": newest.title, "text": newest.text, "keeps_spelling": True}

    @staticmethod
    def values_to_edit(protocol: Protocol) -> dict[str, Any]:
        """Whoever edits it says again that the spelling stays."""
        return ProtocolForm.values_of(protocol) | {"keeps_spelling": False}


class NewProtocolForm(ProtocolForm):
    field_order = ["topic", "title", "text", "keeps_spelling"]
    topic = forms.ChoiceField(
        label="Guidance topic",
        choices=[("", "Choose a topic"), *((topic.slug, topic.title) for topic in TOPICS.values())],
        error_messages={"required": "Choose a guidance topic."},
    )


class WithdrawForm(PlainForm):
    reason = LineField(
        max_length=LONGEST_REASON,
        missing="Enter why it is withdrawn, for example “replaced by the network’s protocol”.",
        label="Why is it withdrawn?",
        help_text="It stays readable in its history, with this reason.",
    )

    @staticmethod
    def values_of(protocol: Protocol) -> dict[str, Any]:
        return {"reason": protocol.versions.newest_first()[0].withdrawn_because}
