from django.urls import path

from consultation.questionnaires.translating import file_views, views

app_name = "translations"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<int:pk>/", views.of_page, name="page"),
    path("<int:pk>/<slug:code>/", views.side_by_side, name="language"),
    path("<int:pk>/<slug:code>/begin/", views.begin, name="begin"),
    path("<int:pk>/<slug:code>/send/", views.send, name="send"),
    path("<int:pk>/<slug:code>/check/", views.judge, name="judge"),
    path("<int:pk>/<slug:code>/live/", views.put_live, name="live"),
    path("<int:pk>/<slug:code>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/<slug:code>/words/<slug:place>/", views.words, name="words"),
    path("<int:pk>/<slug:code>/words/<slug:place>/keep/", views.keep, name="keep"),
    path("<int:pk>/<slug:code>/words.po", file_views.download, name="download"),
    path("<int:pk>/<slug:code>/file/", file_views.look, name="look"),
    path("<int:pk>/<slug:code>/file/take/", file_views.take, name="take"),
    path("<int:pk>/<slug:code>/file/<int:file>/undo/", file_views.undo, name="undo"),
]
