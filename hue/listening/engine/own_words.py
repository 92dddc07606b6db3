"""Examples of our own to start from, put together from phrases; corrections teach the rest.

Each kind has phrases with gaps, each gap words to fill it with. All is written by us: no post of
anybody's is in here. What this is worth against real posts stands in docs/explanation/listening.md.
"""

import re
from collections.abc import Iterator
from itertools import count

Examples = Iterator[tuple[str, str]]
EACH = 8  # fillings of a phrase

_GAPS = {
    "thing": "fire|flood|floods|storm|explosion|crash|train crash|earthquake|shooting|riot|riots|"
    "disorder|stabbing|wildfire|typhoon|building collapse|attack|blast|derailment|gas leak",
    "place": "the city centre|the town|our street|the high street|the estate|the station|the north|"
    "the valley|downtown|the suburbs|the village|the market|the coast|our area|the region",
    "many": "two|three|five|at least ten|12|dozens of|hundreds of|thousands of|more than 200|37|8|many",
    "who": "people|residents|families|children|passengers|workers|students|homes|victims|men|women",
    "them": "the victims|the families|everyone affected|those affected|people in {place}|survivors|"
    "the people there|all who lost someone",
    "cut": "power|water|gas|electricity|phone lines|the internet|heating",
    "way": "road|motorway|bridge|railway line|airport|station|school|hospital|main street|highway|"
    "bus lane|tunnel",
    "gift": "food|water|blankets|clothes|money|nappies|tents|medicine|toys|shelter|blood",
    "body": "police|the council|the government|the fire service|officials|the mayor|the minister|the "
    "weather office|rescuers|the company|the army",
}

