"""Files that are too large are passed over while they arrive: not kept in memory, not written to disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class SizeLimitUploadHandler(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS. The form then lacks its file, and `refused_upload` says why."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: Any,  # an int; the stubs say str
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self.declared = int(content_length)
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.declared > settings.UPLOAD_MAX_BYTES:
            self._refuse(self.declared)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_MAX_BYTES:
            self._refuse(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None  # the next handler has the file

    def _refuse(self, size: int) -> None:
        assert self.request is not None  # noqa: S101 - Django sets it when it makes the handler
        self.request.refused_upload = size  # type: ignore[attr-defined]
        raise SkipFile


def refused_upload(request: HttpRequest) -> int:
    """The size of an upload that was passed over, 0 when none was. Read after request.FILES."""
    return int(getattr(request, "refused_upload", 0))
