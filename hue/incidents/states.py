"""An incident is open until its outcome is known; proceedings are dated steps of one person."""

from hue.states.graph import Graph

INCIDENT = Graph("incident", start="open", moves={"open": ("over",), "over": ("open",)})

# A file on its way in: looked through by the worker, then by a person, then stored whole.
IMPORT = Graph(
    "import",
    start="received",
    moves={
        "received": ("checking", "dropped"),
        "checking": ("ready", "refused"),
        "ready": ("checking", "importing", "dropped"),
        "refused": ("checking", "dropped"),
        "importing": ("imported", "refused"),
        "imported": ("undone",),
        "undone": (),
        "dropped": (),
    },
)

PROCEEDINGS = Graph(
    "proceeding",
    start="no_arrest",
    moves={
        "no_arrest": ("arrested", "warrant", "summons", "charged", "discontinued"),
        "warrant": ("arrested", "charged", "discontinued"),
        "arrested": ("bailed", "rui", "nfa", "charged"),
        "bailed": ("arrested", "rui", "nfa", "charged", "summons"),
        "rui": ("arrested", "bailed", "nfa", "charged", "summons", "warrant"),
        "nfa": ("arrested", "summons", "warrant"),
        # A warrant for somebody who did not come to court takes nothing back: they stay charged.
        "charged": ("convicted", "acquitted", "discontinued"),
        "summons": ("convicted", "acquitted", "discontinued"),
        "convicted": ("sentenced", "acquitted"),
        "sentenced": (),
        "acquitted": (),
        "discontinued": ("arrested", "warrant", "summons", "charged"),
    },
)
