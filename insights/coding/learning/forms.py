from django import forms


class PutModelInUseForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        label="Why",
        help_text="It is kept with your name. Do not quote an answer.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
