"""The lives of a watch, a source, a remark and a risk to life; of a rumour, of one answer to it,
and of what the public sends in."""

from hue.states.graph import Graph

WATCH = Graph(
    "watch",
    start="written",
    moves={
        "written": ("approved", "refused"),
        "approved": ("ended",),
        "refused": (),
        "ended": (),
    },
)

SOURCE = Graph("source", start="off", moves={"off": ("on",), "on": ("off",)})

REMARK = Graph("remark", start="waiting", moves={"waiting": ("read",), "read": ()})

DANGER = Graph("danger", start="open", moves={"open": ("handed_off",), "handed_off": ()})

LESSON = Graph("lesson", start="due", moves={"due": ("learnt",), "learnt": ()})

BRINGING = Graph(
    "bringing",
    start="going",
    moves={"going": ("done", "stopped"), "done": (), "stopped": ()},
)

_VERDICTS = ("false", "true", "partly", "cannot_say")

RUMOUR = Graph(
    "rumour",
    start="unverified",
    moves={
        "unverified": (*_VERDICTS, "independent", "merged"),
        # The same verdict again is an answer checked again.
        **dict.fromkeys(_VERDICTS, ("unverified", *_VERDICTS, "independent", "merged")),
        # Somebody else investigates: the force itself gives no verdict until that is over.
        "independent": ("unverified", "merged"),
        "merged": (),
    },
)
VERDICTS = frozenset(_VERDICTS)

# Where the force itself is the subject, a second decider of another unit agrees or does not.
VERDICT = Graph(
    "verdict",
    start="proposed",
    moves={
        "proposed": ("in_force", "refused"),
        "in_force": ("replaced",),
        "replaced": (),
        "refused": (),
    },
)

CHALLENGE = Graph(
    "challenge",
    start="open",
    moves={"open": ("upheld", "declined"), "upheld": (), "declined": ()},
)

# A claim that somebody asks about through the public form.
ASKED = Graph(
    "asked claim",
    start="waiting",
    moves={"waiting": ("taken_up", "dropped"), "taken_up": (), "dropped": ()},
)
