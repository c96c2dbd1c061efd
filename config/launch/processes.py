"""Programs that end with us, however we end."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PR_SET_PDEATHSIG = 1
# Loaded before any fork: after the change to another account this Python's own files may be unreadable.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """Who a program runs as; nobody in particular means: as we do."""

    user: int | None = None
    group: int | None = None
    extra_groups: tuple[int, ...] | None = None


Command = list[str | Path]

OURS = Account()


@dataclass(frozen=True, kw_only=True)
class Child:
    """A running program: what it is called, where its log is, and which signal asks it to end."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def kill(self) -> None:
        """End it and all it started, at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_lines(self, count: int = 15) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


def start(
    name: str,
    command: Command,
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    account: Account = OURS,
) -> Child:
    """Start a program in a process group of its own, so that Ctrl-C reaches only us and we end the parts in order."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_suffix(".previous.log"))
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT if account is OURS else "/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with(os.getpid(), stop_signal),
            user=account.user,
            group=account.group,
            extra_groups=account.extra_groups,
        )
    return Child(name=name, process=process, log=log, stop_signal=stop_signal)


def ask(
    command: Command,
    *,
    account: Account = OURS,
    said: str = "",
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, as an account that may be unable to enter our directory, and keep what it says."""
    return subprocess.run(
        command,
        cwd="/",
        input=said,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        user=account.user,
        group=account.group,
        extra_groups=account.extra_groups,
    )


def _end_with(parent: int, stop_signal: signal.Signals) -> Callable[[], None]:
    def ask_the_kernel() -> None:
        # Linux sends the signal when we die, even by kill -9. Elsewhere the next start stops what was left behind.
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, stop_signal)
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel


def stop(children: Iterable[Child], *, seconds: float) -> None:
    """Ask all to end at once, wait for them together, and kill what is left when the time is over."""
    children = list(children)
    for child in children:
        if not child.has_ended():
            child.process.send_signal(child.stop_signal)
    deadline = time.monotonic() + seconds
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(timeout=max(0.0, deadline - time.monotonic()))
        child.kill()
