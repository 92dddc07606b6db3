"""How or where somebody took or tried to take their life is never told."""

from hue.guard.finding import Severity
from hue.guard.rule import COMMAND, Rule, said

RULE = Rule(
    id="RSK-5",
    family="tone",
    severity=Severity.STOP,
    wrong="Telling how or where somebody harmed themselves can lead others to do it.",
    right="Say that somebody is safe or has died, and where to find help: Samaritans, 116 123.",
    source="Samaritans, media and community guidelines",
    may_override=COMMAND,
    phrases="suicide_detail",
    find=said("suicide_detail"),
    caught=(
        "A man jumped from the bridge.",
        "She was found hanging at home.",
        "He took an overdose.",
        "He had taken a large quantity of his tablets.",
        "A woman is threatening to jump; expect delays.",
        "He took his own life by the canal.",
    ),
    let_through=(
        "Concern for somebody's safety: the road is closed.",
        "A man has died. Samaritans listen on 116 123.",
        "Tablets and patient are together again.",
        "A carbon monoxide alarm in a house went off; everybody is well.",
        "We jumped at the chance to meet you.",
        "Officers talked with a woman and she is safe.",
        "The flag was hung from the window.",
    ),
)
