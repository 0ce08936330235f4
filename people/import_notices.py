"""What whoever brought a file is told about it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.enums import ImportState
from people.models import Import
from people.notices import Notice, notify, page_path


def tell_uploader(imported: Import) -> None:
    """Say how far a file has come; the operator at the command line reads it there."""
    if imported.uploaded_by_id is not None:
        notify([imported.uploaded_by_id], came_to(imported))


def came_to(imported: Import) -> Notice:
    titles = {
        ImportState.CHECKED: _("“%(file)s” is checked. Apply it or delete it."),
        ImportState.FAULTY: _("“%(file)s” has faults. Nothing was imported."),
        ImportState.APPLIED: _("“%(file)s” is imported."),
        ImportState.UNDONE: _("The import of “%(file)s” is taken back."),
    }
    title = titles[ImportState(imported.state)] % {"file": imported.file_name[:120]}
    return Notice(title, page_path("people:import", imported.pk), "file-import")
