"""What a court has forbidden does not go out until the order is lifted."""

from collections.abc import Iterator

from hue.guard.draft import Order
from hue.guard.finding import Severity
from hue.guard.names import exactly, named
from hue.guard.reading import Reading
from hue.guard.rule import Hit, Rule
from hue.guard.situations import ANONYMITY, CHARGED, LIFTED, POSTPONED


def find(reading: Reading) -> Iterator[Hit]:
    for order in reading.draft.orders:
        if order.active(reading.draft.at):
            yield from _breaches(reading, order)


def _breaches(reading: Reading, order: Order) -> Iterator[Hit]:
    if order.kind == "postpone" and reading.draft.incident is not None:
        yield Hit(reading.text, wrong="A court order postpones every report of this incident.")
    for person in reading.draft.persons:
        if order.kind == "anonymity" and order.person in ("", person.id):
            yield from named(reading, person, first_name_too=True)
    yield from exactly(reading, order.words)


RULE = Rule(
    id="LAW-6",
    family="naming",
    severity=Severity.STOP,
    wrong="A court order forbids this.",
    right="Leave it out until the order is lifted; ask legal services if in doubt.",
    source="Judicial College, reporting restrictions in the criminal courts",
    when=lambda reading: bool(reading.draft.orders),
    find=find,
    caught=(
        ANONYMITY("Kieran Holloway is charged."),
        ANONYMITY("Kieran is charged."),
        ANONYMITY("A man is charged with hurting the twins."),
        POSTPONED("A man appeared in court today."),
        ANONYMITY("Court", alt_texts=["Kieran Holloway outside court"]),
    ),
    let_through=(
        ANONYMITY("A man is charged with burglary."),
        LIFTED("Kieran Holloway is charged."),
        CHARGED("Kieran Holloway is charged."),
        ANONYMITY("A man appeared in court today."),
        "The twins won our poster competition.",
    ),
)
