"""The words that every new contract begins with, over the REST API."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.contracts import TermsBody, terms_of
from mentoring.forms.contracts import LONGEST_DAYS
from mentoring.models import TemplateDeliverable
from mentoring.models.contracts import MOST_DELIVERABLES
from mentoring.permissions import CONTRACT_TEMPLATE_IS_KEPT_BY, can_keep_contract_template
from mentoring.queries.contracts import contract_template
from mentoring.services.contracts import save_contract_template
from people.access import demand
from people.rest.answers import done, valid, words
from people.rest.views import MemberAPIView


class TemplateLine(serializers.ModelSerializer[TemplateDeliverable]):
    title = words(120)
    due_days = serializers.IntegerField(
        min_value=1, max_value=LONGEST_DAYS, help_text="After so many days from the first draft."
    )

    class Meta:
        model = TemplateDeliverable
        fields = ["title", "due_days"]


class TemplateEntry(TermsBody):
    deliverables = serializers.ListField(child=TemplateLine(), max_length=MOST_DELIVERABLES)


class TemplateView(MemberAPIView):
    """For HR admins and directors of all programmes."""

    @extend_schema(
        operation_id="mentoring_contract_template",
        summary="The words every new contract begins with",
        tags=TAGS,
        responses=TemplateEntry,
    )
    def get(self, request: Request) -> Response:
        demand(can_keep_contract_template(self.member), CONTRACT_TEMPLATE_IS_KEPT_BY)
        return self.shown()

    @extend_schema(
        operation_id="save_mentoring_contract_template",
        summary="Change what new contracts begin with; those that are there stay as they are",
        tags=TAGS,
        request=TemplateEntry,
        responses=TemplateEntry,
    )
    def put(self, request: Request) -> Response:
        demand(can_keep_contract_template(self.member), CONTRACT_TEMPLATE_IS_KEPT_BY)
        body = valid(TemplateEntry(data=request.data))
        lines = [(line["title"], line["due_days"]) for line in body["deliverables"]]
        done(lambda: save_contract_template(terms_of(body), lines, by=self.member))
        return self.shown()

    def shown(self) -> Response:
        template, lines = contract_template()
        if template is None:
            raise NotFound
        told = {name: getattr(template, name) for name in ("purpose", "rhythm", "confidentiality")}
        return Response(TemplateEntry({**told, "deliverables": lines}).data)
