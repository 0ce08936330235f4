"""Files of evidence. Taken are small ones of three kinds, told by their first bytes, not their name; they are
handed out as downloads."""

from __future__ import annotations

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

MAXIMUM_BYTES = 10 * 1024 * 1024
SIGNATURES = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}
CONTENT_TYPES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def check_evidence_file(upload: UploadedFile[bytes]) -> None:
    """Refuse what is too large, empty, of another kind, or not what its name says."""
    name = upload.name or ""
    signatures = SIGNATURES.get(PurePath(name).suffix.lower())
    if signatures is None:
        raise ValidationError(
            _("“%(name)s” is not a PDF, PNG or JPEG file. Export it as PDF first.") % {"name": name}
        )
    if not upload.size:
        raise ValidationError(_("“%(name)s” is empty.") % {"name": name})
    if upload.size > MAXIMUM_BYTES:
        size = upload.size / 1024 / 1024
        raise ValidationError(
            _("“%(name)s” has %(size).1f MB; 10 MB is the limit.") % {"name": name, "size": size}
        )
    upload.seek(0)
    head = upload.read(16)
    upload.seek(0)
    if not head.startswith(signatures):
        raise ValidationError(_("The content of “%(name)s” is not what its name says.") % {"name": name})


def content_type(name: str) -> str:
    return CONTENT_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


def evidence_response(file: FieldFile, name: str) -> HttpResponse:
    """A file as a download, never as a page of ours; 404 where it is not there. Views sandbox it besides."""
    try:
        content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    return HttpResponse(
        content,
        content_type=content_type(name),
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "private, no-store",
        },
    )