_KINDS = {
    "people affected": """
{many} {who} dead after {thing} in {place}|death toll rises to {many} in {thing}|{many} {who} killed
{many} {who} injured in the {thing}|{many} {who} missing after the {thing}|a man has died in {place}
a woman was badly hurt in the {thing}|{many} {who} taken to hospital after {thing}|boy, 9, found alive
{many} {who} homeless after {thing}|{many} {who} evacuated from {place}|{many} {who} forced to leave
{body} say {many} {who} are dead|{many} {who} still trapped in {place}|names of the victims of the {thing}
family lost everything in the {thing}|my cousin is missing since the {thing}|looking for my brother in
bodies found in {place}|number of dead in {thing} now {many}|{many} {who} rescued from {place}
{many} casualties reported|suspect and {many} {who} wounded|{many} {who} spend the night in shelters
fatalities confirmed in {thing}|pets and owners found safe|mother of two died in the {thing}
""",
    "damage and services": """
{way} closed because of {thing}|{way} shut after {thing} in {place}|no {cut} in {place}|{cut} is off
{many} houses destroyed by {thing}|{thing} damages {way}|{cut} restored in {place}|{way} reopens
trains cancelled because of the {thing}|flights delayed after {thing}|{many} homes without {cut}
windows smashed all along {place}|roof torn off the school in {place}|the {way} has collapsed
buildings damaged in {place}|shops burnt out in {place}|schools closed tomorrow because of {thing}
{way} under water|traffic at a standstill near {place}|cracks in the {way} after the {thing}
buses are not running to {place}|{body} working to bring back {cut}|{many} buildings burnt in {place}
houses flooded in {place}|bridge washed away by {thing}|phone network down in {place}
""",
    "offers and appeals": """
please donate {gift} for {them}|donate to help {them}|how to help {them}|we need {gift} in {place}
volunteers wanted in {place}|text HELP to give ten pounds to {them}|{gift} needed for {them}
red cross takes donations for {them}|benefit concert for {them}|drop off {gift} at the church
we collect {gift} for {them}|fundraiser for {them}|join the clean up in {place}|bring {gift} and a broom
{body} sends {gift} to {place}|please give blood after the {thing}|relief goods for {them}
we have spare rooms for {them}|charity match for {them}|help us to rebuild {place}|every pound helps
account to deposit {gift} for {them}|{gift} drive for {them} at the school|aid arrives in {place}
send {gift} to {place}|volunteer to pack {gift} for {them}|we raised 500 for {them}
""",
    "warnings and advice": """
{body} warn of {thing} in {place}|avoid {place}|stay away from {place}|please stay indoors
stay off the {way}|evacuate {place} now|evacuation order for {place}|{body} urge people to stay home
warning: {thing} expected in {place}|tsunami warning issued|flood alert for {place}|red alert in {place}
do not drive through {place}|boil your water before drinking|do not call 999 unless it is urgent
keep windows shut because of smoke|what to do in a {thing}|number to call for information: 0800
wear a mask outside|emergency numbers for {place}|{body} advise people to leave {place}
curfew in {place} tonight|be careful on the {way}|storm warning for {place} until midnight
shelter open in {place} at the school|check on your neighbours|lookout for falling debris in {place}
""",
    "sympathy": """
thoughts and prayers with {them}|praying for {them}|my heart goes out to {them}|so sad about {place}
rest in peace|RIP to the victims of the {thing}|condolences to {them}|deepest sympathy to {them}
stay strong {place}|stay safe everyone in {place}|hope everyone in {place} is ok|god bless {them}
pray for {place}|thinking of {them} tonight|heartbreaking pictures from {place}|crying for {them}
thank you to the firefighters in {place}|heroes, every one of them|well done to our rescuers
devastated by the news of the {thing}|we love you {place}|sending love to {them}|so proud of {place}
tears for {place}|candle lit for {them}|a minute of silence for {them}|our prayers are with {them}
""",
    "other news": """
{body} open inquiry into {thing}|cause of {thing} not known yet|what we know about the {thing}
video: {thing} in {place}|pictures of the {thing} in {place}|live updates on {thing} in {place}
{body} arrest suspect after {thing}|{body} hold news conference about {thing}|minister visits {place}
how the {thing} happened|experts explain the {thing}|{thing} caused by human error, {body} say
{body} criticised for response to {thing}|president speaks about {thing}|map of the {thing}
{thing} is {many} per cent contained|magnitude 6 {thing} hits {place}|suspect in {thing} identified
driver was going too fast before {thing}|timeline of the {thing}|{body} will rebuild the {way}
{thing} moves towards {place}|photo of {place} from the air|{body} deny reports about {thing}
owner of the building questioned|latest on the {thing} in {place}|search goes on in {place}
""",
    "nothing to do with it": """
new album out today|what a goal last night|buy one get one free|cannot wait for my holiday
what a lovely cup of tea|follow me back please|happy birthday to my best friend|i love this song
watching a film with my sister|just had the best pizza|job opening in {place}, apply now
check out my new video|good morning everyone|exam tomorrow and i have not started|lol that is so funny
cheap tickets for the match|my boss is so annoying|who wants to go out tonight|i miss summer
new phone who dis|concert in {place} on friday was great|i am so bored|best deals on shoes
our team won|my cat is asleep on my laptop|coffee first|vote for us in the final|late for work again
this game is the best|listening to the radio in {place}|the weather is nice today in {place}
""",
}
_URGENCIES = {
    "critical": """
{many} {who} trapped in {place}, send help now|he is not breathing, where is the ambulance
shots fired in {place}, people down|water up to the roof, children still inside|please rescue us
we are trapped in {place}|need an ambulance in {place} now|people jumping from the building in {place}
gunman in {place} right now|{many} {who} need rescue in {place}|my mother is stuck on the roof, help
fire, {many} {who} still inside|urgent: boat needed to save {who} in {place}|building coming down on {who}
""",
    "high": """
they are smashing the shops in {place} right now|{thing} spreading to {place}|evacuate {place} now
crowd with bricks moving towards {place}|{many} {who} missing after {thing}|{body}: leave {place} at once
dam may break, {place} must go|tsunami warning for {place}|second {thing} reported in {place}
{many} {who} injured in {place}|we need {gift} in {place} urgently|search for {many} {who} under rubble
car driven at {who} in {place}|new {thing} just broke out in {place}|hospital in {place} needs {gift}
""",
    "medium": """
{way} closed after {thing}|{body} at the scene in {place}|smoke over {place}|school shut after {thing}
no {cut} in {place}|{many} {who} dead after {thing}|flood water rising slowly in {place}
{many} homes without {cut}|{body} ask for {gift}|trains stopped because of {thing}|shelter open in {place}
avoid {place} this evening|windows broken in {place}|{thing} warning for {place} tomorrow
""",
    "low": """
thoughts are with {them}|what a week|pictures of last year's {thing}|great gig tonight|pray for {place}
minister gives a speech about {thing}|watch our report on the {thing}|so sad about {place}
fundraiser for {them}|new album out today|anniversary of the {thing}|experts explain the {thing}
video of the {thing}|{body} open inquiry into {thing}|happy birthday|i love this song|what a goal
donate to help {them}|good morning {place}|documentary on the {thing} tonight|lol so funny
""",
}
_GAP = re.compile(r"\{(\w+)\}")


def kind_examples() -> Examples:
    return _filled(_KINDS)


def urgency_examples() -> Examples:
    return _filled(_URGENCIES)


def _filled(phrases: dict[str, str]) -> Examples:
    turn = count()
    for label, text in phrases.items():
        for phrase in text.strip().replace("\n", "|").split("|"):
            for _ in range(EACH if "{" in phrase else 2):
                yield _fill(phrase, turn), label


def _fill(phrase: str, turn: "count[int]") -> str:
    """Each gap with the next of its words; no chance, so that training is the same each time."""
    while gap := _GAP.search(phrase):
        words = _GAPS[gap[1]].split("|")
        word = words[next(turn) * 7 % len(words)]
        phrase = f"{phrase[: gap.start()]}{word}{phrase[gap.end() :]}"
    return phrase
