"""The archive: everything that is somebody's own, in one file that they take along.

Each room adds its part from its AppConfig, as it adds cards to the Passport: whatever a part holds, its owner
may read on a page. What others wrote in confidence, and what is said of others, is in none.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any, Final

from django.core.serializers.json import DjangoJSONEncoder

from people.member import Member

Part = Callable[[Member], Iterable[tuple[str, bytes]]]

IN_MEMORY: Final = 8 * 2**20
ABOUT: Final = """ClinicLeader archive of {name}, {organization}, {day}

Everything here is yours: what you wrote, what was attested of you, and what was counted from it.
JSON files are UTF-8; days are YYYY-MM-DD, moments ISO 8601 with their offset.

me.json            who you are here, your cohorts, positions and roles; what you declared about yourself
surveys/           your confidence pulses (answers to surveys about leaders are nobody's and are not here)
mentoring/         your mentorships with contracts, sessions, your own notes, exposures, your ratings
passport/          stamps, pods, capstones, portfolio, summaries; evidence/ your files; badges/ signed badges
clinic/            your regimen with its versions, and your coaching sessions
score/             your scores with all that went in; "python3 recompute.py" computes them again

Badges are signed. The organisation's keys are published, and any verifier of Open Badges 3.0 checks them.
"""

_parts: list[Part] = []


def adds_part(part: Part) -> Part:
    """Register a part: the member -> (path in the archive, content)."""
    if part not in _parts:
        _parts.append(part)
    return part


def archive_of(member: Member, *, organization: str, on: dt.date) -> IO[bytes]:
    """The member's own archive as a ZIP file, deleted when it is closed; a constant number of queries, and
    one for each file of evidence."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever asked closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", ABOUT.format(name=member.name, organization=organization, day=on))
        for part in _parts:
            for path, content in part(member):
                archive.writestr(path, content)
    file.seek(0)
    return file


def as_json(content: object) -> bytes:
    """For people and programs alike."""
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def json_rows(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows of `values()`."""
    return as_json(list(rows))
