"""Results of skill pods as a learning system hands them in: the Statement resource of xAPI, for writing."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from passport.outside.settling import keep_results
from passport.outside.shape import MOST, Statement
from passport.outside.statements import VERSION, Result, canonical, result_from
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
    """The statements of a body, checked; each message is at its place."""
    sent = body if isinstance(body, list) else [body]
    if len(sent) > MOST:
        raise serializers.ValidationError([_("Send at most %(most)s statements at once.") % {"most": MOST}])
    read = [Statement(data=each) for each in sent]
    faults = {str(place): each.errors for place, each in enumerate(read) if not each.is_valid()}
    if faults:
        raise serializers.ValidationError(faults)
    first: dict[UUID, int] = {}
    results = []
    for place, (each, raw) in enumerate(zip(read, sent, strict=True)):
        statement_id = each.validated_data.get("id") or uuid4()
        if statement_id in first:
            told = _("Statement %(place)s of this body has this id already.") % {"place": first[statement_id]}
            raise serializers.ValidationError({str(place): {"id": [told]}})
        first[statement_id] = place
        results.append(result_from(each.validated_data, canonical(raw), statement_id=statement_id))
    return results
