from django.urls import path

from consultation.answering.links import staff_views

app_name = "printed-links"
urlpatterns = [
    path("", staff_views.links, name="list"),
    path("<int:page>/", staff_views.of_consultation, name="consultation"),
    path("<str:name>/switch/", staff_views.switch, name="switch"),
    path("<str:name>/print/", staff_views.sheet, name="print"),
    path("<str:name>/link.svg", staff_views.square, {"ending": "svg"}, name="svg"),
    path("<str:name>/link.png", staff_views.square, {"ending": "png"}, name="png"),
]
