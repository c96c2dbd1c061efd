from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    """A worker that died leaves its import to another, but not for ever."""

    dependencies = [
        ("bulk", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="moved_at",
            field=models.DateTimeField(default=timezone.now, verbose_name="last moved at"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="import",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
        ),
    ]
