"""Every change of who reads what."""

from hue.subscribers.actions.ask import ask, confirm, note_wrong_code
from hue.subscribers.actions.desk import amend_list, erase_for, mark_volunteer
from hue.subscribers.actions.greet import Greeting, greet, put_back
from hue.subscribers.actions.itself import count_day, forget, note_said, open_ways, watch_silence
from hue.subscribers.actions.moved import Mover, take_over
from hue.subscribers.actions.own import bounce, change, erase, leave, say_why

__all__ = [
    "Greeting",
    "Mover",
    "amend_list",
    "ask",
    "bounce",
    "change",
    "confirm",
    "count_day",
    "erase",
    "erase_for",
    "forget",
    "greet",
    "leave",
    "mark_volunteer",
    "note_said",
    "note_wrong_code",
    "open_ways",
    "put_back",
    "say_why",
    "take_over",
    "watch_silence",
]
