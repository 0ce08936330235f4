"""Views of the dashboard that people keep, and share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from people.models import Person, RoleGrant
from readiness.models import SavedView
from readiness.saved_views import MOST, Wish, keep_view, remove_view
from tests.factories.readiness import make_snapshot
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.usefixtures("in_mercy")


class TestKeeping:
    def test_the_filters_of_the_dashboard_are_kept_and_nothing_else(self, mercy: World) -> None:
        address = {"profession": "nurse", "quarter": "2026Q3", "page": "4", "tier": ""}
        made = keep_view(Wish(" Nurses ", address), by=member_of(mercy.paula))
        assert (made.name, made.filters, made.is_shared) == ("Nurses", {"profession": "nurse"}, False)
        again = keep_view(Wish("Nurses", {"tier": "chair"}), by=member_of(mercy.paula))
        assert (again.pk, again.filters) == (made.pk, {"tier": "chair"})

    def test_not_for_executives_and_not_without_end(self, mercy: World) -> None:
        with pytest.raises(PermissionDenied):
            keep_view(Wish("All", {}), by=member_of(mercy.eli))
        for number in range(MOST):
            keep_view(Wish(f"View {number}", {}), by=member_of(mercy.paula))
        with pytest.raises(ValidationError, match="remove one first"):
            keep_view(Wish("One more", {}), by=member_of(mercy.paula))

    def test_nobody_removes_anothers(self, mercy: World) -> None:
        made = keep_view(Wish("All", {}, is_shared=True), by=member_of(mercy.paula))
        assert not remove_view(made.pk, by=member_of(mercy.henry))
        assert remove_view(made.pk, by=member_of(mercy.paula))


class TestPages:
    def test_from_the_dashboard_to_a_kept_view_and_back(self, mercy: World, sign_in: SignIn) -> None:
        make_snapshot(mercy.ada)
        client = sign_in(mercy.paula)
        dashboard = reverse("readiness:cohorts", args=["mercy"])
        kept = reverse("readiness:saved", args=["mercy"])
        assert f"{kept}?profession=nurse" in client.get(f"{dashboard}?profession=nurse").content.decode()
        refused = client.post(f"{kept}?profession=nurse", {"name": ""})
        assert refused.status_code == 422
        assert "Profession: Nurse" in refused.content.decode()
        client.post(f"{kept}?profession=nurse", {"name": "Nurses"})
        shown = client.get(kept).content.decode()
        assert f'{dashboard}?profession=nurse">Nurses</a>' in shown
        assert "Nurses" not in sign_in(mercy.henry).get(kept).content.decode()

    def test_a_shared_view_that_names_what_i_do_not_see_says_so(self, mercy: World, sign_in: SignIn) -> None:
        make_snapshot(mercy.ada)
        RoleGrant.objects.filter(person=mercy.paula).update(cohort=mercy.cohort)
        gone = "00000000-0000-4000-8000-000000000000"
        SavedView.objects.create(
            person=mercy.henry, name="Old", filters={"cohort": gone}, is_shared=True, made_on="2026-01-01"
        )
        shown = sign_in(mercy.paula).get(reverse("readiness:saved", args=["mercy"])).content.decode()
        assert "not there, or not for you" in shown
        assert ">Old</a>" not in shown
        assert f"by {mercy.henry.name}" in shown
