"""Files of evidence. Taken are small ones of three kinds, told by their bytes, not their name; they are
handed out as downloads once they are found clean (passport/quarantine.py)."""

from __future__ import annotations

from pathlib import PurePath

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from passport.enums import FileFinding
from passport.evidence_look import kind_of, look_inside
from passport.quarantine import clean_content

MAXIMUM_BYTES = 10 * 1024 * 1024
CONTENT_TYPES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def check_evidence_file(upload: UploadedFile[bytes]) -> None:
    """Refuse what is too large, empty, of another kind, able to run something, or not what its name says."""
    name = upload.name or ""
    if not upload.size:
        raise ValidationError(_("“%(name)s” is empty.") % {"name": name})
    if upload.size > MAXIMUM_BYTES:
        size = upload.size / 1024 / 1024
        raise ValidationError(
            _("“%(name)s” has %(size).1f MB; 10 MB is the limit.") % {"name": name, "size": size}
        )
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    finding, kind = look_inside(content), content_type(name)
    named = kind in CONTENT_TYPES.values()
    if (finding == FileFinding.KIND and named) or (finding is None and kind_of(content) != kind):
        raise ValidationError(_("The content of “%(name)s” is not what its name says.") % {"name": name})
    if finding:
        raise ValidationError(f"“{name}”: {finding.label}")


def content_type(name: str) -> str:
    return CONTENT_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


def evidence_response(file: FieldFile, name: str) -> HttpResponse:
    """A clean file as a download, never as a page of ours; views sandbox it besides."""
    content = clean_content(file)
    if content is None:
        raise PermissionDenied(_("This file is still being checked, or was refused."))
    return HttpResponse(
        content,
        content_type=content_type(name),
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "private, no-store",
        },
    )
