from django.urls import path

from schools.views import acts, history, reforms, registration

app_name = "schools"

urlpatterns = [
    path("schools/register/", registration.register, name="register"),
    # A school: its history, and acts on its record
    path("schools/<slug:code>/history/", history.history, name="history"),
    path("schools/<slug:code>/edit/", acts.act_page, {"act": acts.CORRECT}, name="edit"),
    path("schools/<slug:code>/confirm/", acts.act_page, {"act": acts.CONFIRM}, name="confirm"),
    path("schools/<slug:code>/rename/", acts.act_page, {"act": acts.RENAME}, name="rename"),
    path("schools/<slug:code>/move/", acts.act_page, {"act": acts.MOVE}, name="move"),
    path("schools/<slug:code>/move/cancel/", acts.act_page, {"act": acts.CANCEL_MOVE}, name="cancel_move"),
    path("schools/<slug:code>/close/", acts.act_page, {"act": acts.CLOSE}, name="close"),
    path("schools/<slug:code>/close/cancel/", acts.act_page, {"act": acts.CANCEL_CLOSING}, name="cancel_closing"),
    path("schools/<slug:code>/merge/", acts.act_page, {"act": acts.MERGE}, name="merge"),
    path("reforms/", reforms.reform_list, name="reform_list"),
    path("reforms/<int:pk>/", reforms.reform_page, name="reform_page"),
    path("reforms/new/<slug:slug>/", reforms.reform_new, name="reform_new"),
]
