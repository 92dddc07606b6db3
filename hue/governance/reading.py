"""What holds for every text that the guard reads: the force's policy, and an election."""

from dataclasses import replace

from hue.governance import policy
from hue.governance.models import Election
from hue.governance.policy import Policy
from hue.guard.draft import Draft
from hue.guard.policy import Policy as GuardPolicy


def laid_down(draft: Draft, rules: Policy | None = None) -> tuple[Draft, GuardPolicy]:
    """`rules` is the policy in force, where somebody has just read it."""
    told = (rules or policy.in_force(at=draft.at)).guard
    running = list(Election.objects.running(at=draft.at).values_list("candidates", flat=True))
    ready = replace(
        draft,
        captured_hashtags=told.captured_hashtags,
        election_period=bool(running),
        candidates=tuple(name for names in running for name in names),
    )
    return ready, told
