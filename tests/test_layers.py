"""Imports run one way: down the road that a document takes to an answer, as docs/architecture.md draws it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A name may import those on the lines above it, and its own folder. Names on one line know nothing of each other.
LAYERS = """
rahdari.errors rahdari.records
rahdari.knowledge rahdari.settings
rahdari.encoding
rahdari.reading
rahdari.extraction
rahdari.store
rahdari.linking
rahdari.answering
rahdari.ingestion
rahdari.bootstrap
rahdari.nlu
rahdari.channels
actions
rahdari.serving
rahdari.evaluation rahdari.exchange
rahdari.cli
rahdari.__main__
"""
RANK = {name: rank for rank, line in enumerate(LAYERS.split("\n")) for name in line.split()}

# Libraries that only the layers named here may import: no object of theirs travels further.
KEPT_IN = {
    "alembic": {"rahdari.store"},
    "simsimd": {"rahdari.store"},
    "psycopg2": {"rahdari.store"},
    "sqlalchemy": {"rahdari.store"},
    "spacy": {"rahdari.extraction"},
    "onnx": {"rahdari.encoding"},
    "onnxruntime": {"rahdari.encoding"},
    "tokenizers": {"rahdari.encoding"},
    "sklearn": {"rahdari.nlu"},
    "rasa": {"rahdari.nlu", "rahdari.channels", "rahdari.serving"},
    "rasa_sdk": {"rahdari.serving", "actions"},
    "sanic": {"rahdari.channels", "rahdari.serving"},
    "slack_sdk": {"rahdari.channels"},
    "aiohttp": {"rahdari.channels"},
    "click": {"rahdari.cli"},
    "docx": {"rahdari.reading"},
    "lxml": {"rahdari.reading"},
    "pdfminer": {"rahdari.reading"},
    "pdfplumber": {"rahdari.reading"},
    "trafilatura": {"rahdari.reading"},
    "tensorflow": set(),
    "torch": set(),
}


def modules() -> list[Path]:
    return sorted(path for folder in ("rahdari", "actions") for path in (ROOT / folder).rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(module: str) -> str | None:
    """The layer that a dotted name lies in; None for the bare package and for what is not ours."""
    parts = module.split(".")
    for name in (".".join(parts[:2]), parts[0]):
        if name in RANK:
            return name
    return None


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it: a lazy import is one too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} line {node.lineno}: write the import out in full"
            # `from rahdari import store` names the layer only in what it imports.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def at_import(path: Path) -> Iterator[str]:
    """What a file imports when it is imported itself: all but what stands in functions or for the type checker."""

    def walk(nodes: list[ast.stmt]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or ""
            elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
                yield from walk(node.orelse)
            elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from walk([child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)])

    yield from walk(ast.parse(path.read_text(encoding="utf-8")).body)


def test_every_module_has_its_place_in_the_layers() -> None:
    placeless = [dotted(path) for path in modules() if layer_of(dotted(path)) is None and dotted(path) != "rahdari"]
    assert not placeless, f"add them to LAYERS: {placeless}"


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_a_module_imports_only_from_layers_above_it(path: Path) -> None:
    own = layer_of(dotted(path))
    if own is None:
        assert not [name for name in imports(path) if layer_of(name)], "the bare package imports nothing of its own"
        return
    wrong = sorted(
        {name for name in imports(path) if (other := layer_of(name)) and other != own and RANK[other] >= RANK[own]}
    )
    assert not wrong, f"{own} must not import {wrong}"


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_a_library_stays_in_the_layers_that_it_is_meant_for(path: Path) -> None:
    own = layer_of(dotted(path))
    wrong = [name for name in imports(path) if own not in KEPT_IN.get(name.split(".")[0], {own})]
    assert not wrong, f"{dotted(path)} must not import {wrong}"


@pytest.mark.parametrize(
    "path",
    [path for path in modules() if layer_of(dotted(path)) in ("rahdari.cli", "rahdari.bootstrap", "rahdari.settings")],
    ids=dotted,
)
def test_the_door_imports_nothing_heavy_until_it_is_used(path: Path) -> None:
    heavy = {
        "rasa",
        "rasa_sdk",
        "sanic",
        "aiohttp",
        "spacy",
        "onnxruntime",
        "onnx",
        "sqlalchemy",
        "numpy",
        "sklearn",
        "tokenizers",
    }
    assert not [name for name in at_import(path) if name.split(".")[0] in heavy]
