"""What was heard goes in time, whoever said it; and nobody's history can be put together."""

import itertools
from datetime import timedelta

from django.test import Client

from hue.audit.models import Entry
from hue.listening import actions
from hue.listening.models import Key, Look, Remark, Source, Watch
from hue.people import queries as people
from tests.cast import NOON, Cast
from tests.listening.conftest import heard, said

DAY = timedelta(days=1)


def test_words_go_after_seven_days_and_with_the_last_of_a_week_its_key(
    source: Source, watch: Watch
) -> None:
    heard(source, said("Looting on the High Street"))
    assert actions.erase(by=people.system(), at=NOON + 7 * DAY - DAY / 24) == 0
    assert Key.objects.count() == 1
    assert actions.erase(by=people.system(), at=NOON + 7 * DAY) == 1
    assert (Remark.objects.count(), Key.objects.count()) == (0, 0)
    assert Entry.objects.get(kind="remarks.erased").data == {"remarks": 1}


def test_in_a_declared_incident_they_are_kept_for_thirty(
    cast: Cast, source: Source, watch: Watch
) -> None:
    both = ["supervisor", "communications"]
    type(cast.sergeant).objects.filter(pk=cast.sergeant.pk).update(roles=both)
    cast.sergeant.refresh_from_db()
    heard(source, said("Looting on the High Street"))
    actions.declare(by=cast.sergeant, at=NOON, watch=watch, incident="Disorder, declared by gold")
    heard(source, said("Looting again", 2))
    assert {one.expires_at for one in Remark.objects.all()} == {NOON + 30 * DAY}
    actions.declare(by=cast.sergeant, at=NOON, watch=watch, incident="")
    assert {one.expires_at for one in Remark.objects.all()} == {NOON + 7 * DAY}


def test_nobody_can_put_together_what_one_person_said(source: Source, watch: Watch) -> None:
    """Sue says three things, and each is said by somebody else as well. Whoever reads every column
    of the table finds no value that the remarks of hers have and nobody else's."""
    said_thrice = ["Looting at the station", "A fire in the library", "Fire on Vicarage Road"]
    hers = set[int]()
    for number, text in enumerate(said_thrice):
        both = [said(text, number, author="@sue"), said(text, 10 + number, author=f"@{number}")]
        heard(source, *(both if number else both[::-1]), at=NOON + number * timedelta(minutes=5))
        hers.add(Remark.objects.order_by("pk")[2 * number + (number == 0)].pk)
    before = _linked(hers)
    heard(source, said("Looting over", 99, author="@end"), at=NOON + timedelta(minutes=30))
    assert not _linked(hers)
    assert before <= {"author"}, "for half a minute the engine still has to count by it"


def _linked(hers: set[int]) -> set[str]:
    """Columns in which remarks of hers share a value that no other has."""
    found = set[str]()
    for name in (field.column for field in Remark._meta.concrete_fields):
        told = Remark.objects.values_list(name, "pk").iterator()
        rows = sorted((str(value), pk) for value, pk in told if value not in ("", None))
        for _, same in itertools.groupby(rows, key=lambda row: row[0]):
            group = {pk for _, pk in same}
            if len(group) > 1 and group <= hers:
                found.add(name)
    return found


def test_who_looked_at_what_and_why_is_kept(cast: Cast, source: Source, watch: Watch) -> None:
    heard(source, said("Looting on the High Street"))
    claim = Remark.objects.get().claim
    client = Client()
    client.force_login(cast.comms)
    for address in ("", f"claims/communications/{claim}/", ""):
        assert client.get(f"/desk/listening/{address}").status_code == 200
    looks = Look.objects.order_by("subject")
    assert [(one.officer, one.subject) for one in looks] == [
        (cast.comms, f"claim:{claim}"),
        (cast.comms, "desk"),
    ]
