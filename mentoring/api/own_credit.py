"""One's own credit for mentoring over the REST API, and the rule that it follows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.credit import YEAR, known_year
from mentoring.credit import Credit
from mentoring.enums import Tier
from mentoring.forms.credit import CreditRuleForm
from mentoring.models import CreditRule
from mentoring.permissions import CREDIT_IS_RULED_BY, can_rule_credit
from mentoring.queries.credit import ledger_of, rule_history, total_of
from mentoring.services.credit import change_credit_rule
from people.access import demand
from people.rest.answers import RefusedValues, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView


class Credited(serializers.Serializer[Credit]):
    months = serializers.IntegerField(read_only=True)
    hours = serializers.FloatField(read_only=True)
    percent_fte = serializers.FloatField(read_only=True)
    points = serializers.FloatField(read_only=True)


class LedgerEntry(serializers.Serializer[Any]):
    """A mentorship's credit in a year."""

    mentorship = serializers.UUIDField(source="mentorship.pk", read_only=True)
    mentee = ColleagueEntry(source="mentorship.mentee", read_only=True)
    tier = serializers.ChoiceField(source="mentorship.tier", choices=Tier.choices, read_only=True)
    credit = Credited(read_only=True)


class OwnLedger(serializers.Serializer[Any]):
    mentorships = LedgerEntry(many=True, read_only=True)
    total = Credited(read_only=True)


class OwnCreditView(MemberAPIView):
    @extend_schema(
        operation_id="my_mentoring_credit",
        summary="My own credit in a year, by mentorship",
        tags=TAGS,
        parameters=[YEAR],
        responses=OwnLedger,
    )
    def get(self, request: Request, year: int) -> Response:
        lines = ledger_of(self.member.person_id, known_year(year), on=timezone.localdate())
        return Response(OwnLedger({"mentorships": lines, "total": total_of(lines)}).data)


class CreditRuleEntry(serializers.ModelSerializer[CreditRule]):
    """A version of the rule; a year follows the newest one that counts from it or before."""

    percent_fte = serializers.FloatField(read_only=True)
    changed_by = serializers.CharField(
        source="changed_by.name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = CreditRule
        fields = [
            *("version", "from_year", "percent_fte", "full_time_hours", "points"),
            *("award_raters", "grant_months", "reason", "changed_by", "changed_at"),
        ]


class NewCreditRule(serializers.Serializer[Any]):
    """What mentoring somebody for a year is worth, and what the award and the grant ask for."""

    from_year = serializers.IntegerField(help_text="Years before keep the rule they have.")
    percent_fte = serializers.FloatField(help_text="Percent of a full-time equivalent, 0 to 20.")
    full_time_hours = serializers.IntegerField()
    points = serializers.IntegerField()
    award_raters = serializers.IntegerField(help_text="Mentees who have to have rated, five at least.")
    grant_months = serializers.IntegerField()
    reason = words(300)


class CreditRuleView(MemberAPIView):
    MOST = 50

    @extend_schema(
        operation_id="mentoring_credit_rule",
        summary="The rule of credit in its versions, the newest first",
        tags=TAGS,
        responses=CreditRuleEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(CreditRuleEntry(rule_history()[: self.MOST], many=True).data)

    @extend_schema(
        operation_id="change_mentoring_credit_rule",
        summary="Put a new version in force for a year and those after it",
        description="For HR admins.",
        tags=TAGS,
        request=NewCreditRule,
        responses={201: CreditRuleEntry},
    )
    def post(self, request: Request) -> Response:
        demand(can_rule_credit(self.member), CREDIT_IS_RULED_BY)
        # The page's form knows the bounds, some of which follow the day.
        form = CreditRuleForm(valid(NewCreditRule(data=request.data)), year=timezone.localdate().year)
        if not form.is_valid():
            raise RefusedValues({name: list(map(str, said)) for name, said in form.errors.items()})
        made = change_credit_rule(form.terms(), reason=form.cleaned_data["reason"], by=self.member)
        return Response(CreditRuleEntry(made).data, status=status.HTTP_201_CREATED)
