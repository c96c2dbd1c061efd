from django.urls import path

from audits.views import acts, audits, checklist, figures, precheck, school_map, school_page, schools, violations

app_name = "audits"

urlpatterns = [
    # Figures and schools
    path("country/", figures.country_page, name="country_page"),
    path("regions/<slug:slug>/", figures.region_page, name="region_page"),
    path("districts/<slug:slug>/", figures.district_page, name="district_page"),
    path("schools/", schools.school_list, name="school_list"),
    path("map/", school_map.school_map, name="school_map"),
    path("map/points.json", school_map.map_points, name="map_points"),
    path("schools/<slug:code>/", school_page.school_page, name="school_page"),
    path("schools/<slug:code>/plan-audit/", school_page.plan_audit, name="plan_audit"),
    path("schools/<slug:code>/precheck/", precheck.school_precheck, name="school_precheck"),
    path("precheck/", precheck.agreement_page, name="agreement_page"),
    path("violations/", violations.violation_list, name="violation_list"),
    # Audits: read, conducted, decided
    path("audits/", audits.audit_list, name="audit_list"),
    path("audits/<int:pk>/", audits.audit_page, name="audit_page"),
    path("audits/<int:pk>/checklist/", checklist.audit_checklist, name="audit_checklist"),
    path("audits/<int:pk>/checklist/<slug:section>/", checklist.checklist_section, name="checklist_section"),
    path("audits/<int:pk>/answers/<slug:code>/", checklist.checklist_answer, name="checklist_answer"),
    path("audits/<int:pk>/summary/", checklist.audit_summary, name="audit_summary"),
    path("audits/<int:pk>/start/", acts.audit_start, name="audit_start"),
    path("audits/<int:pk>/submit/", acts.audit_submit, name="audit_submit"),
    path("audits/<int:pk>/resume/", acts.audit_resume, name="audit_resume"),
    path("audits/<int:pk>/approve/", acts.audit_approve, name="audit_approve"),
    path("audits/<int:pk>/return/", acts.audit_return, name="audit_return"),
    path("audits/<int:pk>/void/", acts.audit_void, name="audit_void"),
]
