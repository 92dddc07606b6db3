"""The lives of a watch, of a source, of a remark until it was read, and of a risk to life."""

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
