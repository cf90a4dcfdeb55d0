"""A bare Django view for ten answers: a template, no validation, one row."""

from django.shortcuts import render

from tests.benchmarks.peers.models import Row
from tests.benchmarks.peers.questions import QUESTIONS


def bare(request):
    if request.method == "POST":
        Row.objects.create(answers={f"q{n}": request.POST.getlist(f"q{n}") for n in range(len(QUESTIONS))})
        return render(request, "peers/thanks.html")
    return render(request, "peers/bare.html", {"questions": QUESTIONS})
