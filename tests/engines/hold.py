"""The portal in small: PostgreSQL, Valkey and one part under supervision, until told to stop.

python -m tests.engines.hold <home> <seconds the part lasts> [--deaf] [--orphaning]
--deaf: the part does not hear requests to stop. --orphaning: as where the kernel does not end children with us.
"""

import contextlib
import json
import os
import sys
from pathlib import Path

from config.launch import processes
from config.launch.servers import only_one, provide
from config.launch.supervisor import supervising

PART = "import sys, time; print('as far as here'); time.sleep({}); sys.exit(3)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "


def main(home: Path, seconds: str, options: list[str]) -> None:
    with only_one(home), supervising() as supervisor:
        provide(supervisor, home)
        said = (DEAF if "--deaf" in options else "") + PART.format(seconds)
        part = [sys.executable, "-u", "-c", said]
        supervisor.parts.append(processes.start("part", part, log=home / "log" / "part.log"))
        children = {child.name: child.process.pid for child in (*supervisor.servers, *supervisor.parts)}
        urls = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
        sys.stdout.write(f"held {json.dumps({'children': children, **urls})}\n")
        sys.stdout.flush()
        supervisor.watch()


if __name__ == "__main__":
    if "--orphaning" in sys.argv:
        processes.LIBC = None
    # Asked to stop before it watches, as after: not an error.
    with contextlib.suppress(KeyboardInterrupt):
        main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
