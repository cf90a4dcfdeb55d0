from django.urls import path

from cms.ledger import views

urlpatterns = [
    path("heads.json", views.heads, name="public-ledger-heads"),
    path("check_ledger.py", views.program, name="public-ledger-program"),
]
