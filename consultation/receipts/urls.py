"""Under a language prefix. The receipt look-up is in cms/urls.py because it shows decisions."""

from django.urls import path

from consultation.receipts.heard_back.views import save_heard_back
from consultation.receipts.views import show_words

app_name = "receipts"
urlpatterns = [
    path("receipt/words/", show_words, name="words"),
    path("have-your-say/<slug:slug>/heard/", save_heard_back, name="heard-back"),
]
