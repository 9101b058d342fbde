"""python -m traff.config.postgres start|stop|url [--data FOLDER] [--role ROLE]"""

from __future__ import annotations

import argparse
from pathlib import Path

from traff.config.postgres.cluster import Cluster
from traff.config.postgres.roles import APP, MIGRATOR, OWNER
from traff.config.state import state_folder


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m traff.config.postgres", description="The embedded PostgreSQL.")
    parser.add_argument("deed", choices=["start", "stop", "url"])
    parser.add_argument("--data", type=lambda text: Path(text).absolute(), default=state_folder(), help="the state folder")
    parser.add_argument("--role", choices=[OWNER, MIGRATOR, APP], default=MIGRATOR)
    chosen = parser.parse_args()
    cluster = Cluster(chosen.data)
    if chosen.deed == "stop":
        cluster.stop()
        return
    if chosen.deed == "start":
        cluster.start()
    print(cluster.url(chosen.role))


main()
