"""A file, and which of its columns is what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from hue.incidents.streetfile.layouts import LABELS, REQUIRED, Columns, Field

ABSENT = ("", "Not in this file")
SAMPLE = 40

HELP = {
    Field.KIND: "A crime type of police.uk, or a kind of ours",
    Field.HAPPENED: "20/11/2026 14:05, or a day, or a month as 2026-11",
    Field.PLACE: "A street or a park, never a house number",
    Field.EASTING: "British National Grid, in metres",
    Field.REFERENCE: "The control room's log number, or a crime reference",
    Field.OUTCOME: "A Home Office code, or the words of police.uk",
}


class FileForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        help_text="Up to 200 MB. Street files of police.uk are known; others ask for columns.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.gz,text/csv"}),
    )


class ColumnsForm(forms.Form):
    """A choice for each thing that an incident can have; checked by the action."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        headings: Sequence[str],
        sample: Sequence[str],
        initial: Mapping[str, str],
    ) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        choices = [ABSENT, *_choices(headings, sample)]
        for field in Field:
            self.fields[field.value] = forms.ChoiceField(
                label=LABELS[field],
                help_text=HELP.get(field, ""),
                choices=choices,
                required=field in REQUIRED,
            )

    @property
    def columns(self) -> Columns:
        return {field: self.cleaned_data[field] for field in Field if self.cleaned_data[field]}


def _choices(headings: Sequence[str], sample: Sequence[str]) -> list[tuple[str, str]]:
    """Each heading with what stands under it in the first row."""
    cells = [*sample, *[""] * len(headings)]
    return [
        (heading, f"{heading}: {cell[:SAMPLE]}" if cell else heading)
        for heading, cell in zip(headings, cells, strict=False)
        if heading
    ]
