"""Badges of an organisation: an outside library proves them, and says no once they are altered or revoked."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

import jwt
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from openbadgeslib.ob3.credential import OpenBadgeCredential
from openbadgeslib.ob3.status import check_credential_status
from pytest_django import Settings

from passport.badge_queries import public_keys, revoked_places
from passport.badge_services import (
    MOST_IN_LIST,
    issue_badges,
    record_of,
    renew_key,
    revoke_award,
    signing_pair,
)
from passport.badges import Algorithm, claims_of, sign
from passport.badges.credentials import hashed
from passport.models import Award, Milestone, SigningKey, Stamp
from passport.permissions import Subject
from passport.services import revoke_stamp
from people.models import Person
from tenancy.models import AuditEntry
from tenancy.scope import tenant_scope
from tests.factories.passport import (
    find_milestone,
    make_award,
    make_claim,
    make_presets,
    make_signing_key,
    make_stamp,
)
from tests.members import member_of
from tests.notices import told
from tests.world import World


@pytest.fixture
def milestone(mercy: World) -> Milestone:
    make_presets(mercy.organization)
    return find_milestone(mercy.organization, "Shadow a chair meeting")


@pytest.fixture
def stamp(mercy: World, milestone: Milestone) -> Stamp:
    return make_stamp(mercy.ada, milestone, mercy.mara)


@pytest.fixture
def award(stamp: Stamp) -> Award:
    return make_award(stamp)


def fetched(address: str) -> bytes:
    """What anybody reads at an address of the site."""
    answer = Client().get(address)
    assert answer.status_code == 200
    return bytes(answer.content)


def key_of(token: str) -> Any:
    """The public key that a token names, from where it says."""
    return jwt.PyJWK(json.loads(fetched(jwt.get_unverified_header(token)["kid"]))).key


def verified(token: str) -> OpenBadgeCredential:
    """By openbadgeslib, with nothing but what is public."""
    return OB3Verifier(key_of(token)).verify(token)


def check_status(badge: OpenBadgeCredential) -> None:
    """By openbadgeslib: raises for a badge that is revoked, or a list that is not the issuer's."""
    (entry,) = badge.credential_status
    list_key = key_of(fetched(entry["statusListCredential"]).decode())
    check_credential_status(badge, download=fetched, verify_list=True, list_pubkey_pem=list_key)


def altered(token: str, **changed: Any) -> str:
    header, claims, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(claims + "==")) | changed
    return f"{header}.{base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b'=').decode()}.{signature}"


class TestOutsideLibrary:
    @pytest.mark.parametrize("algorithm", Algorithm)
    def test_a_badge_holds(self, mercy: World, stamp: Stamp, algorithm: Algorithm) -> None:
        make_signing_key(mercy.organization, algorithm)
        award = make_award(stamp)
        assert jwt.get_unverified_header(award.token)["alg"] == algorithm.value
        badge = verified(award.token)
        assert badge.id == award.pk.urn
        assert badge.issuer.name == mercy.organization.name
        assert badge.achievement.name == "Shadow a chair meeting"
        assert badge.achievement.criteria_narrative == stamp.rule
        check_status(badge)

    def test_it_says_whose_it_is_by_a_salted_hash_alone(self, mercy: World, award: Award) -> None:
        (identity,) = verified(award.token).identifiers
        assert identity.identity_hash == f"sha256${hashed(mercy.ada.email, identity.salt or '')}"
        said = json.dumps(jwt.decode(award.token, options={"verify_signature": False})).lower()
        assert len(identity.salt or "") == 32
        for word in (mercy.ada.email, mercy.ada.family_name, mercy.mara.family_name, "i was there"):
            # The organisation may be called like its people.
            assert word.lower() not in said.replace(mercy.organization.name.lower(), "").replace(
                mercy.slug, ""
            )

    @pytest.mark.parametrize("claim", ["name", "awardedDate", "credentialStatus"])
    def test_altered_it_fails(self, award: Award, claim: str) -> None:
        with pytest.raises(OB3VerificationError, match="Invalid signature"):
            OB3Verifier(key_of(award.token)).verify(altered(award.token, **{claim: "Something else"}))

    def test_it_fails_under_another_organisations_key(self, award: Award, fenwick: World) -> None:
        make_presets(fenwick.organization)
        theirs = find_milestone(fenwick.organization, "Shadow a chair meeting")
        other = make_award(make_stamp(fenwick.ada, theirs, fenwick.mara))
        with pytest.raises(OB3VerificationError, match="Invalid signature"):
            OB3Verifier(key_of(other.token)).verify(award.token)

    def test_one_that_has_expired_fails(self, mercy: World, award: Award) -> None:
        said = jwt.decode(award.token, options={"verify_signature": False})
        with tenant_scope(mercy.organization.pk):
            over = sign(
                claims_of(said | {"validUntil": "2025-01-01T00:00:00Z"}), signing_pair(mercy.organization)
            )
        with pytest.raises(OB3VerificationError, match="expired"):
            verified(over)

    def test_revoked_by_hand(self, mercy: World, award: Award) -> None:
        badge = verified(award.token)
        with tenant_scope(mercy.organization.pk):
            revoke_award(award, reason="Made out by mistake.", by=member_of(mercy.henry))
        with pytest.raises(OB3VerificationError, match="'revocation' is set"):
            check_status(badge)

    def test_revoked_with_its_stamp(self, mercy: World, stamp: Stamp, award: Award) -> None:
        badge = verified(award.token)
        check_status(badge)
        with tenant_scope(mercy.organization.pk):
            about = Subject(mercy.ada.pk)
            revoke_stamp(stamp, reason="It was another meeting.", subject=about, by=member_of(mercy.mara))
        with pytest.raises(OB3VerificationError, match="'revocation' is set"):
            check_status(badge)

    def test_one_badge_revoked_leaves_the_others(self, mercy: World, award: Award) -> None:
        other = make_award(
            make_stamp(mercy.ada, find_milestone(mercy.organization, "Read a service budget"), mercy.mara)
        )
        with tenant_scope(mercy.organization.pk):
            revoke_award(award, reason="Made out by mistake.", by=member_of(mercy.henry))
        check_status(verified(other.token))

    def test_a_renewed_key_leaves_what_the_old_one_signed(self, mercy: World, award: Award) -> None:
        make_signing_key(mercy.organization)
        later = make_award(
            make_stamp(mercy.ada, find_milestone(mercy.organization, "Read a service budget"), mercy.mara)
        )
        names = [jwt.get_unverified_header(each.token)["kid"] for each in (later, award)]
        published = json.loads(fetched(reverse("badges:keys", args=[mercy.slug])))
        assert [key["kid"] for key in published["keys"]] == names
        for each in (later, award):
            check_status(verified(each.token))


