"""The command line: `hue COMMAND`. Most commands are management commands of the rooms."""

import errno
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db.utils import OperationalError, ProgrammingError
from psycopg.errors import UndefinedTable

from hue.config import database, hold, serve, supervise

NO_PLACE = {
    errno.ENOSPC: "The disk is full ({}): make room, then start again; nothing is lost.",
    errno.EDQUOT: "The disk quota is used up ({}): make room, then start again; nothing is lost.",
    errno.EACCES: "{} cannot be written by this user: give it to the one who runs Hue & Cry.",
    errno.EROFS: "{} lies on a disk that can only be read: name another folder by HUE_DATA.",
    errno.ENOENT: "{} cannot be found, nor made there.",
}
SAYS = {
    "run": "start everything here, keep it alive, stop it with Ctrl-C",
    "serve": "the web server alone, for one who supervises it otherwise",
    "work": "one worker alone: publishing, pages, reminders",
    "relay": "pass public messages on to nginx with nchan, where that serves the streams",
    "migrate": "bring the tables up to date, as the role that owns them",
    "new-force": "set up the force of an empty installation, and its first administrator",
    "demo": "load the demonstration force, and play its day",
    "drill": "replay a written event into screens of their own, and score it; nothing leaves",
    "build-pages": "write every public page and feed anew",
    "import-areas": "neighbourhood boundaries from a GeoJSON file",
    "import-incidents": "incidents from a CSV file, all or nothing",
    "check-policy": "read a policy pack, and say what is wrong or what it would change",
    "sign-policy": "sign a policy pack with the key of this force",
    "verify-record": "check the record, and name the first entry that was tampered with",
    "bench": "measure, each figure beside its peer",
    "export": "everything, into one archive that others can read",
    "import-archive": "take over from such an archive what can live on here",
    "backup": "database, files and keys, into one file",
    "restore": "bring such a file back, into an empty place",
    "doctor": "say in sentences what is wrong here",
    "welcome": "print the addresses, and who can sign in",
    "manage": "any command of Django's own, such as `hue manage shell`",
    "help": "this list; `hue COMMAND --help` says more of one",
}


def main(arguments: list[str] | None = None) -> None:
    words = sys.argv[1:] if arguments is None else arguments
    verb, rest = (words[0], words[1:]) if words else ("help", [])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hue.config.settings")
    try:
        _call(verb, rest)
    except (
        CommandError,
        ImproperlyConfigured,
        database.DatabaseTrouble,
        hold.AlreadyRunning,
        serve.PortBusy,
        supervise.NotReady,
    ) as trouble:
        sys.exit(str(trouble))
    except OSError as error:
        if error.errno not in NO_PLACE:
            raise
        sys.exit(NO_PLACE[error.errno].format(error.filename or "the disk"))
    except OperationalError as error:
        sys.exit(f"The database does not answer: `hue doctor` says more. ({str(error).strip()})")
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable):
            raise
        sys.exit(
            "The tables are not there yet: run `hue migrate` first (`hue run` does it by itself)."
        )
    except KeyboardInterrupt:
        sys.exit(130)


def _call(verb: str, rest: list[str]) -> None:
    own: dict[str, Callable[[], None]] = {
        "run": _run,
        "serve": serve.run,
        "help": _help,
        "--help": _help,
        "-h": _help,
        "welcome": _welcome,
        "make-ready": _make_ready,
    }
    if verb in own:
        own[verb]()
    elif verb == "bench":
        _bench(rest)
    elif verb == "drill" and not {"--help", "-h"} & set(rest):
        _drill(rest)
    elif verb == "doctor":
        _doctor()
    elif verb == "manage":
        _manage(rest or ["help"])
    elif verb == "migrate":
        _manage(["migrate", "--database=owner", *rest])
    elif verb in SAYS:
        _manage([verb.replace("-", "_"), *rest])
    else:
        raise CommandError(f"There is no command {verb!r}: `hue help` lists them all.")


def _run() -> None:
    if not {"DATABASE_URL", "DATABASE_URL_FILE"} & set(os.environ):
        # The embedded database never holds real data, so what runs on it is a demonstration.
        os.environ.setdefault("HUE_DEMONSTRATION", "yes")
    supervise.run()


def _drill(words: list[str]) -> None:
    from hue.config import drill

    drill.enter(words)
    supervise.run()


def _help() -> None:
    width = max(map(len, SAYS))
    print("hue COMMAND\n")
    for name, says in SAYS.items():
        print(f"  {name:<{width}}  {says}")


def _welcome() -> None:
    _set_up()
    from hue.config import welcome

    print("\n".join(welcome.lines()), flush=True)


def _doctor() -> None:
    from hue.config import settings

    # Not `_data`: the doctor says what is, and starts nothing.
    _set_up()
    from hue.config import doctor

    sys.exit(doctor.report(settings.HUE_DATA))


def _bench(names: list[str]) -> None:
    from hue.config import bench

    bench.main(names)


def _make_ready() -> None:
    _set_up()
    from hue.config import ready

    ready.make_ready()


def _manage(call: list[str]) -> None:
    from hue.config import settings

    asks_only = {"--help", "-h", "help"} & set(call)
    held = settings.HUE_EMBEDDED_DATABASE and not asks_only and call[0] != "work"
    with hold.database_for(settings.HUE_DATA) if held else nullcontext() as host:
        if host:
            # Settings were read before the database had a socket.
            for entry in settings.DATABASES.values():
                entry["HOST"] = host
        _set_up()
        from django.core.management import execute_from_command_line

        execute_from_command_line(["hue", *call])


def _set_up() -> None:
    import django

    django.setup()
