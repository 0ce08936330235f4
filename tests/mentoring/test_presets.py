"""What an organisation begins with."""

from __future__ import annotations

from collections import Counter

import pytest

from clinicleader.founding import found_organization
from mentoring.contract_preset import PURPOSE
from mentoring.enums import TagKind
from mentoring.models import ContractTemplate, MatchWeights, Tag
from mentoring.models.taxonomy import HEAVIEST, LIGHTEST
from mentoring.presets import PRESET_TAGS, PRESET_WEIGHTS
from mentoring.services.presets import install_presets
from mentoring.tasks import bring_presets
from people.services.founding import Founder
from tenancy.models import Organization
from tenancy.scope import tenant_scope
from tests.factories.mentoring import make_tag
from tests.factories.people import make_organization

pytestmark = pytest.mark.django_db


def test_presets_are_about_forty_different_tags_of_every_kind() -> None:
    names = [name for tags in PRESET_TAGS.values() for name in tags]
    assert 35 <= len(names) <= 45
    assert len({name.lower() for name in names}) == len(names)
    assert set(PRESET_TAGS) == set(TagKind)
    assert all(LIGHTEST <= weight <= HEAVIEST for weight in PRESET_WEIGHTS.values())


def test_a_founded_organization_has_tags_and_the_playbooks_rule() -> None:
    found_organization("newton", "Newton", "UTC", Founder("P1", "Fay", "Founder", "fay@newton.example"))
    with tenant_scope(Organization.objects.get(slug="newton").pk):
        kinds = Counter(Tag.objects.values_list("kind", flat=True))
        rule = MatchWeights.objects.get()
    assert kinds == {kind: len(names) for kind, names in PRESET_TAGS.items()}
    assert (rule.version, rule.interest, rule.availability, rule.past_success) == (1, 0.5, 0.3, 0.2)
    assert (rule.bar, rule.prior_weight, rule.years_ahead) == (0.8, 5, 1)


def test_presets_come_once_and_leave_what_is_there() -> None:
    organization = make_organization("newton")
    own = make_tag(organization, "Our own word")
    with tenant_scope(organization.pk):
        install_presets()
        bring_presets("2026-11-22", "")
        assert list(Tag.objects.all()) == [own]
        assert MatchWeights.objects.count() == 1


def test_the_nightly_job_brings_them_to_an_organization_that_has_none() -> None:
    organization = make_organization("newton")
    with tenant_scope(organization.pk):
        bring_presets("2026-11-22", "")
        bring_presets("2026-11-23", "")
        assert Tag.objects.count() == sum(map(len, PRESET_TAGS.values()))
        assert set(MatchWeights.objects.values_list("version", flat=True)) == {1}
        assert [template.purpose for template in ContractTemplate.objects.all()] == [PURPOSE]
