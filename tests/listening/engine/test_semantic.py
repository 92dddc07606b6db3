"""A sentence encoder is taken only with its licence and its number, and never fetched."""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest

from hue.listening.engine.semantic import NoEncoder, OnnxEncoder


def test_a_file_without_a_licence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoEncoder, match="licence"):
        OnnxEncoder(tmp_path / "encoder.onnx", digest="", licence=" ")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoEncoder, match="There is no encoder"):
        OnnxEncoder(tmp_path / "encoder.onnx", digest="", licence="MIT")


def test_a_file_that_is_another_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "encoder.onnx"
    file.write_bytes(b"one")
    with pytest.raises(NoEncoder, match="SHA-256"):
        OnnxEncoder(file, digest=sha256(b"other").hexdigest(), licence="MIT")


@pytest.mark.skipif(find_spec("onnxruntime") is not None, reason="onnxruntime is installed")
def test_without_the_runtime_it_says_what_to_install(tmp_path: Path) -> None:
    file = tmp_path / "encoder.onnx"
    file.write_bytes(b"one")
    with pytest.raises(NoEncoder, match="pip install onnxruntime"):
        OnnxEncoder(file, digest=sha256(b"one").hexdigest(), licence="MIT")
