"""Data folders: private, and with sockets whose paths are short enough."""

import os
import stat
from pathlib import Path

import pytest

from launch.failure import LaunchError
from launch.places import LONGEST_SOCKET_NAME, LONGEST_SOCKET_PATH, Places, make_private_folder, places_of
from launch.secret import secret
from launch.stamps import fingerprint, is_done, set_done


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_places_are_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINICLEADER_VAR", str(tmp_path / "var"))
    places = places_of("run")
    folders = [places.data, places.logs, places.secrets, places.stamps, places.sockets]
    assert [mode(folder) for folder in folders] == [0o700] * 5


def test_sockets_lie_beside_the_data_where_the_path_is_short() -> None:
    assert Places(Path("/srv/run")).sockets == Path("/srv/run/sockets")


def test_sockets_of_a_long_path_lie_in_the_temporary_folder() -> None:
    deep = Places(Path("/srv") / ("clinic" * 20))
    other = Places(Path("/srv") / ("leader" * 20))
    assert len(str(deep.sockets / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH
    assert deep.sockets != other.sockets


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trap").symlink_to(tmp_path)
    with pytest.raises(LaunchError, match="belongs to somebody else"):
        make_private_folder(tmp_path / "trap")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trap").mkdir()
    os.chown(tmp_path / "trap", 65534, 65534)
    with pytest.raises(LaunchError, match="belongs to somebody else"):
        make_private_folder(tmp_path / "trap")


def test_a_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    first = secret(tmp_path, "key")
    assert (secret(tmp_path, "key"), mode(tmp_path / "key"), len(first)) == (first, 0o600, 64)
    assert secret(tmp_path, "other") != first


def test_a_stamp_holds_until_a_file_changes(tmp_path: Path) -> None:
    source, stamp = tmp_path / "source", tmp_path / "stamps" / "step"
    source.write_text("one")
    mark = fingerprint([source])
    assert not is_done(stamp, mark)

    set_done(stamp, mark)
    assert is_done(stamp, fingerprint([source]))

    source.write_text("two")
    assert not is_done(stamp, fingerprint([source]))
