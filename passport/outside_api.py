"""Results of skill pods as a learning system hands them in: the Statement resource of xAPI, for writing."""

from __future__ import annotations

import re
from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from passport.outside.reading import read_body
from passport.outside.settling import keep_results
from passport.outside.shape import Statement
from passport.outside.statements import VERSION, Result
from people.access import demand
from people.enums import TokenPurpose
from people.permissions import RESULTS_ARE_BROUGHT_BY, can_bring_results
from people.rest.answers import MOVED, done
from people.rest.views import MemberAPIView

HEADER: Final = "X-Experience-API-Version"
_OURS: Final = re.compile(r"1\.0(\.\d{1,3})?")


class StatementsView(MemberAPIView):
    purposes = frozenset({TokenPurpose.LEARNING})

    @extend_schema(
        operation_id="xapi_statements",
        summary="Hand in results of skill pods (xAPI 1.0.3)",
        description=(
            "One statement or up to 500, all or none. What was passed or completed becomes a claim that a "
            "verifier here decides; whom or what nobody knows here is kept aside for HR to place. For HR "
            "admins and directors of all programmes, with a token of theirs or one for a learning system."
        ),
        tags=["Learning systems"],
        parameters=[
            OpenApiParameter(
                HEADER, str, OpenApiParameter.HEADER, required=True, pattern=r"^1\.0(\.\d{1,3})?$"
            )
        ],
        request=Statement(many=True),
        responses={
            200: serializers.ListSerializer(child=serializers.UUIDField()),
            **MOVED,
        },
    )
    def post(self, request: Request) -> Response:
        demand(can_bring_results(self.member), RESULTS_ARE_BROUGHT_BY)
        if not _OURS.fullmatch(request.headers.get(HEADER, "")):
            raise serializers.ValidationError({HEADER: [_("Say version 1.0.3 in this header.")]})
        results = results_in(request.data)
        done(lambda: keep_results(results, by=self.member))
        return Response([str(each.statement_id) for each in results])

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer[HEADER] = VERSION
        return answer


def results_in(body: Any) -> list[Result]:
    """The statements of a body, checked: all or none. Each message is at its place."""
    read = read_body(body)
    if read.faults:
        raise serializers.ValidationError({str(place): each for place, each in read.faults.items()})
    return list(read.results.values())
