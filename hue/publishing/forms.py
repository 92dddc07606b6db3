"""What officers type, checked for shape; whether it may be done is asked by the actions."""

from typing import Any

from django import forms

from hue.events.models import LiveEvent
from hue.governance.policy import Policy
from hue.incidents.models import Incident
from hue.media.actions import LONGEST_ALT
from hue.people.models import Neighbourhood
from hue.publishing import cap
from hue.publishing.models import Post, Sample

WEEKS = 4  # that a report shows where nobody asked for others
KINDS = [("", "as it comes"), ("outcome", "what came of it"), ("notice", "planned notice")]


class Pictures(forms.FileField):
    """Several files under one name."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(Pictures, self).clean(file, initial) for file in data or []]


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        found: list[Any] = files.getlist(name)
        return found


class Alts(forms.Field):
    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        return [str(alt).strip() for alt in value or []]


class PassOnForm(forms.Form):
    """Somebody else's post, by its address."""

    address = forms.CharField(
        label="Address of the post",
        max_length=500,
        help_text="As your browser shows it: https://social.example/@them/123",
    )
    words = forms.CharField(
        label="Our own words before it",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.ModelChoiceField(
        Neighbourhood.objects.order_by("name"), label="Neighbourhood", required=False
    )


class ComposeForm(forms.Form):
    """A post as it comes from the phone page, the plain form or the interface of the phone."""

    text = forms.CharField(
        strip=False, error_messages={"required": "Say what happened."}, max_length=20_000
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.all(), to_field_name="slug", required=False
    )
    incident = forms.ModelChoiceField(Incident.objects.all(), required=False)
    event = forms.ModelChoiceField(
        LiveEvent.objects.open(), to_field_name="hashtag", required=False
    )
    parent = forms.ModelChoiceField(Post.objects.filter(state="published"), required=False)
    kind = forms.ChoiceField(choices=KINDS, required=False)
    action = forms.ChoiceField(
        choices=[(way, way) for way in ("publish", "review", "draft", "override")], required=False
    )
    written_at = forms.DateTimeField(required=False)
    publish_at = forms.DateTimeField(required=False)
    holds_from = forms.DateTimeField(required=False)
    holds_until = forms.DateTimeField(required=False)
    idempotency_key = forms.CharField(max_length=64, required=False)
    pictures = Pictures(required=False, widget=ManyFiles)
    alts = Alts(required=False)

    def __init__(self, *args: Any, rules: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        pictures, alts = told.get("pictures", []), told.get("alts", [])
        if len(pictures) > self.rules.pictures_a_post:
            self.add_error("pictures", f"At most {self.rules.pictures_a_post} pictures a post.")
        if len([alt for alt in alts if alt]) < len(pictures):
            self.add_error("pictures", "Say what each picture shows, for those who cannot see it.")
        _times_of_a_notice(self)
        return told

    def kind_of_post(self) -> str:
        """As chosen; else by what it is about."""
        told = self.cleaned_data
        if told["kind"]:
            return str(told["kind"])
        if told["holds_until"]:
            return "notice"
        if told["parent"]:
            return "follow_up"
        return "incident" if told["incident"] else "update"


class CheckForm(forms.Form):
    """What somebody is typing, for the guard to read: kept nowhere."""

    text = forms.CharField(strip=False, required=False)
    incident = forms.ModelChoiceField(Incident.objects.all(), required=False)
    event = forms.CharField(required=False, max_length=60)
    alts = Alts(required=False)

    def __init__(self, *args: Any, rules: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        return _within(text, self.rules.longest_post, "The post")

    def clean_alts(self) -> list[str]:
        """Each costs the guard as much as a post."""
        alts: list[str] = self.cleaned_data["alts"]
        if len(alts) > self.rules.pictures_a_post:
            raise forms.ValidationError(f"At most {self.rules.pictures_a_post} pictures a post.")
        return [_within(alt, LONGEST_ALT, "The description of a picture") for alt in alts]


def _within(text: str, longest: int, what: str) -> str:
    if len(text) > longest:
        raise forms.ValidationError(
            f"{what} is {len(text) - longest} characters too long: the guard reads it "
            "once it is shorter."
        )
    return text


class Decision(forms.Form):
    """What every decision about a post carries: the version that was on the screen."""

    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=400)
    confirmed = forms.BooleanField(required=False)
    # Why a stop of the guard may pass, by somebody whom its rule names.
    rationale = forms.CharField(required=False, max_length=2000)


class Reasoned(Decision):
    reason = forms.CharField(max_length=400, error_messages={"required": "Say why."})


class EditForm(Decision):
    text = forms.CharField(
        strip=False, max_length=20_000, error_messages={"required": "The post has no words left."}
    )


class CorrectForm(EditForm, Reasoned):
    reason = forms.CharField(
        max_length=400,
        error_messages={"required": "Say why it is corrected: the public reads it."},
    )
    redact = forms.BooleanField(required=False)
    holds_from = forms.DateTimeField(required=False)
    holds_until = forms.DateTimeField(required=False)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        _times_of_a_notice(self)
        start, end = told.get("holds_from"), told.get("holds_until")
        told["times"] = (start, end) if start and end else None
        return told


def _times_of_a_notice(form: forms.Form) -> None:
    start, end = (form.cleaned_data.get(name) for name in ("holds_from", "holds_until"))
    if bool(start) != bool(end):
        missing = "holds_until" if start else "holds_from"
        form.add_error(missing, "A notice needs both: when it begins and when it is over.")
    elif start and end and end <= start:
        form.add_error("holds_until", "It is over before it begins: change one of the times.")


class WithdrawForm(Reasoned):
    rule = forms.CharField(required=False, max_length=20)


class ScheduleForm(Decision):
    publish_at = forms.DateTimeField(error_messages={"required": "Choose a day and a time."})


class AlertForm(Decision):
    event = forms.CharField(
        max_length=cap.LONGEST_EVENT, error_messages={"required": "Name what happens."}
    )
    category = forms.ChoiceField(choices=cap.CATEGORIES.items())
    urgency = forms.ChoiceField(choices=cap.URGENCIES.items())
    severity = forms.ChoiceField(choices=cap.SEVERITIES.items())
    certainty = forms.ChoiceField(choices=cap.CERTAINTIES.items())
    instruction = forms.CharField(required=False, max_length=1000)
    expires_at = forms.DateTimeField(error_messages={"required": "Choose when it ends by itself."})
    exercise = forms.BooleanField(required=False)


class JudgeForm(forms.Form):
    answer = forms.ChoiceField(choices=Sample.ANSWERS)
    rules = Alts(required=False)
    words = forms.CharField(max_length=500, required=False)

    def clean_rules(self) -> list[str]:
        return [rule for rule in self.cleaned_data["rules"] if rule]


class Ticked(forms.Field):
    """Posts with the version that was on the screen, each as "post:version"."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> dict[str, int]:
        pairs = [str(one).partition(":") for one in value or []]
        if not pairs or not all(number.isdecimal() and len(number) < 9 for _, _, number in pairs):
            raise forms.ValidationError("Tick at least one post.")
        return {post: int(number) for post, _, number in pairs}


class TogetherForm(forms.Form):
    posts = Ticked()
    reason = forms.CharField(max_length=400)


class WeeksForm(forms.Form):
    """How many weeks back, the running one included."""

    weeks_back = forms.TypedChoiceField(
        label="Weeks",
        coerce=int,
        required=False,
        choices=[(1, "This week"), (4, "4 weeks"), (13, "13 weeks"), (52, "52 weeks")],
    )

    def weeks(self) -> int:
        return int(self.cleaned_data["weeks_back"] or WEEKS) if self.is_valid() else WEEKS