class TestRecord:
    def test_it_holds_every_badge_in_force_under_one_signature(self, mercy: World, award: Award) -> None:
        second = make_award(
            make_stamp(mercy.ada, find_milestone(mercy.organization, "Read a service budget"), mercy.mara)
        )
        with tenant_scope(mercy.organization.pk):
            token = record_of(mercy.organization, mercy.ada.pk) or ""
        said = jwt.decode(token, key_of(token), algorithms=["ES256"])
        assert said["type"] == ["VerifiableCredential", "ClrCredential"]
        assert said["sub"] == said["credentialSubject"]["id"]
        inside = said["credentialSubject"]["verifiableCredential"]
        assert {each["id"] for each in inside} == {award.pk.urn, second.pk.urn}
        for each in inside:
            check_status(OpenBadgeCredential.from_vc_document(each))
        with pytest.raises(jwt.InvalidSignatureError):
            jwt.decode(altered(token, name="Another"), key_of(token), algorithms=["ES256"])

    def test_a_revoked_badge_is_not_in_it(self, mercy: World, award: Award) -> None:
        with tenant_scope(mercy.organization.pk):
            revoke_award(award, reason="Made out by mistake.", by=member_of(mercy.henry))
            assert record_of(mercy.organization, mercy.ada.pk) is None


