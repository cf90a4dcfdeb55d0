"""Staff pages of printed links: make a link, download its QR code, see its rounded number of answers."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation.answering.links import actions, squares
from consultation.answering.links.models import Outlet, PrintedLink
from consultation.answering.staff import asked_consultations, languages_asked, officers
from consultation.words import direction, word


class LinkForm(forms.Form):
    label = forms.CharField(
        max_length=60,
        help_text="Where it is printed, such as “Poster in libraries” or “School letter”. Only staff see it.",
    )
    channel = forms.ChoiceField(
        choices=Outlet.choices,
        initial=Outlet.OTHER,
        required=False,
        help_text="To compare the ways to reach people.",
    )
    language = forms.ChoiceField(help_text="The language of the poster, and of the page that it opens.")

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages_asked(page)

    def clean_channel(self):
        return self.cleaned_data["channel"] or Outlet.OTHER


@officers
@require_safe
def links(request):
    pages = asked_consultations().prefetch_related("printed_links")
    rows = [{"page": page, "says": _counted(page.printed_links.all())} for page in pages]
    return render(request, "consultation/answering/links/consultations.html", {"rows": rows})


def _counted(found):
    on = sum(not link.off for link in found)
    return "No link" if not on else "One link" if on == 1 else f"{on} links"


@officers
@require_http_methods(["GET", "HEAD", "POST"])
def of_consultation(request, page):
    page = get_object_or_404(asked_consultations(), pk=page)
    form = LinkForm(request.POST if request.method == "POST" else None, page=page)
    if form.is_bound and form.is_valid():
        link = actions.make(page=page, by=request.user, **form.cleaned_data)
        messages.success(request, f"{link.label}: the address is {link.spoken}")
        return redirect("printed-links:consultation", page=page.pk)
    context = {"page": page, "links": page.printed_links.all(), "form": form, "from": actions.FROM}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/answering/links/consultation.html", context, status=status)


@officers
@require_POST
def switch(request, name):
    link = get_object_or_404(PrintedLink, pk=name)
    on = request.POST.get("do") == "on"
    actions.switch(link=link, on=on, by=request.user)
    done = "on" if on else "off. The address still leads to the survey, and answers are no longer counted by it"
    messages.success(request, f"{link.label} is {done}.")
    return redirect("printed-links:consultation", page=link.page_id)


@officers
@require_safe
def square(request, name, ending):
    link = get_object_or_404(PrintedLink, pk=name)
    kinds = {"svg": ("image/svg+xml", squares.svg), "png": ("image/png", squares.png)}
    content_type, draw = kinds[ending]
    answer = HttpResponse(draw(link), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="link-{link.name}.{ending}"'
    return answer


@officers
@require_safe
def sheet(request, name):
    """One page to print: the QR code and the address, without the topic, which would expose a person who carries
    it."""
    link = get_object_or_404(PrintedLink.objects.select_related("page"), pk=name)
    with override(link.language):
        context = {
            "link": link,
            "page": link.page,
            "language": link.language,
            "direction": direction(link.language),
            "title": word("card.title"),
            "square": mark_safe(squares.svg(link, inline=True).decode()),  # noqa: S308  (segno's own markup)
            "letters": " ".join(link.name),
            "partnership": settings.PARTNERSHIP,
        }
        return render(request, "consultation/answering/links/sheet.html", context)
