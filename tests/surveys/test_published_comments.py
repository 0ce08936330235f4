"""Comments from the ballot box to where they are read."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from people.models import Person, Unit
from surveys.models import PublishedComment, Wave
from tenancy.scope import tenant_transaction
from tests.factories.people import make_person, make_unit
from tests.factories.surveys import answer, make_live_wave, make_short_instrument, publish
from tests.world import World


def commented_wave(mercy: World, sizes: dict[str, int], *, at: dt.datetime | None = None) -> Wave:
    """A published wave in which everybody of some teams below the unit wrote a comment of their own."""
    with tenant_transaction(mercy.organization.pk):
        teams = {name: make_unit(mercy.organization, name, parent=mercy.unit) for name in sizes}
        people: dict[Unit, list[Person]] = {
            teams[name]: [make_person(mercy.organization, f"{name} {n}", teams[name]) for n in range(size)]
            for name, size in sizes.items()
        }
        wave = make_live_wave(make_short_instrument(mercy.organization), people)
        for team, raters in people.items():
            for number, rater in enumerate(raters):
                level = 1 + number % 5
                answer(wave, rater, [level, 6 - level, 3], f"{team.name} says {number}")
    publish(wave, by=mercy.stella, at=at)
    return wave


def test_comments_are_read_one_level_up(committed_mercy: World) -> None:
    wave = commented_wave(committed_mercy, {"North": 6, "South": 5})
    with tenant_transaction(wave.organization_id):
        read = PublishedComment.objects.filter(wave=wave)
        assert set(read.values_list("unit", flat=True)) == {committed_mercy.unit.pk}
        written = [f"North says {n}" for n in range(6)] + [f"South says {n}" for n in range(5)]
        assert sorted(read.values_list("text", flat=True)) == sorted(written)


def test_comments_of_fewer_than_ten_are_not_read_anywhere(committed_mercy: World) -> None:
    wave = commented_wave(committed_mercy, {"North": 5, "South": 4})
    with tenant_transaction(wave.organization_id):
        assert not PublishedComment.objects.filter(wave=wave).exists()


def test_comments_of_one_team_alone_are_not_read_anywhere(committed_mercy: World) -> None:
    wave = commented_wave(committed_mercy, {"North": 12})
    with tenant_transaction(wave.organization_id):
        assert not PublishedComment.objects.filter(wave=wave).exists()


def test_nothing_beside_its_text_tells_one_comment_from_another() -> None:
    fields = {field.name for field in PublishedComment._meta.local_fields}
    assert fields == {"id", "organization", "wave", "unit", "text"}


def test_a_published_comment_can_neither_be_changed_nor_deleted(committed_mercy: World) -> None:
    wave = commented_wave(committed_mercy, {"North": 6, "South": 6})
    with tenant_transaction(wave.organization_id):
        read = PublishedComment.objects.filter(wave=wave)
        assert read.count() == 12
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            read.update(text="better")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            read._raw_delete("default")
        late = PublishedComment(wave=wave, unit=committed_mercy.unit, text="late")
        with pytest.raises(DatabaseError, match="only while the wave is closed"), transaction.atomic():
            late.save(force_insert=True)
