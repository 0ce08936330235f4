"""What leaders and their teams are told of case conferences. No questions, no diagnoses."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from sponsors.models import Conference, Diagnosis, DiagnosisQuestion

ICON = "microscope"


def asked_to(conference: Conference) -> Notice:
    title = _("You are asked to a case conference about %(name)s on %(day)s.")
    return Notice(
        title % {"name": conference.leader.name, "day": _day(conference)}, path_of(conference), ICON
    )


def called(conference: Conference) -> Notice:
    """For the leader."""
    title = _("Your team meets for a case conference on %(day)s.")
    return Notice(title % {"day": _day(conference)}, path_of(conference), ICON)


def concluded(conference: Conference) -> Notice:
    title = _("The case conference about %(name)s is concluded.")
    return Notice(title % {"name": conference.leader.name}, path_of(conference), ICON)


def released(diagnosis: Diagnosis) -> Notice:
    """For the leader, in the transaction of the release."""
    title = _("%(name)s has released a diagnosis: read it, and ask.")
    return Notice(title % {"name": diagnosis.author.name}, path_of_diagnosis(diagnosis), ICON)


def acknowledged(diagnosis: Diagnosis) -> Notice:
    title = _("%(name)s has read your diagnosis.")
    return Notice(title % {"name": diagnosis.conference.leader.name}, path_of_diagnosis(diagnosis), ICON)


def questioned(question: DiagnosisQuestion) -> Notice:
    title = _("%(name)s asks about a diagnosis.")
    names = {"name": question.diagnosis.conference.leader.name}
    return Notice(title % names, path_of_diagnosis(question.diagnosis), "message-question")


def answered(question: DiagnosisQuestion) -> Notice:
    title = _("Your question about a diagnosis is answered.")
    return Notice(title, path_of_diagnosis(question.diagnosis), "message-question")


def path_of(conference: Conference) -> str:
    return page_path("sponsors:conference", conference.leader_id, conference.pk)


def path_of_diagnosis(diagnosis: Diagnosis) -> str:
    """The page of its conference, where it stands."""
    return f"{path_of(diagnosis.conference)}#{diagnosis.pk}"


def _day(conference: Conference) -> str:
    return date_format(conference.held_on, "DATE_FORMAT")
