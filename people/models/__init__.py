"""The tables of people, split by noun."""

from people.models.accounts import ApiToken, Invitation
from people.models.cohorts import Cohort, CohortMembership, Programme
from people.models.demographics import Demographics
from people.models.imports import Import, ImportChange, ImportChunk, ImportFault, ImportMapping
from people.models.notifications import Notification
from people.models.persons import Person, ReportingLine
from people.models.positions import Appointment, Position, TermException
from people.models.roles import RoleGrant
from people.models.units import Unit
from people.models.webhooks import WebhookDelivery, WebhookEndpoint

__all__ = [
    "ApiToken",
    "Appointment",
    "Cohort",
    "CohortMembership",
    "Demographics",
    "Import",
    "ImportChange",
    "ImportChunk",
    "ImportFault",
    "ImportMapping",
    "Invitation",
    "Notification",
    "Person",
    "Position",
    "Programme",
    "ReportingLine",
    "RoleGrant",
    "TermException",
    "Unit",
    "WebhookDelivery",
    "WebhookEndpoint",
]
