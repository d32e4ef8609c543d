"""A PostgreSQL server for tests, out of Debian's packages: one for each session, reached through a socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

import psycopg2

_FOUND = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # nothing of it has to outlive a power cut
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "shared_buffers": "32MB",
}
# sorted as people sort: a store has to see to it itself that it is by code points
_AS_PEOPLE_SORT = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")


class Server:
    """A server with data of its own. It is of another user where root runs the tests, for it refuses to be root's."""

    def __init__(self, programs: Path | None = None, collation: Sequence[str] = _AS_PEOPLE_SORT, **others: str) -> None:
        """Starts it.

        Args:
            programs: the folder of its programs; those of Debian's packages without it.
            collation: options of initdb.
            others: settings, by name, besides those that every server here has.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="rahdari-pg-"))
        self._programs = programs or _programs()
        self._user = None if os.getuid() else "postgres"
        if self._user:
            shutil.chown(self.folder, self._user)
        data = self.folder / "data"
        self.run("initdb", "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync", *collation)
        settings = [
            f"-c{name}={value}"
            for name, value in {**_SETTINGS, **others, "unix_socket_directories": self.folder}.items()
        ]
        with (self.folder / "log").open("w") as log:
            self._server = subprocess.Popen(
                [str(self._programs / "postgres"), "-D", str(data), *settings], stderr=log, stdout=log, **self._as_user
            )
        self._wait()

    @property
    def _as_user(self) -> dict[str, object]:
        if self._user is None:
            return {}
        entry = pwd.getpwnam(self._user)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": self.folder}

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of the programs that come with the server."""
        done = subprocess.run(
            [str(self._programs / program), *arguments], capture_output=True, text=True, **self._as_user
        )
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    def _wait(self) -> None:
        for _ in range(300):
            try:
                return self.say("SELECT 1")
            except psycopg2.OperationalError:
                assert self._server.poll() is None, (self.folder / "log").read_text()
                time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text())

    def say(self, statement: str, database: str = "postgres") -> None:
        """Carries a statement out, as somebody else than the store would."""
        connection = psycopg2.connect(host=str(self.folder), user="tests", dbname=database)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    def new(self) -> str:
        """The address of a new, empty database."""
        name = f"t{uuid.uuid4().hex[:12]}"
        self.say(f"CREATE DATABASE {name}")
        return f"postgresql://tests@/{name}?host={self.folder}"

    def end(self) -> None:
        """Ends the server and removes what it kept."""
        self._server.terminate()  # waits for those who read
        try:
            self._server.wait(2)
        except subprocess.TimeoutExpired:
            self._server.send_signal(2)  # does not
            self._server.wait(30)
        shutil.rmtree(self.folder)


def _programs() -> Path:
    places = [path for pattern in _FOUND for path in Path("/").glob(pattern[1:]) if (path / "initdb").exists()]
    assert places, "these tests need PostgreSQL: run scripts/set-up-tests, or `apt-get install postgresql`"
    return max(
        places, key=lambda path: [int(part) for part in path.parent.name.split("-")[-1].split(".") if part.isdigit()]
    )
