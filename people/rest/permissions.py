"""Closed unless an endpoint opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:  # rest_framework.views reads the settings, which name this module
    from rest_framework.views import APIView


class MayEnter(BasePermission):
    """The default of every endpoint: there is a member, so the door has been passed. What a member may do is
    asked of the predicates in each app's `permissions`."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return getattr(view, "member", None) is not None
