"""What a sentence encoder would add, where an operator provides one: nearness in meaning.

Everything works without. With one, the order of matches to answered claims takes the meaning into
account, and nothing else changes; the words still decide what is sure.
"""

from collections.abc import Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class NoEncoder(ValueError):
    """The encoder cannot be used; says why and what to do."""


class Encoder(Protocol):
    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, each of length 1."""
        ...


class OnnxEncoder:
    """A model that takes texts as they are (its tokens are cut inside the file), through
    onnxruntime. The operator names the file's licence and its SHA-256; both are asked for."""

    def __init__(self, file: Path, *, digest: str, licence: str) -> None:
        if not licence.strip():
            raise NoEncoder("Name the licence of the encoder's file: none was given.")
        if not file.is_file():
            raise NoEncoder(f"There is no encoder at {file}: give the path of an ONNX file.")
        found = sha256(file.read_bytes()).hexdigest()
        if found != digest.lower():
            raise NoEncoder(
                f"{file.name} has the SHA-256 {found}, not the one given: take the file again, or "
                "give its own number if it was checked."
            )
        self.licence = licence
        self._session = _session(file)

    def encode(self, texts: Sequence[str]) -> Vectors:
        name = self._session.get_inputs()[0].name
        vectors = np.asarray(self._session.run(None, {name: np.array(texts, dtype=object)})[0])
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        normal: Vectors = (vectors / np.where(length, length, 1)).astype(np.float32)
        return normal


def _session(file: Path) -> Any:
    try:
        runtime: Any = import_module("onnxruntime")
    except ImportError as error:
        raise NoEncoder("onnxruntime is not installed: pip install onnxruntime.") from error
    return runtime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
