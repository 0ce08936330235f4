"""Standards, requirements and what is held against them: keeping and reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from insights.enums import EvidenceSource
from insights.models import DocumentReference, Mapping, Requirement, Standard
from insights.queries.accreditation import standards
from insights.services.accreditation import (
    RequirementWording,
    StandardWording,
    add_document,
    add_requirement,
    add_standard,
    change_requirement,
    change_standard,
    map_evidence,
)
from people.models import Person
from succession.models import ExposureMonth
from tenancy.scope import Scope, tenant_transaction
from tests.factories.accreditation import make_document, make_mapping, make_requirement, make_standard
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
PLACE = "/o/mercy/insights/accreditation/"


@pytest.fixture
def standard(mercy: World) -> Standard:
    return make_standard(mercy.organization)


class TestKeeping:
    def test_only_hr_keeps_it(self, mercy: World, in_mercy: Scope) -> None:
        for person in (mercy.eli, mercy.paula, mercy.olga):
            with pytest.raises(PermissionDenied):
                add_standard(StandardWording("Teaching"), by=member_of(person))
        assert add_standard(StandardWording(" Teaching "), by=member_of(mercy.henry)).name == "Teaching"

    def test_a_standard_is_there_once_an_edition(
        self, mercy: World, in_mercy: Scope, standard: Standard
    ) -> None:
        henry = member_of(mercy.henry)
        newer = add_standard(StandardWording(standard.name, "2030"), by=henry)
        with pytest.raises(ValidationError, match="already"):
            change_standard(newer, StandardWording(standard.name, standard.edition), by=henry)

    def test_a_new_requirement_is_the_last_one(
        self, mercy: World, in_mercy: Scope, standard: Standard
    ) -> None:
        henry = member_of(mercy.henry)
        first = add_requirement(standard, RequirementWording("A", "One", position=7), by=henry)
        second = add_requirement(standard, RequirementWording("B", "Two"), by=henry)
        assert (first.position, second.position) == (7, 8)
        with pytest.raises(ValidationError, match="number already"):
            add_requirement(standard, RequirementWording("A", "Three"), by=henry)

    def test_one_that_no_longer_applies_keeps_its_place_and_evidence(
        self, mercy: World, in_mercy: Scope, standard: Standard
    ) -> None:
        kept = make_requirement(standard, position=3)
        make_mapping(kept)
        change_requirement(kept, RequirementWording("L.1", "Words", applies=False), by=member_of(mercy.henry))
        kept.refresh_from_db()
        assert (kept.applies, kept.position, kept.mappings.count()) == (False, 3, 1)

    def test_a_source_is_named_once_and_its_note_changed(
        self, mercy: World, in_mercy: Scope, standard: Standard
    ) -> None:
        requirement, henry = make_requirement(standard), member_of(mercy.henry)
        for note in ("First", " Second "):
            map_evidence(requirement, EvidenceSource.SURVEYS, note, by=henry)
        assert [each.note for each in Mapping.objects.all()] == ["Second"]

    def test_a_document_is_kept_somewhere(self, mercy: World, in_mercy: Scope, standard: Standard) -> None:
        requirement, henry = make_requirement(standard), member_of(mercy.henry)
        for link, place in (("", " "), ("http://files.example/a", "")):
            with pytest.raises(ValidationError):
                add_document(requirement, title="Minutes", link=link, place=place, by=henry)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_document(requirement, place="", link="javascript:alert(1)")
        add_document(requirement, title="Minutes", link="https://files.example/a", place="", by=henry)
        assert DocumentReference.objects.count() == 1

    def test_gaps_are_counted_of_what_applies(
        self, mercy: World, in_mercy: Scope, standard: Standard
    ) -> None:
        make_mapping(make_requirement(standard, "A"))
        make_mapping(Requirement.objects.get(code="A"), EvidenceSource.SURVEYS)
        make_document(make_requirement(standard, "B"))
        make_requirement(standard, "C")
        make_requirement(standard, "D", applies=False)
        assert [(each.count, each.gaps) for each in standards()] == [(3, 1)]


class TestPages:
    def test_an_empty_list_says_what_to_do(self, mercy: World, sign_in: SignIn) -> None:
        assert "No standard yet" in sign_in(mercy.henry).get(PLACE).content.decode()

    def test_gaps_come_first(self, mercy: World, sign_in: SignIn, standard: Standard) -> None:
        make_mapping(make_requirement(standard, "Held.1"), note="As counted in spring")
        make_requirement(standard, "Gap.2", position=2)
        make_requirement(standard, "Past.3", position=3, applies=False)
        page = sign_in(mercy.eli).get(f"{PLACE}{standard.pk}/").content.decode()
        body = page[page.index("<main") :]
        assert body.index("Gap.2") < body.index("Held.1") < body.index("Past.3")
        assert "As counted in spring" in body
        assert "Add a requirement" not in body

    def test_a_requirement_shows_the_figures_of_the_year(
        self, mercy: World, sign_in: SignIn, standard: Standard
    ) -> None:
        requirement = make_requirement(standard)
        make_mapping(requirement, EvidenceSource.POOLS)
        this_year = timezone.localdate().year
        with tenant_transaction(mercy.organization.pk):
            ExposureMonth.objects.create(
                month=dt.date(this_year - 1, 5, 1), positions=8, exposed=1, counts={"no_pool": 2}
            )
        browser = sign_in(mercy.paula)
        address = f"{PLACE}{standard.pk}/"
        assert "not kept for this year" in browser.get(address).content.decode()
        assert "6 of 8, 75 %" in browser.get(address, {"year": this_year - 1}).content.decode()
        assert browser.get(address, {"year": "1066"}).context["year"].first.year == this_year

    def test_programme_directors_come_from_the_figures_of_mentoring(
        self, mercy: World, sign_in: SignIn
    ) -> None:
        browser = sign_in(mercy.paula)
        assert PLACE in browser.get("/o/mercy/mentoring/accreditation/").content.decode()
        assert browser.get(PLACE).context["breadcrumbs"][0].url == "/o/mercy/mentoring/accreditation/"

    def test_from_an_empty_page_to_evidence(self, mercy: World, sign_in: SignIn) -> None:
        browser = sign_in(mercy.henry)
        form = {"name": "Teaching hospitals", "edition": "2026", "first_month": "7"}
        made = browser.post(f"{PLACE}new/", form, follow=True)
        standard = made.context["standard"]
        assert (standard.name, standard.first_month) == ("Teaching hospitals", 7)
        wording = {"code": "L.4", "text": "Mentors are trained.", "applies": "on"}
        page = browser.post(f"{PLACE}{standard.pk}/new/", wording, follow=True)
        address = f"/o/mercy/insights/requirements/{page.context['requirement'].pk}/"
        browser.post(f"{address}evidence/", {"source": "mentored", "note": "All of them"})
        browser.post(f"{address}documents/", {"title": "Course", "link": "https://files.example/course"})
        page = browser.get(address)
        assert "All of them" in page.content.decode()
        assert "https://files.example/course" in page.content.decode()
        (mapping,), (document,) = page.context["mappings"], page.context["documents"]
        browser.post(f"/o/mercy/insights/evidence/{mapping.pk}/remove/")
        browser.post(f"/o/mercy/insights/documents/{document.pk}/remove/")
        page = browser.get(f"{PLACE}{standard.pk}/")
        assert [each.code for each in page.context["study"].gaps] == ["L.4"]

    def test_a_form_that_says_nothing_is_answered_with_it(
        self, mercy: World, sign_in: SignIn, standard: Standard
    ) -> None:
        browser, requirement = sign_in(mercy.henry), make_requirement(standard)
        address = f"/o/mercy/insights/requirements/{requirement.pk}/"
        for path, form in (
            (f"{PLACE}new/", {"name": ""}),
            (f"{PLACE}{standard.pk}/edit/", {"name": ""}),
            (f"{PLACE}{standard.pk}/new/", {"code": "L.1", "text": "Again"}),
            (address, {"code": ""}),
            (f"{address}evidence/", {"source": "rumours"}),
            (f"{address}documents/", {"title": "Course"}),
        ):
            assert browser.post(path, form).status_code == 422, path

    def test_what_another_organisation_keeps_is_not_there(
        self, mercy: World, fenwick: World, sign_in: SignIn
    ) -> None:
        theirs = make_requirement(make_standard(fenwick.organization))
        mapping, document = make_mapping(theirs), make_document(theirs)
        browser = sign_in(mercy.henry)
        assert browser.get(f"{PLACE}{theirs.standard_id}/").status_code == 404
        for path in (f"evidence/{mapping.pk}", f"documents/{document.pk}"):
            assert browser.post(f"/o/mercy/insights/{path}/remove/").status_code == 404

    def test_pages_ask_as_often_for_more(self, mercy: World, sign_in: SignIn, standard: Standard) -> None:
        browser = sign_in(mercy.eli)
        for path in (PLACE, f"{PLACE}{standard.pk}/"):
            counts = []
            for number in (1, 2, 3):
                requirement = make_requirement(standard, f"{len(path)}.{number}")
                for source in EvidenceSource:
                    make_mapping(requirement, source)
                make_document(requirement)
                make_standard(mercy.organization, f"{number} for {path}")
                with CaptureQueriesContext(connection) as asked:
                    assert browser.get(path).status_code == 200
                counts.append(len(asked))
            assert counts[0] == counts[2], path
