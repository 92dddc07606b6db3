from django import forms


class PortraitForm(forms.Form):
    picture = forms.FileField(
        label="A picture of you",
        help_text="Your face in the middle, nobody else in it. It is cut to a square.",
        error_messages={"required": "Choose a picture first."},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
