"""What holds for every text that the guard reads: the force's policy, and an election."""

from collections.abc import Iterable
from dataclasses import replace

from hue.governance import policy
from hue.governance.models import Election
from hue.governance.policy import Policy
from hue.guard.draft import Draft
from hue.guard.policy import Policy as GuardPolicy


def laid_down(
    draft: Draft, rules: Policy | None = None, elections: Iterable[Election] | None = None
) -> tuple[Draft, GuardPolicy]:
    """`rules` is the policy, `elections` are those at the time, if somebody has just read them."""
    told = (rules or policy.in_force(at=draft.at)).guard
    if elections is None:
        elections = Election.objects.running(at=draft.at)
    running = [election for election in elections if election.runs(at=draft.at)]
    ready = replace(
        draft,
        captured_hashtags=told.captured_hashtags,
        election_period=bool(running),
        candidates=tuple(name for election in running for name in election.candidates),
    )
    return ready, told
