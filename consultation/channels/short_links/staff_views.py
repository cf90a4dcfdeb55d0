"""Staff pages of printed links: make a link, download its QR code, see about how many answers came by it."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from consultation.access import staff_view
from consultation.channels.short_links import actions, qr_codes
from consultation.channels.short_links.models import Outlet, PrintedLink
from consultation.channels.web.staff_consultations import (
    LanguageForm,
    describe_count,
    published_consultations,
)
from consultation.file_output.file_responses import send_file


class PrintedLinkForm(LanguageForm):
    label = forms.CharField(
        max_length=60,
        help_text="Where it is printed, such as “Poster in libraries” or “School letter”. Only staff see it.",
    )
    channel = forms.TypedChoiceField(
        choices=Outlet.choices, initial=Outlet.OTHER, required=False, empty_value=Outlet.OTHER,
        help_text="To compare the ways to reach people.",
    )  # fmt: skip
    language = forms.ChoiceField(help_text="The language of the poster, and of the page that it opens.")


def describe_links(page):
    return describe_count(sum(not link.off for link in page.printed_links.all()), "link")


@staff_view("consultation.edit_consultation")
def edit_printed_links(request, page):
    page = get_object_or_404(published_consultations(), pk=page)
    form = PrintedLinkForm.of(request, page=page)
    if form.is_valid():
        link = actions.make_link(page=page, by=request.user, **form.cleaned_data)
        messages.success(request, f"{link.label}: the address is {link.spoken}")
        return redirect("short-links:consultation", page=page.pk)
    context = {"page": page, "links": page.printed_links.all(), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "consultation/channels/short_links/consultation.html", context, status=status)


@staff_view("consultation.edit_consultation", method="POST")
def save_link_switch(request, name):
    link = get_object_or_404(PrintedLink, pk=name)
    on = request.POST.get("do") == "on"
    actions.switch_link(link=link, on=on, by=request.user)
    done = "on" if on else "off. The address still leads to the survey, and answers are no longer counted by it"
    messages.success(request, f"{link.label} is {done}.")
    return redirect("short-links:consultation", page=link.page_id)


@staff_view("consultation.edit_consultation", method="GET")
def download_qr_code(request, name, ending):
    link = get_object_or_404(PrintedLink, pk=name)
    kinds = {"svg": ("image/svg+xml", qr_codes.render_qr_svg), "png": ("image/png", qr_codes.render_qr_png)}
    content_type, draw = kinds[ending]
    return send_file(draw(link.address), f"link-{link.name}.{ending}", content_type)
