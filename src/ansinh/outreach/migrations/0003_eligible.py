# SPDX-License-Identifier: MPL-2.0
"""Who is eligible, kept with the figures of a month; figures frozen before say everybody but group E,
which is what the word meant then. A third denominator: who has an account and wants it."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("outreach", "0002_guards"), ("payees", "0007_groups_as_of")]

    operations = [
        migrations.AddField(
            model_name="figure", name="eligible", field=models.IntegerField(default=0), preserve_default=False
        ),
        migrations.RunSQL("UPDATE outreach_figure SET eligible = people - e", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=Q(eligible__lte=F("people")), name="outreach_figure_eligible_are_people"
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="denominator",
            field=models.CharField(
                choices=[("all", "all"), ("eligible", "eligible"), ("wanting", "wanting")], max_length=8
            ),
        ),
    ]
