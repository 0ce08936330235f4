"""A diagnosis as the API shows it: as a draft, and as the leader was told it, with what they ask."""

from __future__ import annotations

from rest_framework import serializers

from people.rest.entries import ColleagueEntry
from sponsors.enums import DiagnosisKind, Domain
from sponsors.models import Diagnosis, DiagnosisDraft, DiagnosisQuestion


class QuestionEntry(serializers.ModelSerializer[DiagnosisQuestion]):
    """What the leader asks, and the answer."""

    answered_by = ColleagueEntry(read_only=True, allow_null=True)

    class Meta:
        model = DiagnosisQuestion
        fields = ["id", "words", "asked_at", "answer", "answered_by", "answered_at"]


class Worded(serializers.ModelSerializer[Diagnosis | DiagnosisDraft]):
    author = ColleagueEntry(read_only=True)
    domain = serializers.ChoiceField(choices=Domain.choices, read_only=True)
    kind = serializers.ChoiceField(choices=DiagnosisKind.choices, read_only=True)
    corrects = serializers.UUIDField(
        source="corrects_id", read_only=True, allow_null=True, help_text="The released one it corrects."
    )


WORDED = ("id", "author", "domain", "kind", "words", "prescription", "corrects")


class DiagnosisEntry(Worded):
    """What the leader was told of one domain, for good."""

    corrected = serializers.SerializerMethodField(help_text="Whether a later one corrects it.")
    acknowledged = serializers.SerializerMethodField(help_text="Whether the leader has read it.")
    questions = QuestionEntry(many=True, read_only=True)

    class Meta:
        model = Diagnosis
        fields = [*WORDED, "released_at", "corrected", "acknowledged", "questions"]

    def get_corrected(self, diagnosis: Diagnosis) -> bool:
        return bool(diagnosis.corrections.all())

    def get_acknowledged(self, diagnosis: Diagnosis) -> bool:
        return bool(diagnosis.acknowledgements.all())


class DraftEntry(Worded):
    """A diagnosis before its release, for its author and the sponsor."""

    class Meta:
        model = DiagnosisDraft
        fields = [*WORDED, "written_at"]
