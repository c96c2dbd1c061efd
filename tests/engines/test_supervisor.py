"""The parts of a run live and die together."""

import os
import signal
import sys

import pytest


def test_ctrl_c_ends_everything_within_three_seconds_even_a_part_that_hangs(hold, alive):
    held = hold("--deaf")

    held.signal(signal.SIGINT)
    code, said, seconds = held.end()

    assert (code, said) == (0, "")
    assert seconds < 3.5  # half a second for Python itself
    assert alive(held.children.values(), seconds=0) == []


def test_the_end_of_one_part_is_reported_with_its_last_words_and_stops_the_rest(hold, home, alive):
    held = hold(lasts=0.5)

    code, said, _seconds = held.end()

    assert code == 1
    assert said.strip() == (
        f"part ended by itself (exit code 3); stopping the rest. The end of {home}/log/part.log:\nas far as here"
    )
    assert alive(held.children.values(), seconds=0) == []


@pytest.mark.parametrize("server", ["postgresql", "valkey"])
def test_the_end_of_a_server_is_reported_and_stops_the_rest(hold, alive, server):
    held = hold()

    os.kill(held.children[server], signal.SIGKILL)
    code, said, _seconds = held.end()

    assert code == 1
    assert said.strip().startswith(f"{server} ended by itself (signal SIGKILL); stopping the rest.")
    assert alive(held.children.values(), seconds=0) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only the kernel of Linux ends children with their parent")
def test_kill_9_leaves_nothing_behind(hold, alive):
    held = hold()

    held.signal(signal.SIGKILL)

    assert alive(held.children.values(), seconds=5) == []
