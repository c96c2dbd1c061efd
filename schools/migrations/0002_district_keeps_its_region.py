"""A district never changes region: figures of the past would move with it. A reform makes a new district."""

from django.db import migrations

KEPT = """
CREATE FUNCTION district_keeps_its_region() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a district never changes region: a reform makes a new one' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER district_keeps_its_region
    BEFORE UPDATE ON schools_district
    FOR EACH ROW WHEN (OLD.region_id <> NEW.region_id) EXECUTE FUNCTION district_keeps_its_region();
"""

FREE = """
DROP TRIGGER district_keeps_its_region ON schools_district;
DROP FUNCTION district_keeps_its_region;
"""


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]

    operations = [migrations.RunSQL(KEPT, FREE)]
