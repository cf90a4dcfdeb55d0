from django.urls import path

from insights.decisions.ledger import views

urlpatterns = [
    path("ledger/", views.show_ledger, name="ledger"),
    path("ledger/ledger.csv", views.download_ledger, name="ledger-sheet"),
    path("ledger/heads/", views.show_heads, name="ledger-heads"),
]
