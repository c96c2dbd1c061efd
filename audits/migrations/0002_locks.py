"""What must hold whatever writes to the tables: a published edition and an approved audit do not change."""

from django.db import migrations

PUBLISHED = """
CREATE FUNCTION requirement_of_a_published_edition_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM audits_edition WHERE published_at IS NOT NULL
        AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.edition_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.edition_id END)
    ) THEN
        RAISE EXCEPTION 'requirements of a published edition are frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER requirement_of_a_published_edition_is_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON audits_requirement
    FOR EACH ROW EXECUTE FUNCTION requirement_of_a_published_edition_is_frozen();

CREATE FUNCTION published_edition_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published edition is frozen: a correction is a new edition' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER published_edition_is_frozen
    BEFORE UPDATE OR DELETE ON audits_edition
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION published_edition_is_frozen();
"""

UNPUBLISHED = """
DROP TRIGGER published_edition_is_frozen ON audits_edition;
DROP FUNCTION published_edition_is_frozen;
DROP TRIGGER requirement_of_a_published_edition_is_frozen ON audits_requirement;
DROP FUNCTION requirement_of_a_published_edition_is_frozen;
"""

# An answer follows its audit: of the same edition, and written only while the audit is in progress.
ANSWERED = """
CREATE FUNCTION answer_follows_its_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_audit audits_audit%ROWTYPE;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT * INTO of_audit FROM audits_audit WHERE id = OLD.audit_id;
        IF of_audit.status IN ('submitted', 'approved', 'voided') THEN
            RAISE EXCEPTION 'answers of a submitted audit are locked' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT * INTO of_audit FROM audits_audit WHERE id = NEW.audit_id;
    IF of_audit.status <> 'in_progress' THEN
        RAISE EXCEPTION 'answers are written only while the audit is in progress' USING ERRCODE = 'check_violation';
    END IF;
    IF of_audit.edition_id <> (SELECT edition_id FROM audits_requirement WHERE id = NEW.requirement_id) THEN
        RAISE EXCEPTION 'an answer is to a requirement of the edition of its audit' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER answer_follows_its_audit
    BEFORE INSERT OR UPDATE OR DELETE ON audits_answer
    FOR EACH ROW EXECUTE FUNCTION answer_follows_its_audit();

CREATE FUNCTION approved_audit_is_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whole rows are compared, so that no column is forgotten.
    IF TG_OP = 'UPDATE' AND OLD.status = 'approved' AND NEW.status = 'voided'
        AND to_jsonb(NEW) - 'status' - 'voided_at' = to_jsonb(OLD) - 'status' - 'voided_at'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an approved audit is locked: it can only be voided' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER approved_audit_is_locked
    BEFORE UPDATE OR DELETE ON audits_audit
    FOR EACH ROW WHEN (OLD.status IN ('approved', 'voided')) EXECUTE FUNCTION approved_audit_is_locked();
"""

UNANSWERED = """
DROP TRIGGER approved_audit_is_locked ON audits_audit;
DROP FUNCTION approved_audit_is_locked;
DROP TRIGGER answer_follows_its_audit ON audits_answer;
DROP FUNCTION answer_follows_its_audit;
"""


class Migration(migrations.Migration):
    dependencies = [("audits", "0001_initial")]

    operations = [
        migrations.RunSQL(PUBLISHED, UNPUBLISHED),
        migrations.RunSQL(ANSWERED, UNANSWERED),
    ]
