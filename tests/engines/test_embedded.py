"""PostgreSQL and Valkey of the one-command run, and the servers that the environment names instead."""

import os
import shutil
import signal
import socket
import stat
from pathlib import Path

import pytest
import redis

from config.launch import account, portal, servers


def test_what_was_stored_is_there_after_a_restart(hold):
    held = hold()
    held.query("CREATE TABLE kept AS SELECT 533 AS schools")
    with redis.Redis.from_url(held.redis_url) as broker:
        broker.set("kept", "533")
    held.signal(signal.SIGTERM)
    held.end()

    held = hold()

    assert held.query("SELECT schools FROM kept") == (533,)
    with redis.Redis.from_url(held.redis_url) as broker:
        assert broker.get("kept") == b"533"


def test_only_the_owner_of_the_directory_can_reach_the_servers(hold, home):
    held = hold()

    assert held.query("SHOW listen_addresses") == ("",)
    with redis.Redis.from_url(held.redis_url) as broker:
        assert broker.config_get("port") == {"port": "0"}
    assert stat.S_IMODE((home / "run").stat().st_mode) == 0o700


def test_cyrillic_folds_whatever_the_locale_of_the_caller(hold):
    held = hold(LC_ALL="C", LANG="C")

    assert held.query("SELECT lower('ӘҒҚҢӨҰҮҺІ ШКОЛА'), 'Мектеп' ILIKE 'МЕКТЕП'") == ("әғқңөұүһі школа", True)


def test_the_next_start_takes_over_from_servers_that_were_left_behind(hold, alive):
    held = hold("--orphaning", lasts=30)
    held.query("CREATE TABLE kept AS SELECT 533 AS schools")
    held.signal(signal.SIGKILL)
    held.process.wait()
    left_behind = list(held.children.values())
    assert alive(left_behind, seconds=0) == left_behind

    held = hold()

    assert held.query("SELECT schools FROM kept") == (533,)
    assert alive(left_behind[:2], seconds=1) == []
    os.kill(left_behind[2], signal.SIGKILL)  # the part knows no successor


def test_a_second_run_over_the_same_home_is_refused(hold):
    held = hold()

    with pytest.raises(AssertionError, match=f"Already running here, as process {held.process.pid}."):
        hold()


def test_a_path_too_long_for_a_socket_is_avoided(hold, home):
    deep = home / ("deep" * 20)
    deep.mkdir()

    held = hold(home=deep)

    sockets = Path(held.redis_url.removeprefix("unix://")).parent
    assert sockets.parent == Path("/tmp")
    assert held.query("SELECT 1") == (1,)
    held.signal(signal.SIGTERM)
    held.end()
    shutil.rmtree(sockets)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root cannot run PostgreSQL itself")
def test_root_keeps_a_closed_directory_closed_and_the_cluster_outside_of_it(hold, home):
    home.chmod(0o700)
    elsewhere = account.server_home(home / "var", account.server_account())

    held = hold(home=home / "var")

    assert elsewhere.parent == Path("/var/tmp")
    assert (elsewhere / "postgresql" / "PG_VERSION").read_text() == "18\n"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    held.signal(signal.SIGTERM)
    held.end()
    shutil.rmtree(elsewhere)


def test_a_directory_that_somebody_else_made_first_is_refused(tmp_path, monkeypatch):
    (tmp_path / "run").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 4711)

    with pytest.raises(SystemExit, match="run belongs to somebody else; remove it and try again."):
        account.private_directory(tmp_path / "run", account.OURS)


def test_a_link_that_leads_elsewhere_is_refused_and_what_it_leads_to_is_left_alone(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o755)
    (tmp_path / "run").symlink_to(elsewhere)

    with pytest.raises(SystemExit, match="run is no directory of ours"):
        account.private_directory(tmp_path / "run", account.OURS)

    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o755


def test_a_busy_port_gives_way_to_the_next_free_one_and_says_so(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]

        found = portal.free_port(busy)

    assert busy < found < busy + 100
    assert capsys.readouterr().out == f"  Port {busy} is busy; taking {found}.\n"


@pytest.fixture
def closed_port():
    """A port of this machine where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_a_postgresql_that_does_not_answer_is_told_in_one_line_without_its_password(closed_port):
    with pytest.raises(SystemExit) as told:
        servers.check_postgresql(f"postgres://nazar:secret@127.0.0.1:{closed_port}/nazar")

    line = str(told.value)
    assert line.startswith(f"DATABASE_URL: postgres://nazar:***@127.0.0.1:{closed_port}/nazar cannot be used: ")
    assert "Connection refused" in line
    assert "\n" not in line


def test_a_redis_that_does_not_answer_is_told_in_one_line(closed_port):
    with pytest.raises(SystemExit) as told:
        servers.check_redis(f"redis://127.0.0.1:{closed_port}/0")

    assert str(told.value) == (
        f"REDIS_URL: redis://127.0.0.1:{closed_port}/0 cannot be used: "
        f"Error 111 connecting to 127.0.0.1:{closed_port}. Connection refused."
    )


@pytest.mark.parametrize("url", ["nonsense", "sqlite:///db.sqlite3", "mysql://root@localhost/nazar"])
def test_an_address_of_anything_but_postgresql_is_refused(url):
    with pytest.raises(SystemExit, match=f"DATABASE_URL: {url} is not the address of a PostgreSQL"):
        servers.check_postgresql(url)


def test_servers_that_the_environment_names_are_used_and_none_is_started(monkeypatch, home):
    checked = []
    monkeypatch.setenv("DATABASE_URL", "postgres://db/nazar")
    monkeypatch.setenv("REDIS_URL", "redis://broker/0")
    monkeypatch.setattr(servers, "check_postgresql", checked.append)
    monkeypatch.setattr(servers, "check_redis", checked.append)

    servers.provide(supervisor := servers.Supervisor(), home)

    assert checked == ["postgres://db/nazar", "redis://broker/0"]
    assert supervisor.servers == []
