from django.urls import path, re_path

from consultation.questionnaires.exchange import views

app_name = "questionnaires"
urlpatterns = [
    path("", views.exchange, name="exchange"),
    re_path(r"^(?P<pk>\d+)/(?P<what>published|draft)\.csv$", views.sheet, name="sheet"),
]
