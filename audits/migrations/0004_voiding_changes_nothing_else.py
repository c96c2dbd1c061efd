"""An approved audit can be voided, and nothing else of it changes with that. Compares whole rows, so that no column is forgotten."""

from django.db import migrations

WHOLE_ROW = """
CREATE OR REPLACE FUNCTION approved_audit_is_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'approved' AND NEW.status = 'voided'
        AND to_jsonb(NEW) - 'status' - 'voided_at' = to_jsonb(OLD) - 'status' - 'voided_at'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an approved audit is locked: it can only be voided' USING ERRCODE = 'check_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audits", "0003_known_values")]

    # The function of 0002 compares seven columns; it serves a database that is taken back to it.
    operations = [migrations.RunSQL(WHOLE_ROW, migrations.RunSQL.noop)]
