"""Publishing a wave: right figures, small cells without numbers, written once."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from people.models import Person, Unit
from surveys.agreement import intraclass_correlation
from surveys.ballots import sums_by_unit
from surveys.built_in import Wording
from surveys.enums import ItemPart
from surveys.group_statistics import group_statistics
from surveys.heat_queries import heat_map_of
from surveys.models import (
    PublishedIndex,
    PublishedItem,
    PublishedScale,
    PublishedWave,
    ReleaseCertificate,
    Wave,
)
from surveys.queries import questionnaire_of, units_in_tree_order, units_surveyed
from surveys.questionnaire import Question
from surveys.release import CellTree, plan_release
from surveys.services.closing import close_wave
from surveys.services.errors import WaveStateError
from surveys.services.publishing import publish_wave
from tenancy.scope import Scope, tenant_transaction
from tests.factories.people import make_appointment, make_line, make_position, make_unit
from tests.factories.surveys import (
    answer,
    cast,
    make_instrument,
    make_launched_wave,
    make_short_instrument,
    make_wave,
    member_of,
    publish,
    spread_answers,
)
from tests.notices import told
from tests.surveys.real_survey import read_real_survey
from tests.world import World


def real_wave(mercy: World) -> tuple[Wave, list[Unit]]:
    survey = read_real_survey()
    questions = [Question(f"lead{n:02}", ItemPart.INDEX, "leadership", 1, 5) for n in range(1, 12)]
    questions += [Question("hostility", ItemPart.OUTCOME, "hostility", 0, 4)]
    instrument = make_instrument(mercy.organization, [Wording(q, q.key) for q in questions])
    units = [
        make_unit(mercy.organization, f"Company {int(row[0])}", parent=mercy.root) for row in survey.reference
    ]
    wave = make_wave(instrument)
    answers: dict[Unit, list[list[float]]] = {unit: [] for unit in units}
    for row, unit in zip(survey.answers.tolist(), survey.units.tolist(), strict=True):
        answers[units[unit]].append([*row, 0])
    cast(wave, answers)
    return wave, units


def test_real_survey_gives_the_reference_figures(mercy: World, in_mercy: Scope) -> None:
    """As planned, before anything is coded: what the database sums up."""
    wave, units = real_wave(mercy)
    close_wave(wave, by=member_of(mercy.stella))
    placed = units_in_tree_order()
    questionnaire = questionnaire_of(wave.instrument)
    sums, left_out = sums_by_unit(wave, [unit.id for unit in placed], questionnaire)
    parent = np.array([unit.parent for unit in placed])
    release = plan_release(parent, sums, questionnaire, threshold=wave.threshold)
    statistics = group_statistics(CellTree.of(parent).sums(sums.index))
    place = {unit.id: number for number, unit in enumerate(placed)}
    for unit, (_, n, mean, sd, agreement) in zip(units, read_real_survey().reference.tolist(), strict=True):
        own = place[unit.pk]
        assert statistics.n[own] == n
        found = [statistics.mean[own], statistics.sd[own], release.agreement[own]]
        assert found == pytest.approx([mean, sd, agreement], abs=1e-6)
    assert (statistics.n[-1], left_out) == (2042, 0)
    correlation = intraclass_correlation(sums.index)  # nobody is in the hospital itself
    assert correlation is not None
    assert correlation.icc1 == pytest.approx(0.08795622, abs=1e-6)
    assert correlation.icc2 == pytest.approx(0.80075437, abs=1e-6)


def test_real_survey_is_stored_to_the_decimals_that_are_shown(mercy: World, in_mercy: Scope) -> None:
    wave, units = real_wave(mercy)
    publish(wave, by=mercy.stella)
    cells = {cell.unit_id: cell for cell in PublishedIndex.objects.filter(wave=wave)}
    reference = read_real_survey().reference
    assert len(cells) == 50  # 49 companies and the hospital
    for unit, (_, n, mean, sd, agreement) in zip(units, reference.tolist(), strict=True):
        cell = cells[unit.pk]
        assert cell.n == n
        assert (cell.bound, cell.mean, cell.sd) == (0, round(mean, 1), round(sd, 1))
        assert cell.agreement == round(agreement, 2)
    everybody = PublishedWave.objects.get(wave=wave)
    assert (everybody.n, everybody.responses, everybody.left_out, everybody.withheld) == (2042, 2042, 0, 0)
    assert everybody.icc1 == pytest.approx(0.08795622, abs=1e-3)
    assert everybody.icc2 == pytest.approx(0.80075437, abs=2e-3)
    certificate = ReleaseCertificate.objects.get(wave=wave)
    assert (certificate.withheld, certificate.threshold) == (0, 5)
    assert certificate.answers > 2042 * 12


def test_leaders_of_units_with_figures_are_told(mercy: World, in_mercy: Scope) -> None:
    """The small unit's leader has nothing to read; a unit nobody led then is read by who leads it now."""
    names = ("Small", "As small", "New")
    small, other, new = (make_unit(mercy.organization, name, parent=mercy.root) for name in names)
    make_appointment(make_position(small, "Head", leads_unit=True), mercy.henry)
    wave = make_wave(make_instrument(mercy.organization))
    start = wave.closes_on + dt.timedelta(days=1)
    make_appointment(make_position(new, "Head", leads_unit=True), mercy.ada, start_date=start)
    few, many = spread_answers(4), spread_answers(20)
    cast(wave, {small: few, other: few, new: many, mercy.unit: many})
    publish(wave, by=mercy.stella)
    cells = PublishedIndex.objects.filter(wave=wave, state="published").values_list("unit", flat=True)
    assert {mercy.unit.pk, new.pk} <= set(cells)
    assert small.pk not in cells
    title = f"“{wave.title}” is published, with a report about your unit."
    assert told() == [({mercy.mara.pk, mercy.ada.pk}, title)]


