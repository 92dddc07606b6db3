"""After an arrest little may be said: gender, age, town, the offence, dates and what follows."""

import re
from collections.abc import Iterator

from hue.guard.finding import Severity
from hue.guard.names import STREETS
from hue.guard.reading import Reading
from hue.guard.rule import COMMAND, Hit, Rule
from hue.guard.situations import ARRESTED, CHARGED, NO_STEPS

WHO = r"(?:man|woman|boy|girl|teenager|male|female|suspect|youth|\d\d-year-old|he|she)"
WORK = re.compile(
    r"\b(?:(?:who |and )?(?:works?|worked|working|employed|teaches|taught|studies|studying|studied"
    r"|trains|volunteers|plays|played|coaches|coached|attends|enrolled|based) "
    r"(?:at|for|by|as|in|with) (?:an? |the )?(?!custody|court|police)[\w']+(?: [A-Z][\w']+)*"
    r"|(?:who|and|he|she|He|She) (?:runs|ran|owns|owned|manages|managed|chairs|captains) "
    r"(?:an? |the )?[\w']+(?: [\w']+)?"
    r"|(?:[Ff]ormer|[Ee]x-?) ?(?:[A-Z][\w']+ )+[a-z]+"
    r"|(?:pupil|student|teacher|nurse|doctor|manager|owner|employee|worker|barman|chef|porter|"
    r"caretaker|vicar|coach|assistant|landlord|landlady|receptionist|driver|bookkeeper|accountant|"
    r"clerk|cook|cleaner|carer|guard|governor|head|headteacher|lecturer|librarian|mechanic|captain|"
    r"player|striker|goalkeeper|apprentice|salesman|supervisor|director|partner|treasurer|priest|"
    r"postman|barber|baker|butcher|foreman|engineer|technician|surgeon|dentist|pharmacist|midwife|"
    r"paramedic|soldier|councillor|secretary|trustee|cashier|waiter|waitress|barmaid|member) "
    r"(?:at|of|from|for|with) (?:the |a )?[A-Z][\w']+(?: [A-Z][\w']+){0,3})"
)
STREET = re.compile(
    rf"\b{WHO}\b[^.!?\n]{{0,40}}?\b(?P<here>(?:of|from|lives (?:on|in|at)|living (?:on|in|at)|"
    rf"(?:his|her|their) (?:home|house|address|flat) (?:on|in|at)) "
    rf"(?:\d+[a-z]?,? )?(?:[A-Z][\w']+ ){{1,3}}(?:{STREETS}))\b"
)
HOME = re.compile(
    rf"\b(?P<here>(?:his|her|their) (?:home|house|address|flat) (?:on|in|at) "
    rf"(?:[A-Z][\w']+ ){{1,3}}(?:{STREETS}))\b"
)


def find(reading: Reading) -> Iterator[Hit]:
    for field in reading.fields:
        for match in WORK.finditer(field.text):
            yield Hit(field, match.start(), match.end())
        for pattern in (STREET, HOME):
            for match in pattern.finditer(field.text):
                yield Hit(field, match.start("here"), match.end("here"))


RULE = Rule(
    id="PUB-3",
    family="naming",
    severity=Severity.STOP,
    wrong="After an arrest this is more than may be said of the person.",
    right="Gender, age, town of home, nature, date and general place of the offence, and what "
    "follows: no street, employer or school.",
    source="College of Policing, APP Media and communications: arrests, charges and outcomes",
    may_override=COMMAND,
    when=lambda reading: reading.is_arrest,
    find=find,
    caught=(
        ARRESTED("A man who works at Brindle Foods is in custody."),
        ARRESTED("A pupil at Moor Green School is in custody."),
        ARRESTED("A man, 34, from Oakfield Road is in custody."),
        ARRESTED("A man of 34, living at 66 Coatham Road, is in custody."),
        ARRESTED("The former Rhyl Athletic goalkeeper is in custody."),
        ARRESTED("A man, 34, a bookkeeper at Brindle Foods, was bailed."),
        ARRESTED("The man, who runs the village shop, is in custody."),
        "A man living on Oakfield Road has been arrested.",
        "A teacher at Hill School has been arrested.",
        "A woman was arrested at her home in Oakfield Road.",
    ),
    let_through=(
        ARRESTED("A man, 34, from Selly Oak is in custody."),
        ARRESTED("He was arrested on Tuesday near Oakfield Road."),
        CHARGED("A man who works at Brindle Foods is charged with theft."),
        NO_STEPS("A teacher at Hill School showed us round."),
        "A 34-year-old woman from Selly Oak has been arrested and bailed until 3 January.",
    ),
)
