"""Dockerfile and docker-compose.yml, read against the code: no container engine is needed for that."""

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from launch.health import is_healthy
from launch.places import ROOT
from launch.port import listen
from launch.steps import COLLECT_STATIC
from tests.launch.waiting import eventually
from web.bodies import FIELDS_BESIDE_FILES

REQUIRED = re.compile(r"\$\{([A-Z_]+):\?[^}]+\}")
APP_SERVICES = ["web", "worker", "beat", "migrate"]


@pytest.fixture
def services() -> dict[str, dict[str, Any]]:
    found = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert isinstance(found, dict)
    return found


def words(service: dict[str, Any]) -> str:
    """All that a service says, as one text."""
    return json.dumps(service)


def test_every_program_of_the_product_has_a_service_and_a_health_check(
    services: dict[str, dict[str, Any]],
) -> None:
    assert sorted(services) == sorted([*APP_SERVICES, "postgres", "valkey"])
    assert [name for name in services if "healthcheck" not in services[name]] == [
        "migrate"
    ]  # it ends by itself


def test_every_value_from_outside_is_required_and_explained(services: dict[str, dict[str, Any]]) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    example = re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert text.count("${") == len(REQUIRED.findall(text)), "a value has a default or may be empty"
    assert {name for name, _ in example} == set(REQUIRED.findall(text))
    assert {value for _, value in example} == {""}


def test_the_containers_hand_through_every_name_that_is_read_and_documented(
    services: dict[str, dict[str, Any]],
) -> None:
    settings = (ROOT / "clinicleader" / "settings.py").read_text()
    of_a_site = re.sub(r'.*\) if MODE == "test" else .*', "", settings)  # what tests alone read is left out
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', of_a_site))
    read |= set(re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "gunicorn.conf.py").read_text()))
    of_the_image = set(re.findall(r"\b(STATIC_ROOT|VAR_DIR)=", (ROOT / "Dockerfile").read_text()))
    for name in APP_SERVICES:
        assert set(services[name]["environment"]) | of_the_image == read, name
    table = (ROOT / "docs" / "operations.md").read_text()
    assert read <= set(re.findall(r"`([A-Z_]+)`", "".join(re.findall(r"^\| `.*$", table, re.MULTILINE))))


def test_only_migrations_get_the_owner_and_only_postgres_the_superuser(
    services: dict[str, dict[str, Any]],
) -> None:
    holders = {
        secret: [name for name, service in services.items() if secret in words(service)]
        for secret in ("OWNER_PASSWORD", "POSTGRES_PASSWORD", "clinicleader_owner")
    }
    assert holders == {
        "OWNER_PASSWORD": ["migrate", "postgres"],
        "POSTGRES_PASSWORD": ["postgres"],
        "clinicleader_owner": ["migrate"],
    }


def test_roles_file_is_mounted_with_the_passwords_it_reads(services: dict[str, dict[str, Any]]) -> None:
    source = services["postgres"]["volumes"][1].split(":")[0]
    wanted = set(re.findall(r"\\getenv \w+ (\w+_PASSWORD)", (ROOT / source).read_text()))
    assert wanted == {"OWNER_PASSWORD", "APP_PASSWORD", "MATCHER_PASSWORD"}
    assert wanted <= set(services["postgres"]["environment"])


def test_containers_of_the_product_cannot_change_themselves(services: dict[str, dict[str, Any]]) -> None:
    for name in APP_SERVICES:
        service = services[name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
    assert re.search(r"^USER clinicleader$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)


def test_as_many_uploads_fit_into_the_temporary_files_as_come_at_once(
    services: dict[str, dict[str, Any]],
) -> None:
    server = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    (mount,) = services["web"]["tmpfs"]
    size = re.search(r":size=(\d+)g$", mount)
    assert size is not None
    at_once = server["workers"] * server["threads"]
    assert int(size[1]) << 30 >= at_once * (settings.UPLOAD_MAX_BYTES + FIELDS_BESIDE_FILES)


def test_images_have_no_registry_name(services: dict[str, dict[str, Any]]) -> None:
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    images = [service["image"] for service in services.values()]
    assert {image for image in [*bases, *images] if "." in image.split("/")[0] and "/" in image} == set()


def test_the_image_collects_static_files_as_the_launcher_does() -> None:
    text = (ROOT / "Dockerfile").read_text().replace('"', "")
    assert " ".join(COLLECT_STATIC).replace(" --clear", "") in text


def test_celery_commands_are_understood(services: dict[str, dict[str, Any]]) -> None:
    for name in ("worker", "beat"):
        _, *arguments = services[name]["command"]
        told = subprocess.run(
            [sys.executable, "-m", "celery", *arguments, "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr


def test_a_production_web_server_is_healthy_under_its_own_name_only(tmp_path: Path) -> None:
    with listen("127.0.0.1", 18000) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        surroundings = {
            **os.environ,
            "CLINICLEADER_MODE": "production",
            "SECRET_KEY": "a-key-of-this-test-" * 4,
            "ALLOWED_HOSTS": "leaders.example.org",
            "BASE_URL": "https://leaders.example.org",
            "VAR_DIR": str(tmp_path),
        }
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}"],
            cwd=ROOT,
            env=surroundings,
            pass_fds=[listener.fileno()],
        )
        try:
            assert eventually(lambda: is_healthy(address, "https://leaders.example.org"), seconds=60)
            assert not is_healthy(address, "https://elsewhere.example.org")
        finally:
            server.terminate()
            server.wait(timeout=30)
