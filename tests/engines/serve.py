"""`make run` over a home of its own, until told to stop: python -m tests.engines.serve <home>."""

import contextlib
import sys
from pathlib import Path

from config.launch.portal import serve
from config.launch.servers import only_one
from config.launch.supervisor import supervising


def main(home: Path) -> None:
    with only_one(home), supervising() as supervisor:
        sys.stdout.write(f"\nserving {serve(supervisor, home)}\n")
        sys.stdout.flush()
        supervisor.watch()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(Path(sys.argv[1]))
