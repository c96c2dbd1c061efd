"""What `make` decides before anything is installed."""

import re
import subprocess

import pytest
import yaml

from config import bootstrap
from config.launch import __main__ as launch
from config.launch import build


@pytest.fixture
def no_servers_named(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)


@pytest.mark.parametrize(
    ("version", "usable"),
    [("v18.20.4", False), ("v20.18.9", False), ("v20.19.0", True), ("v21.7.0", False), ("v22.12.0", True), ("", False)],
)
def test_a_node_that_cannot_run_vite_is_passed_over(monkeypatch, version, usable):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(
        bootstrap.subprocess, "run", lambda *words, **options: subprocess.CompletedProcess(words, 0, version, "")
    )

    assert bootstrap.node_is_usable() is usable


@pytest.mark.usefixtures("no_servers_named")
def test_a_machine_without_node_gets_it_from_a_wheel(monkeypatch):
    monkeypatch.setattr(bootstrap, "node_is_usable", lambda: False)

    assert bootstrap.groups_for("run") == {"embedded", "node"}
    assert bootstrap.groups_for("fix") == {"dev"}


def test_a_run_with_servers_of_its_own_installs_no_embedded_ones(monkeypatch):
    monkeypatch.setattr(bootstrap, "node_is_usable", lambda: True)
    monkeypatch.setenv("DATABASE_URL", "postgres://db/nazar")
    monkeypatch.setenv("REDIS_URL", "redis://broker/0")

    assert bootstrap.groups_for("run") == set()
    assert bootstrap.groups_for("test") == {"embedded", "dev"}


def test_a_home_that_cannot_be_written_to_is_replaced(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap.os, "environ", environment := {"HOME": "/nonexistent"})

    bootstrap.settle_environment()

    assert environment["HOME"] == str(tmp_path / "var" / "home")


def test_what_is_built_is_built_again_only_when_its_sources_change(monkeypatch, tmp_path):
    monkeypatch.setattr(build, "ROOT", tmp_path)
    source, product = tmp_path / "source.css", tmp_path / "product.css"
    source.write_text("a{}")

    def build_once():
        with build.unless_unchanged("css", [source], product, stamps=tmp_path / "stamps") as changed:
            product.touch()
            return changed

    first, unchanged = build_once(), build_once()
    source.write_text("b{}")
    edited = build_once()
    product.unlink()
    lost = build_once()

    assert (first, unchanged, edited, lost) == (True, False, True, True)


def test_a_build_that_fails_is_tried_again(monkeypatch, tmp_path):
    monkeypatch.setattr(build, "ROOT", tmp_path)
    product = tmp_path / "product"
    product.touch()

    with pytest.raises(SystemExit), build.unless_unchanged("css", [], product, stamps=tmp_path / "stamps"):
        raise SystemExit(1)

    with build.unless_unchanged("css", [], product, stamps=tmp_path / "stamps") as changed:
        assert changed


def test_make_offers_each_verb_that_can_be_done_and_no_other():
    offered = re.findall(r"^([a-z]+):.* ## ", (bootstrap.ROOT / "Makefile").read_text(), re.MULTILINE)

    assert set(offered) - {"help"} == set(bootstrap.GROUPS) == set(launch.VERBS)


def test_people_hook_and_ci_ask_for_the_same_check():
    (hook,) = yaml.safe_load((bootstrap.ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]

    assert hook["entry"] == "make check"
    assert "make check test" in (bootstrap.ROOT / ".ci" / "run").read_text()
