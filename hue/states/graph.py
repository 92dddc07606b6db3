"""Life-cycles written down once: which states there are and which moves are allowed."""

from collections.abc import Mapping


class IllegalMove(Exception):
    """A move that the graph does not have."""


class BadGraph(Exception):
    """The graph itself is wrong; raised when its module is imported."""


class Graph:
    """States and moves of one kind of row. `moves` names every state, the last ones with ()."""

    registry: dict[str, "Graph"] = {}

    def __init__(self, name: str, *, start: str, moves: Mapping[str, tuple[str, ...]]) -> None:
        self.name, self.start, self.moves = name, start, dict(moves)
        self._verify()
        Graph.registry[name] = self

    def check(self, old: str, new: str) -> None:
        if new not in self.moves.get(old, ()):
            raise IllegalMove(f"A {self.name} that is {old} cannot become {new}.")

    def choices(self) -> list[tuple[str, str]]:
        """For a field of a model."""
        return [(state, state.replace("_", " ")) for state in self.moves]

    def _verify(self) -> None:
        reached, waiting = {self.start}, [self.start]
        while waiting:
            for state in self.moves.get(waiting.pop(), ()):
                if state not in self.moves:
                    raise BadGraph(f"{self.name}: {state} is moved to but not listed.")
                if state not in reached:
                    reached.add(state)
                    waiting.append(state)
        if lost := self.moves.keys() - reached:
            raise BadGraph(f"{self.name}: no way leads to {', '.join(sorted(lost))}.")
