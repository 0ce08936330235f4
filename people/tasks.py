"""Entry points of the job ledger and the outbox into people."""

import datetime as dt

from people.invitation_mail import deliver_invitation
from people.services.invitations import MAIL_TOPIC
from people.services.membership import end_access_of_leavers
from people.services.notifications import TOPIC, deliver_notification
from tenancy.jobs import Nightly, delivers, job

delivers(TOPIC)(deliver_notification)
delivers(MAIL_TOPIC)(deliver_invitation)


@job("people.end_access_of_leavers", title="End the access of people who left", schedule=Nightly())
def end_leavers(period: str, key: str) -> dict[str, object]:
    return {"ended": end_access_of_leavers(dt.date.fromisoformat(period) + dt.timedelta(days=1))}
