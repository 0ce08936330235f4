"""Entry points of the job ledger and the outbox into people."""

from people.services.notifications import TOPIC, deliver_notification
from tenancy.jobs import delivers

delivers(TOPIC)(deliver_notification)
