"""A made-up country: 20 regions, 220 districts, 20,000 schools, 256,000 cameras, 40,000 approved audits."""

from django.db import connection

from tests.factories import EditionFactory, UserFactory

REGIONS, DISTRICTS, SCHOOLS, CAMERAS = 20, 220, 20_000, 13

STATEMENTS = """
INSERT INTO schools_region (slug, kind, name_kk, name_ru, name_en, center_kk, center_ru, center_en)
SELECT 'r' || n, 'region', n || ' облысы', 'Область ' || n, 'Region ' || n, '', '', ''
FROM generate_series(1, {regions}) n;

INSERT INTO schools_district (slug, kind, name_kk, name_ru, name_en, center_kk, center_ru, center_en, region_id)
SELECT 'd' || n, 'district', n || ' ауданы', 'Район ' || n, 'District ' || n, '', '', '',
       (SELECT id FROM schools_region WHERE slug = 'r' || (n % {regions} + 1))
FROM generate_series(1, {districts}) n;

INSERT INTO schools_school (code, name_kk, name_ru, name_en, kind, ownership, setting, locality_kk, locality_ru,
                            locality_en, pupils, floors, has_outdoor_toilet, opened_on, version, director,
                            phone, email, address)
SELECT 'B' || lpad(n::text, 6, '0'), '№ ' || n || ' мектеп', 'Школа № ' || n, 'School No. ' || n, 'secondary', 'state',
       CASE WHEN n % 3 = 0 THEN 'city' ELSE 'village' END, 'Ауыл', 'Село', 'Village', 100 + n % 900, 1 + n % 3, false,
       '2000-09-01', 1, '', '', '', ''
FROM generate_series(1, {schools}) n;

INSERT INTO schools_placement (school_id, district_id, valid_from)
SELECT s.id, d.id, '2000-09-01'
FROM schools_school s JOIN schools_district d ON d.slug = 'd' || (s.id % {districts} + 1);

INSERT INTO cameras_camerasystem (school_id, number, kind, recorder, commissioned_on, counts_from, version, centre_link,
                                  supplier, maintenance_contract)
SELECT id, 1, 'digital', '', '2019-09-01', '2019-09-01', 1, '', '', '' FROM schools_school WHERE id % 64 <> 0;

INSERT INTO cameras_camera (system_id, number, zone, is_outdoor, is_digital, model, version, installed_on, counts_from,
                            connected_on)
SELECT y.id, n, 'corridor', false, true, '', 1, '2019-09-01', '2019-09-01',
       CASE WHEN y.id % 3 = 0 THEN date '2020-01-01' END
FROM cameras_camerasystem y, generate_series(1, {cameras}) n;

INSERT INTO cameras_condition (camera_id, state, source, observed_on, recorded_at, note)
SELECT id, CASE WHEN id % 800 = 0 THEN 'faulty' ELSE 'working' END, 'school', '2019-09-01',
       '2019-09-02', '' FROM cameras_camera;

INSERT INTO audits_audit (school_id, standard_id, edition_id, kind, body, inspector_id, planned_for, visited_on, status,
                          verdict, submitted_at, submitted_by_id, approved_at, approved_by_id, setting, floors,
                          has_outdoor_toilet)
SELECT s.id, {standard}, {edition}, 'monitoring', 'quality_department', {inspector}, day, day, 'approved',
       CASE WHEN (s.id + n) % 6 = 0 THEN 'compliant' ELSE 'non_compliant' END,
       day + 1, {inspector}, day + 2, {head}, s.setting, s.floors, s.has_outdoor_toilet
FROM schools_school s, generate_series(1, 2) n, LATERAL (SELECT date '2020-03-01' + n * 200 + (s.id % 90)::int AS day) v
WHERE s.id % 50 <> 0;

ANALYZE;
"""


def populate() -> None:
    """Fill an empty, migrated database; about half a minute."""
    edition = EditionFactory()
    inspector, head = UserFactory(role="inspector"), UserFactory(role="department_head")
    statements = STATEMENTS.format(
        regions=REGIONS, districts=DISTRICTS, schools=SCHOOLS, cameras=CAMERAS,
        standard=edition.standard_id, edition=edition.pk, inspector=inspector.pk, head=head.pk,
    )  # fmt: skip
    with connection.cursor() as cursor:
        for statement in statements.split(";\n"):
            if statement.strip():
                cursor.execute(statement)