class TestIssuing:
    def test_it_is_made_once(self, mercy: World, stamp: Stamp) -> None:
        make_signing_key(mercy.organization)
        with tenant_scope(mercy.organization.pk):
            first = issue_badges(mercy.organization, by=member_of(mercy.ada))
            assert [each.stamp_id for each in first] == [stamp.pk]
            assert issue_badges(mercy.organization, by=member_of(mercy.ada)) == []
            assert Award.objects.get().token == first[0].token

    def test_only_for_ones_own_verified_stamps(self, mercy: World, stamp: Stamp) -> None:
        make_claim(mercy.mara, stamp.milestone)
        with tenant_scope(mercy.organization.pk):
            assert issue_badges(mercy.organization, stamp.pk, by=member_of(mercy.mara)) == []
            assert issue_badges(mercy.organization, by=member_of(mercy.mara)) == []

    def test_without_an_address_there_is_nobody_to_make_it_out_to(self, mercy: World, stamp: Stamp) -> None:
        with tenant_scope(mercy.organization.pk):
            Person.objects.filter(pk=mercy.ada.pk).update(email="")
            with pytest.raises(ValidationError, match="e-mail address"):
                issue_badges(mercy.organization, by=member_of(mercy.ada))

    def test_one_that_was_revoked_is_not_made_again(self, mercy: World, award: Award) -> None:
        with tenant_scope(mercy.organization.pk):
            revoke_award(award, reason="Made out by mistake.", by=member_of(mercy.henry))
            assert issue_badges(mercy.organization, by=member_of(mercy.ada)) == []

    def test_a_list_that_is_half_full_is_followed_by_another(
        self, mercy: World, award: Award, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert MOST_IN_LIST * 2 == 131_072
        monkeypatch.setattr("passport.badge_services.MOST_IN_LIST", 1)
        second = make_award(
            make_stamp(mercy.ada, find_milestone(mercy.organization, "Read a service budget"), mercy.mara)
        )
        assert (award.status_list, second.status_list) == (1, 2)


class TestKeys:
    def test_the_private_half_is_encrypted_and_erased_with_its_retirement(
        self, mercy: World, award: Award
    ) -> None:
        make_signing_key(mercy.organization)
        with tenant_scope(mercy.organization.pk):
            new, old = SigningKey.objects.order_by("-made_at")
            assert (old.private_sealed, old.retired_at is None) == ("", False)
            assert "PRIVATE" not in new.private_sealed
            trail = AuditEntry.objects.filter(table_name="passport_signingkey")
            assert trail.count() == 3
            assert all(new.private_sealed not in json.dumps(each.change) for each in trail)

    def test_one_that_cannot_be_read_any_more_is_followed_by_another(
        self, mercy: World, award: Award, settings: Settings
    ) -> None:
        settings.SECRET_KEY = "another secret of fifty characters, all of them new"
        with tenant_scope(mercy.organization.pk):
            signing_pair(mercy.organization)
            assert SigningKey.objects.filter(retired_at=None).count() == 1
            assert len(public_keys()) == 2
        check_status(verified(award.token))

    def test_renewed_by_hr_alone(self, mercy: World) -> None:
        with tenant_scope(mercy.organization.pk):
            for who in (mercy.ada, mercy.mara, mercy.olga, mercy.paula):
                with pytest.raises(PermissionDenied):
                    renew_key(mercy.organization, Algorithm.ES256, by=member_of(who))


class TestRevoking:
    def test_the_person_is_told_who_and_not_why(self, mercy: World, award: Award) -> None:
        with tenant_scope(mercy.organization.pk):
            revoke_award(award, reason="Made out by mistake.", by=member_of(mercy.henry))
            words = "Henry Mercy revoked your badge “Shadow a chair meeting”."
            assert told() == [({mercy.ada.pk}, words)]

    @pytest.mark.parametrize("who", ["ada", "mara", "olga", "paula"])
    def test_by_hr_alone(self, mercy: World, award: Award, who: str) -> None:
        with tenant_scope(mercy.organization.pk), pytest.raises(PermissionDenied):
            revoke_award(award, reason="Made out by mistake.", by=member_of(mercy.people[who]))

    def test_with_a_reason_and_once(self, mercy: World, award: Award) -> None:
        with tenant_scope(mercy.organization.pk):
            henry = member_of(mercy.henry)
            with pytest.raises(ValidationError, match="reason"):
                revoke_award(award, reason=" ", by=henry)
            revoke_award(award, reason="Made out by mistake.", by=henry)
            with pytest.raises(ValidationError, match="somebody else"):
                revoke_award(award, reason="Again.", by=henry)

    def test_the_list_holds_its_place_alone(self, mercy: World, award: Award) -> None:
        with tenant_scope(mercy.organization.pk):
            assert list(revoked_places(1)) == []
            revoke_award(award, reason="Made out by mistake.", by=member_of(mercy.henry))
            assert list(revoked_places(1)) == [award.status_index]


class TestDatabase:
    @pytest.mark.parametrize(
        "changed",
        [{"token": "another"}, {"status_index": 0}, {"issued_at": timezone.now() + dt.timedelta(1)}],
    )
    def test_a_badge_stays_as_it_was_issued(
        self, mercy: World, award: Award, changed: dict[str, Any]
    ) -> None:
        with tenant_scope(mercy.organization.pk), pytest.raises(DatabaseError, match="not changed"):
            Award.objects.filter(pk=award.pk).update(**changed)

    def test_a_revocation_is_not_taken_back(self, mercy: World, award: Award) -> None:
        with tenant_scope(mercy.organization.pk):
            revoke_award(award, reason="Made out by mistake.", by=member_of(mercy.henry))
            with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
                Award.objects.update(revoked_at=None, revoked_by=None, revoke_reason="")
            with pytest.raises(DatabaseError, match="never"):
                Award.objects.all().delete()

    def test_a_key_stays_what_it_is(self, mercy: World, award: Award) -> None:
        with tenant_scope(mercy.organization.pk), pytest.raises(DatabaseError, match="not changed"):
            SigningKey.objects.update(public_jwk={})
