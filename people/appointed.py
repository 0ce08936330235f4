"""That appointments have changed: rooms above do at once what follows from a new role."""

from __future__ import annotations

from django.dispatch import Signal

# Sent in the transaction that writes a file of appointments.
appointments_written = Signal()

# Sent in the transaction in which a selection ends: `appointment`, `partner` (or None) and `by`.
leader_chosen = Signal()
