"""Keeps a set of programs together: they run until one of them ends or somebody says stop, and then all end."""

import contextlib
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from config.launch.processes import Child, stop

# Together under the three seconds that a person waits after Ctrl-C.
SECONDS_FOR_PARTS = 2.4
SECONDS_FOR_SERVERS = 0.5


class Supervisor:
    """Parts use servers, so they end before them."""

    def __init__(self) -> None:
        self.servers: list[Child] = []
        self.parts: list[Child] = []

    def adopt(self, server: Child, url: str) -> str:
        """Take charge of a server that has started, and pass on its address."""
        self.servers.append(server)
        return url

    def check(self) -> None:
        """End with a report if any program has ended by itself."""
        for child in (*self.servers, *self.parts):
            if child.has_ended():
                sys.exit(
                    f"\n{child.name} ended by itself ({_how(child.process.returncode)}); stopping the rest."
                    f" The end of {child.log}:\n{child.last_lines()}"
                )

    def watch(self) -> None:
        """Until somebody asks to stop; ends with a report if a program ends before."""
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                self.check()
                time.sleep(0.2)

    def stop(self) -> None:
        """End all, parts before servers, within three seconds."""
        stop(self.parts, seconds=SECONDS_FOR_PARTS)
        stop(self.servers, seconds=SECONDS_FOR_SERVERS)


@contextmanager
def supervising() -> Iterator[Supervisor]:
    """A supervisor that stops all it has in its charge, whatever ends the block."""
    supervisor = Supervisor()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _as_if_by_hand)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, _as_if_by_hand)
    try:
        yield supervisor
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        supervisor.stop()


def _as_if_by_hand(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _how(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
