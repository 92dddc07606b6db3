"""What the desk knows in the examples: a few situations that the rules share."""

from collections.abc import Callable

from hue.guard.rule import Example, given

_THEN = "2026-11-20T09:00:00Z"


def _after(state: str) -> dict[str, object]:
    steps = [{"person": "p1", "state": state, "at": _THEN}]
    return {"kind": "burglary", "proceedings": steps}


_KIERAN = {
    "id": "p1",
    "name": "Kieran Holloway",
    "role": "suspect",
    "age": 34,
    "also": ["Kez"],
    "details": ["Brindle Motors"],
}

NO_STEPS = given("nobody is arrested", incident={"kind": "burglary"}, persons=[_KIERAN])
ARRESTED = given("after the arrest", incident=_after("arrested"), persons=[_KIERAN])
RELEASED = given("released under investigation", incident=_after("rui"), persons=[_KIERAN])
CHARGED = given("after the charge", incident=_after("charged"), persons=[_KIERAN])
CONVICTED = given("after the verdict", incident=_after("convicted"), persons=[_KIERAN])
SENTENCED = given("after the sentence", incident=_after("sentenced"), persons=[_KIERAN])
NO_ACTION = given("no further action", incident=_after("nfa"), persons=[_KIERAN])
OVERRIDDEN = given(
    "wanted; a warning to the public is recorded as the purpose",
    kind="appeal_wanted",
    persons=[{**_KIERAN, "role": "wanted", "override": True}],
)
YOUNG = given(
    "the defendant is 15",
    incident=_after("charged"),
    persons=[{**_KIERAN, "role": "defendant", "age": 15}],
)
YOUNG_WITNESS = given(
    "a witness is 12", persons=[{"id": "p2", "name": "Mia Lowe", "role": "witness", "age": 12}]
)
MISSING = given(
    "a missing girl, her family agreed",
    kind="appeal_missing",
    persons=[{"id": "p3", "name": "Mia Lowe", "role": "missing", "age": 14, "consent": True}],
)
_VICTIM = {"id": "p4", "name": "Tara Quill", "role": "victim", "age": 29, "details": ["Oak School"]}
VICTIM = given("a victim who did not agree", persons=[_VICTIM])
AGREED = given("a victim who agreed", persons=[{**_VICTIM, "consent": True}])
SEXUAL = given(
    "a sexual offence", incident={"kind": "violence", "offence": "sexual"}, persons=[_VICTIM]
)
SLAVERY = given(
    "modern slavery", incident={"kind": "other", "offence": "modern_slavery"}, persons=[_VICTIM]
)
WAIVED = given(
    "a sexual offence; she waived anonymity in writing",
    incident={"kind": "violence", "offence": "sexual"},
    persons=[{**_VICTIM, "consent": True, "waiver": True}],
)
WAIVED_YOUNG = given(
    "a sexual offence; the victim is 15 and signed a waiver",
    incident={"kind": "violence", "offence": "sexual"},
    persons=[{**_VICTIM, "age": 15, "consent": True, "waiver": True}],
)
PUPIL_ACCUSES = given(
    "a pupil accuses a teacher; nobody is charged",
    incident={**_after("arrested"), "offence": "teacher_by_pupil"},
    persons=[{**_KIERAN, "override": True}],
)
SMALL_PLACE = given("arrested, a small place", incident={**_after("arrested"), "small_place": True})
ASKED = given("a reporter offers a name", kind="reply", named_by_asker=["Kieran Holloway"])
ASKED_CHARGED = given(
    "a reporter offers a name; that person is charged",
    kind="reply",
    named_by_asker=["Kieran Holloway"],
    incident=_after("charged"),
    persons=[_KIERAN],
)
PURPOSE = given(
    "arrested; a purpose for telling ethnicity is recorded",
    incident=_after("arrested"),
    persons=[{**_KIERAN, "ethnicity_purpose": True}],
)
_ORDER = {"kind": "anonymity", "person": "p1", "words": ["the twins"], "made_at": _THEN}
ANONYMITY = given(
    "an order forbids naming him", orders=[_ORDER], incident=_after("charged"), persons=[_KIERAN]
)
POSTPONED = given(
    "an order postpones reports",
    orders=[{**_ORDER, "kind": "postpone"}],
    incident=_after("charged"),
)
LIFTED = given(
    "the order is lifted",
    orders=[{**_ORDER, "lifted_at": "2026-11-21T08:00:00Z"}],
    incident=_after("charged"),
    persons=[_KIERAN],
)
LIVE = given("the operation is live", operation={"state": "live"})
STOOD_DOWN = given("the operation is over", operation={"state": "stood_down"})
UNTOLD = given("the victim is not told yet", incident={"kind": "burglary", "has_victim": True})
TOLD = given(
    "the victim was told",
    incident={"kind": "burglary", "has_victim": True},
    victim_informed_at=_THEN,
)
TOLD_LATER = given(
    "the victim will be told later",
    incident={"kind": "burglary", "has_victim": True},
    victim_informed_at="2026-11-22T09:00:00Z",
)
ELECTION = given("before an election", election_period=True, candidates=["Rosa Finch"])
_READY = {
    "of": "suspect",
    "age": 30,
    "source": "cctv",
    "purpose": "identify",
    "approved_by": "senior_investigating_officer",
    "others_obscured": True,
    "review_at": "2026-12-01T09:00:00Z",
    "prior_enquiries": True,
}


def picture(says: str, **facts: object) -> Callable[..., Example]:
    """A picture that may go out, but for these facts."""
    return given(says, pictures=[{**_READY, **facts}], alt_texts=["A man in a blue coat"])
