"""What a row with a state can do. Knows no framework: `objects` is the row's own manager."""

from typing import Any, ClassVar

from hue.states.graph import Graph


class MovedMeanwhile(Exception):
    """Somebody else moved the row first; look again before deciding."""


class EditedMeanwhile(Exception):
    """Somebody else changed the row while this person was looking at an older version."""


class Moving:
    """Gives `move_to` to a model that has `state` and a GRAPH."""

    GRAPH: ClassVar[Graph]
    state: Any
    pk: Any

    def move_to(self, new: str, **also: object) -> None:
        """Move and store, with the fields `also`, unless another was faster."""
        self.GRAPH.check(self.state, new)
        rows: Any = type(self)._base_manager  # type: ignore[attr-defined]
        if not rows.filter(pk=self.pk, state=self.state).update(state=new, **also):
            raise MovedMeanwhile(f"This {self.GRAPH.name} is no longer {self.state}.")
        self.state = new
        for name, value in also.items():
            setattr(self, name, value)