def test_small_cells_hold_no_numbers_and_their_neighbour_protects_them(mercy: World, in_mercy: Scope) -> None:
    small, middle = (make_unit(mercy.organization, name, parent=mercy.root) for name in ("Small", "Middle"))
    wave = make_wave(make_instrument(mercy.organization))
    cast(wave, {small: spread_answers(3), middle: spread_answers(8), mercy.unit: spread_answers(20)})
    publish(wave, by=mercy.stella)
    cells = {cell.unit_id: cell for cell in PublishedIndex.objects.filter(wave=wave)}
    assert cells[mercy.unit.pk].n == 20  # there is something to show
    assert [cells[unit.pk].state for unit in (small, middle)] == ["withheld", "withheld"]
    for unit in (small, middle):
        numbers = [cells[unit.pk].n, cells[unit.pk].mean, cells[unit.pk].percent, cells[unit.pk].histogram]
        assert numbers == [None] * 4
    assert PublishedScale.objects.filter(wave=wave, unit=mercy.unit).count() == 5
    assert PublishedItem.objects.filter(wave=wave, unit=mercy.unit).count() == 12
    for unit in (small, middle):
        assert not PublishedScale.objects.filter(unit=unit).exists()
        assert not PublishedItem.objects.filter(unit=unit).exists()


def test_behaviours_and_items_need_ten(mercy: World, in_mercy: Scope) -> None:
    nine, ten = (make_unit(mercy.organization, name, parent=mercy.root) for name in ("Nine", "Ten"))
    wave = make_wave(make_instrument(mercy.organization))
    cast(wave, {nine: spread_answers(9), ten: spread_answers(10), mercy.unit: spread_answers(30)})
    publish(wave, by=mercy.stella)
    cells = {cell.unit_id: cell for cell in PublishedIndex.objects.filter(wave=wave)}
    assert (cells[nine.pk].n, cells[ten.pk].n) == (9, 10)
    # Ten alone could be published; but root minus ten minus thirty would then be the nine.
    assert set(PublishedItem.objects.values_list("unit__name", flat=True)) == {"Mercy Hospital", "Cardiology"}
    assert cells[nine.pk].histogram is None
    assert sum(cells[mercy.unit.pk].histogram or []) == 30


def test_incomplete_responses_are_counted_and_not_scored(mercy: World, in_mercy: Scope) -> None:
    rows = spread_answers(12)
    rows += [[np.nan] * 3 + row[3:] for row in spread_answers(2, seed=5)]
    wave = make_wave(make_instrument(mercy.organization))
    cast(wave, {mercy.unit: rows})
    publish(wave, by=mercy.stella)
    published = PublishedWave.objects.get(wave=wave)
    assert (published.responses, published.left_out, published.n) == (14, 2, 12)


def test_leader_of_the_closing_day_is_on_record(mercy: World, in_mercy: Scope) -> None:
    wave = make_wave(make_short_instrument(mercy.organization))
    cast(wave, {mercy.unit: spread_answers(6, items=3)})
    publish(wave, by=mercy.stella)
    cell = PublishedIndex.objects.get(wave=wave, unit=mercy.unit)
    assert cell.leader_id == mercy.mara.pk
    assert cell.percent == pytest.approx(100 * ((cell.mean or 0) - 2) / 8)


