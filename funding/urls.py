from django.urls import path

from funding import views

app_name = "funding"
urlpatterns = [
    path("requests/", views.request_list, name="request_list"),
    path("requests/<int:pk>/", views.request_page, name="request_page"),
    path("requests/<int:pk>/withdraw/", views.request_withdraw, name="request_withdraw"),
    path("schools/<slug:code>/request/", views.request_file, name="request_file"),
    path("schools/<slug:code>/requests/", views.school_requests, name="school_requests"),
]
