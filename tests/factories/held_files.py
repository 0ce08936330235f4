"""Files that somebody hands in."""

from __future__ import annotations

import io
import zipfile
import zlib

from django.db.models.fields.files import FieldFile

from passport.models import HeldFile
from passport.quarantine import hold
from passport.scanning import scan
from tenancy.models import Organization
from tenancy.scope import tenant_transaction


def checked(file: FieldFile, organization: Organization) -> HeldFile:
    """A file of some row, held and looked at."""
    with tenant_transaction(organization.pk):
        held = hold(file)
        scan(held.pk)
        held.refresh_from_db()
        return held


def zipped(*names: str) -> bytes:
    """An archive with members of these names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


def pdf_with_stream(content: bytes, *, kind: bytes = b"/ObjStm") -> bytes:
    """A PDF of one packed stream."""
    packed = zlib.compress(content)
    head = b"%PDF-1.7\n1 0 obj <</Type " + kind + b" /Filter /FlateDecode /Length %d>> stream\n" % len(packed)
    return head + packed + b"\nendstream endobj\n%%EOF"
