"""What was expected of an audit is compared with its answers when it is submitted, and locked with them."""

from django.db import migrations, models

FOLLOWS = """
CREATE FUNCTION expectation_follows_its_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM audits_audit WHERE status <> 'in_progress'
        AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.audit_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.audit_id END)
    ) THEN
        RAISE EXCEPTION 'expectations are written only while the audit is in progress'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF (SELECT edition_id FROM audits_audit WHERE id = NEW.audit_id)
        <> (SELECT edition_id FROM audits_requirement WHERE id = NEW.requirement_id)
    THEN
        RAISE EXCEPTION 'an expectation is of a requirement of the edition of its audit'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER expectation_follows_its_audit
    BEFORE INSERT OR UPDATE OR DELETE ON audits_expectation
    FOR EACH ROW EXECUTE FUNCTION expectation_follows_its_audit();
"""

FREE = """
DROP TRIGGER expectation_follows_its_audit ON audits_expectation;
DROP FUNCTION expectation_follows_its_audit;
"""


class Migration(migrations.Migration):
    dependencies = [("audits", "0003_judged_building_kept_facts_expectations")]

    operations = [
        migrations.AddField(
            model_name="expectation",
            name="agreement",
            # Until now no expectation was kept.
            field=models.CharField(
                choices=[
                    ("agreed", "Agreed"),
                    ("stricter", "Inspector stricter"),
                    ("milder", "Inspector milder"),
                    ("unknown", "Unknown to the pre-check"),
                    ("unanswered", "Not applicable or not assessed"),
                ],
                default="unknown",
                max_length=10,
                verbose_name="agreement",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="expectation",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreement", "unknown"), ("outcome", "unknown"))
                | models.Q(
                    models.Q(("outcome", "unknown"), _negated=True),
                    ("agreement__in", ["agreed", "stricter", "milder", "unanswered"]),
                ),
                name="expectation_is_compared_where_it_says_something",
            ),
        ),
        migrations.RunSQL(FOLLOWS, FREE),
    ]
