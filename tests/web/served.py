"""What the browser tests and scripts/screenshots look at: the real server, and another site's page."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"  # scripts/set-up-tests installs it
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60
DOCUMENTS = (  # of tests/corpus: enough for sources that differ, and read in a few seconds
    "mwanjati-railway-fact-sheet.md",
    "mwanjati-railway-loan-signed.md",
    "quilcamayo-tunnel-dropped.md",
    "quilcamayo-water-scheme-launch.md",
    "altai-dialogue-documents-signed.md",
    "vatusere-fisheries-landing-minutes.txt",
)


def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium, with a new profile."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Served:
    """`rahdari serve` in a process of its own, which can be stopped and started again at the same address.

    Args:
        home: its RAHDARI_HOME, an empty folder.
        origins: its RAHDARI_ORIGINS.
        more: documents beside those of DOCUMENTS.
    """

    def __init__(self, home: Path, origins: str = "", more: Sequence[Path] = ()) -> None:
        self.home = home
        documents = home / "documents"
        documents.mkdir()
        for path in (*(ROOT / "tests" / "corpus" / name for name in DOCUMENTS), *more):
            shutil.copy(path, documents)
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self._environment = {
            **os.environ,
            "RAHDARI_HOME": str(home),
            "RAHDARI_DOCUMENTS": str(documents),
            "RAHDARI_ORIGINS": origins,
            "RAHDARI_HOST": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers; the first time it has read its documents by then. Raises RuntimeError."""
        with (self.home / "served.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "rahdari", "serve", "--port", str(self._port)],
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        for _ in range(START_SECONDS * 10):
            try:
                urllib.request.urlopen(f"{self.address}/health", timeout=2).close()
                return
            except OSError:
                time.sleep(0.1)
            if self._process.poll() is not None:
                break
        raise RuntimeError((self.home / "served.log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(15)
            self._process = None


PAGE = """<!doctype html>
<html lang="en"{attributes}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Harbour Gazette</title><link rel="stylesheet" href="site.css">
<script src="{server}/widget.js" async></script></head>
<body><header><p class="site">Harbour Gazette</p></header>
<main><h1>Corridors, ports and power lines: what was signed this year</h1>
<p>A page of another site, with a style of its own and a strict Content-Security-Policy. The button in the corner is
the widget; nothing of this page reaches into it.</p>
<p>Ministers have signed more agreements on railways, pipelines and power lines than in any year before. Which of them
are under way, and which were only announced, is harder to tell.</p></main>
<rahdari-chat{widget}></rahdari-chat></body></html>
"""
STYLE = """
* { font-family: Georgia, "DejaVu Serif", serif; } html { font-size: 100%; }
body { margin: 0; color: #222; background: #fff; }
button { border-radius: 0; background: red; text-transform: uppercase; } dialog { outline: 5px solid lime; }
p { line-height: 1.6; max-width: 42em; } .site { font-size: 1.4em; margin: 0; }
header { padding: 1rem 8vw; border-bottom: 3px double #999; } main { padding: 1rem 8vw; } h1 { max-width: 20em; }
"""


class OtherSite:
    """A site at an origin of its own, whose pages let nothing run but what their policy names.

    `server` is the address of Rahdari, which is set once it is known.
    """

    def __init__(self) -> None:
        self.server = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                style = self.path.endswith(".css")
                self.send_response(200)
                self.send_header("Content-Type", "text/css" if style else "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", site.policy)
                self.end_headers()
                self.wfile.write((STYLE if style else site.page()).encode())

            def log_message(self, *_: object) -> None:
                pass

        self._httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://localhost:{self._httpd.server_port}"
        self.attributes, self.widget = "", ""
        threading.Thread(target=self._httpd.serve_forever, daemon=True).start()

    @property
    def policy(self) -> str:
        """What docs/web.md tells a host page to allow, and nothing else but its own style."""
        return (
            f"default-src 'none'; script-src {self.server}; connect-src {self.server}; style-src 'self'; "
            "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
        )

    def page(self) -> str:
        return PAGE.format(server=self.server, attributes=self.attributes, widget=self.widget)

    def close(self) -> None:
        self._httpd.shutdown()
        self._httpd.server_close()


@contextmanager
def served(home: Path, more: Sequence[Path] = ()) -> Iterator[tuple[Served, OtherSite]]:
    """The server and the other site, which the server lets in. `more`: documents beside the usual ones."""
    site = OtherSite()
    server = Served(home, site.address, more)
    site.server = server.address
    server.start()
    try:
        yield server, site
    finally:
        server.stop()
        site.close()