def test_a_wave_is_published_once(mercy: World, in_mercy: Scope) -> None:
    wave = make_wave(make_short_instrument(mercy.organization))
    cast(wave, {mercy.unit: spread_answers(6, items=3)})
    stella = member_of(mercy.stella)
    with pytest.raises(WaveStateError, match="Only a closed wave"):
        publish_wave(wave, by=stella)
    publish(wave, by=mercy.stella)
    with pytest.raises(WaveStateError, match="Only a closed wave"):
        publish_wave(wave, by=stella)
    with pytest.raises(WaveStateError, match="Only an open wave"):
        close_wave(wave, by=stella)


@pytest.mark.parametrize("name", ["ada", "mara", "paula", "olga", "eli", "aude", "colin"])
def test_only_those_who_run_surveys_close_and_publish(mercy: World, in_mercy: Scope, name: str) -> None:
    wave = make_wave(make_short_instrument(mercy.organization))
    for act in (close_wave, publish_wave):
        with pytest.raises(PermissionDenied):
            act(wave, by=member_of(mercy.people[name]))


@pytest.mark.parametrize(
    "model", [PublishedIndex, PublishedScale, PublishedItem, PublishedWave, ReleaseCertificate]
)
def test_published_cells_can_neither_be_changed_nor_deleted_nor_added(
    mercy: World, in_mercy: Scope, model: type[PublishedIndex]
) -> None:
    wave = make_wave(make_instrument(mercy.organization))
    cast(wave, {mercy.unit: spread_answers(20)})
    publish(wave, by=mercy.stella)
    assert model.objects.filter(wave=wave).exists()
    row = model.objects.filter(wave=wave)[0]
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(wave=wave)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")
    row.pk = None
    row._state.adding = True
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()


def test_no_cell_comes_after_publication(mercy: World, in_mercy: Scope) -> None:
    wave = make_wave(make_short_instrument(mercy.organization))
    cast(wave, {mercy.unit: spread_answers(6, items=3)})
    publish(wave, by=mercy.stella)
    late = make_unit(mercy.organization, "Late")
    with pytest.raises(DatabaseError, match="takes rows only while the wave is closed"), transaction.atomic():
        PublishedIndex.objects.create(wave=wave, unit=late, position=9, depth=0, state="withheld")


def test_the_surveyed_unit_is_the_top_of_the_tree(mercy: World, in_mercy: Scope) -> None:
    ward = make_unit(mercy.organization, "Ward", parent=mercy.unit)
    make_unit(mercy.organization, "Radiology", parent=mercy.root)
    wave = make_wave(make_short_instrument(mercy.organization), imported=False, unit=mercy.unit)
    placed = {unit.name: (unit.depth, unit.parent) for unit in units_surveyed(wave)}
    order = [unit.name for unit in units_in_tree_order()]
    assert placed["Cardiology"] == (0, -1)
    assert placed[ward.name] == (1, order.index("Cardiology"))
    assert placed["Radiology"] == (1, order.index("Mercy Hospital"))
    for everybody in ({"unit": None}, {"unit": mercy.unit, "imported": True}):
        whole = make_wave(wave.instrument, **({"imported": False} | everybody))
        assert units_surveyed(whole) == units_in_tree_order()


def test_a_survey_of_one_unit_tells_nothing_of_those_above(committed_mercy: World) -> None:
    mercy = committed_mercy
    with tenant_transaction(mercy.organization.pk):
        make_appointment(make_position(mercy.root, "Chief executive", leads_unit=True), mercy.eli)
        make_line(mercy.mara, mercy.eli)
        wave = make_launched_wave(mercy, raters=8, unit=mercy.unit)
        raters = list(Person.objects.filter(given_name__startswith="Rater"))
    for number, person in enumerate(raters):
        with tenant_transaction(mercy.organization.pk):
            answer(wave, person, [1 + number % 5, 1 + (number + 1) % 5, 3])
    publish(wave, by=mercy.stella)
    with tenant_transaction(mercy.organization.pk):
        cells = PublishedIndex.objects.filter(wave=wave)
        assert [(cell.unit_id, cell.depth, cell.n) for cell in cells] == [(mercy.unit.pk, 0, 8)]
        published = PublishedWave.objects.get(wave=wave)
        assert (published.units, published.n) == (1, 8)
        assert heat_map_of(published, list(cells), None, slug=mercy.slug).rows[0].unit == "Cardiology"
