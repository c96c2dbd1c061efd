from django.urls import path

from schools.views import reforms

app_name = "schools"

urlpatterns = [
    path("reforms/", reforms.reform_list, name="reform_list"),
    path("reforms/<int:pk>/", reforms.reform_page, name="reform_page"),
    path("reforms/new/<slug:slug>/", reforms.reform_new, name="reform_new"),
]
