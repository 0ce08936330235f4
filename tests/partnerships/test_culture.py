"""The change report of a programme: of published rows, for those who take part, a week after the leaders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.enums import AuditPoint
from partnerships.models import Partnership, PartnershipProgramme
from partnerships.queries.culture import INDEX, culture_report
from people.models import Person
from surveys.built_in import CULTURAL_AUDIT
from surveys.models import Instrument, Wave
from surveys.services.instruments import ensure_built_in_instruments
from tenancy.scope import Scope, tenant_transaction
from tests.factories.partnerships import make_audit, make_partnership, make_phase, make_programme
from tests.factories.surveys import cast, days_ago, make_wave, publish, spread_answers
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
TODAY = timezone.localdate()
ITEMS = len(CULTURAL_AUDIT.wordings)
LOW = spread_answers(20, items=ITEMS, seed=3)
HIGH = [[min(5.0, one + 1) for one in row] for row in spread_answers(20, items=ITEMS, seed=4)]


def held(
    programme: PartnershipProgramme,
    world: World,
    which: AuditPoint,
    rows: Sequence[Sequence[float]],
    published_days_ago: int,
) -> Wave:
    """An audit that these answered, published so many days ago."""
    with tenant_transaction(world.organization.pk):
        ensure_built_in_instruments()
        instrument = Instrument.objects.get(key=CULTURAL_AUDIT.key)
    at = days_ago(published_days_ago)
    dates = {"opens_on": at.date() - dt.timedelta(days=40), "closes_on": at.date() - dt.timedelta(days=20)}
    wave = make_wave(instrument, **dates)
    cast(wave, {world.unit: rows})
    publish(wave, by=world.stella, at=at)
    make_audit(programme, wave, which)
    return wave


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    return make_programme(
        mercy.root, mercy.colin, mercy.eli, make_partnership(mercy.unit, mercy.ada, mercy.mara)
    )


def test_both_audits_are_compared_dimension_by_dimension(
    mercy: World, programme: PartnershipProgramme, in_mercy: Scope
) -> None:
    held(programme, mercy, AuditPoint.START, LOW, 300)
    held(programme, mercy, AuditPoint.END, HIGH, 10)
    report = culture_report(programme, member_of(mercy.ada), on=TODAY)
    assert report is not None
    assert report.is_complete
    assert [row.label for row in report.rows] == [
        "All together",
        "Trust",
        "Communication",
        "Shared goals",
        "Knowing each other",
        "Motivations",
        "Meeting frequency",
        "Problem solving",
    ]
    whole = report.rows[0]
    assert whole.first is not None
    assert whole.second is not None
    assert (whole.first.n, whole.second.n) == (20, 20)
    assert (report.low, report.high) == (1, 5)
    assert whole.difference == pytest.approx(whole.second.mean - whole.first.mean)
    assert 1 <= whole.first.mean < whole.second.mean <= 5


def test_of_fewer_than_ten_no_dimension_is_told_and_of_fewer_than_five_nothing(
    mercy: World, programme: PartnershipProgramme, in_mercy: Scope
) -> None:
    held(programme, mercy, AuditPoint.START, LOW[:9], 300)
    wave = held(programme, mercy, AuditPoint.END, HIGH[:4], 10)
    assert wave.threshold == 5
    report = culture_report(programme, member_of(mercy.henry), on=TODAY)
    assert report is not None
    first, second = (report.audits[which].figures for which in AuditPoint.values)
    assert set(first) == {INDEX}
    assert second == {}
    assert {row.difference for row in report.rows} == {None}


def test_those_who_take_part_read_it_a_week_after_it_is_published(
    mercy: World, programme: PartnershipProgramme, sign_in: SignIn
) -> None:
    held(programme, mercy, AuditPoint.START, LOW, 6)
    page = reverse("partnerships:programme_culture", args=[mercy.slug, programme.pk])

    def told(who: str) -> bool:
        answer = sign_in(mercy.people[who]).get(page)
        assert answer.status_code == 200
        return "In figures" in answer.content.decode()

    assert {who: told(who) for who in ("ada", "mara", "colin", "henry", "eli")} == {
        "ada": False,
        "mara": False,
        "colin": False,
        "henry": True,
        "eli": True,
    }
    assert sign_in(mercy.stella).get(page).status_code == 404


def test_who_only_sees_to_a_part_is_told_of_no_audit(
    mercy: World, programme: PartnershipProgramme, sign_in: SignIn
) -> None:
    """Aude sees to an away day: she finds the programme, and nothing of what was answered."""
    held(programme, mercy, AuditPoint.START, LOW, 300)
    make_phase(programme, owner_id=mercy.aude.pk)
    page = reverse("partnerships:programme_culture", args=[mercy.slug, programme.pk])
    answers = {who: sign_in(mercy.people[who]).get(page).content.decode() for who in ("ada", "aude")}
    assert {who: "In figures" in page for who, page in answers.items()} == {"ada": True, "aude": False}


def test_a_unit_by_itself_is_told_to_whoever_may_read_its_report(
    mercy: World, programme: PartnershipProgramme, in_mercy: Scope
) -> None:
    """Mara leads cardiology, Henry sees the overview; Ada is one of its people."""
    held(programme, mercy, AuditPoint.START, LOW, 300)
    held(programme, mercy, AuditPoint.END, HIGH, 10)

    def units(who: str) -> list[str]:
        report = culture_report(programme, member_of(mercy.people[who]), on=TODAY)
        assert report is not None
        return [row.label for row in report.units]

    assert {who: units(who) for who in ("ada", "mara", "henry")} == {
        "ada": [],
        "mara": ["Cardiology"],
        "henry": ["Cardiology"],
    }


def test_without_an_audit_there_is_no_report(mercy: World, dyad: Partnership) -> None:
    programme = make_programme(mercy.root, mercy.colin, mercy.eli, dyad)
    assert culture_report(programme, member_of(mercy.henry), on=TODAY) is None
