"""Tell a worker that an organisation has work, without ever waiting for the broker.

Requests hand the ring to one background thread. If the broker is down the ring is lost, and the tick that
comes each minute finds the work in the ledger.
"""

from __future__ import annotations

import logging
import queue
import threading

from celery import current_app

WORK = "tenancy.tasks.work"  # by name: the task imports the ledger, which imports this module

log = logging.getLogger(__name__)

_rings: queue.SimpleQueue[int] = queue.SimpleQueue()
_lock = threading.Lock()
_thread: threading.Thread | None = None


def ring(organization_id: int) -> None:
    """Ask for `work` on an organisation, soon. Returns at once."""
    global _thread  # noqa: PLW0603 - one thread a process, started after the web server has forked
    with _lock:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_publish, name="doorbell", daemon=True)
            _thread.start()
    _rings.put(organization_id)


def _publish() -> None:
    while True:
        organization_id = _rings.get()
        try:
            current_app.send_task(WORK, kwargs={"organization_id": organization_id}, ignore_result=True)
        except Exception:  # noqa: BLE001 - whatever the broker's client raises, the ledger is the truth
            log.warning("the broker did not answer; the next tick will find the work")
