"""nginx from Debian beside a test, with the files under deploy/ as they stand."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hue.config import serve
from tests.place import HERE
from tests.processes import wait_for

DEPLOY = HERE / "deploy"
NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
needs_nginx = pytest.mark.skipif(
    not shutil.which("nginx"), reason="nginx is not installed: run `make test` as root."
)
needs_nchan = pytest.mark.skipif(
    not (NCHAN.exists() and shutil.which("nginx")),
    reason="nginx has no nchan: run `make test` as root.",
)


def port(start: int) -> int:
    """A free one from there on; whoever else tests on this machine begins elsewhere."""
    first = start + os.getpid() % 90
    return next(
        p for p in range(first, start + 500) if serve.is_free(serve.Address("127.0.0.1", p))
    )


@contextmanager
def nginx(folder: Path, *files: Path, modules: str = "", workers: int = 1) -> Iterator[None]:
    folder.chmod(0o755)
    main = folder / "nginx.conf"
    included = "".join(f"include {file};\n" for file in files)
    main.write_text(
        f"{modules}\nuser root;\nworker_processes {workers};\npid {folder}/pid;\n"
        f"error_log {folder}/error.log;\ndaemon off;\n"
        f"events {{}}\nhttp {{ access_log off;\n{included} }}\n"
    )
    process = subprocess.Popen(["nginx", "-c", str(main), "-p", str(folder)])
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def nchan(folder: Path) -> Iterator[str]:
    """deploy/nginx-nchan.conf on a port of its own: its address. Two workers, as on a real box."""
    own = port(8900)
    text = (DEPLOY / "nginx-nchan.conf").read_text()
    (folder / "nchan.conf").write_text(text.replace("127.0.0.1:8081", f"127.0.0.1:{own}"))
    with nginx(folder, folder / "nchan.conf", modules=f"load_module {NCHAN};", workers=2):
        wait_for(lambda: serve.answers(serve.Address("127.0.0.1", own)))
        yield f"http://127.0.0.1:{own}"
