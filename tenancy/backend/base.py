"""Django's PostgreSQL backend, telling each outermost transaction whom it works for.

The setting is local to the transaction, so a pooled connection can never carry one organisation's
scope into another's request, and no request, task, command or test can forget to set it.
"""

from __future__ import annotations

import select
from typing import Any, Final

from django.db.backends.postgresql import base
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from tenancy.scope import scope_or_none

_SET_SCOPE = """
SELECT set_config('clinicleader.organization', %s, true), set_config('clinicleader.actor', %s, true),
       set_config('clinicleader.request', %s, true), set_config('clinicleader.reason', %s, true)
"""


# Pages join six to nine tables to fetch a few rows by their keys. Where PostgreSQL tries all orders of up to
# eight, planning takes ten times as long as fetching; the ORM names a row's table before those it leads to.
_JOINS_PLANNED_TOGETHER: Final = 5


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        parameters = super().get_connection_params()
        options = f"-c join_collapse_limit={_JOINS_PLANNED_TOGETHER}"
        return parameters | {"options": f"{parameters.get('options', '')} {options}".strip()}

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> Any:
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        if not autocommit and scope_or_none() is not None:
            self.apply_scope()

    def is_usable(self) -> bool:
        """Whether a connection that is open since an earlier request can serve this one.

        As long as nothing has failed and the server says nothing, it has not hung up and need not be asked.
        """
        if self.connection is None or self.connection.closed or self.errors_occurred:
            return super().is_usable()
        listening = select.poll()
        listening.register(self.connection.fileno(), select.POLLIN)
        return not listening.poll(0) or super().is_usable()

    def apply_scope(self) -> None:
        """Write the scope in force into the open transaction."""
        if self.connection is None or self.connection.info.transaction_status == TRANSACTION_STATUS_INERROR:
            # The transaction can only roll back, and rolling back restores the earlier setting.
            return
        scope = scope_or_none()
        values = (
            ("", "", "", "")
            if scope is None
            else (str(scope.organization_id), str(scope.actor_id or ""), scope.request_id, scope.reason)
        )
        with self.connection.cursor() as cursor:
            cursor.execute(_SET_SCOPE, values)
