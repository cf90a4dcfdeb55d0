from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0014_chosen_quotes_and_sub_themes")]

    operations = [
        migrations.RemoveConstraint(model_name="paper", name="one_paper_of_an_edition"),
        migrations.AddField(
            model_name="paper",
            name="form",
            field=models.CharField(
                choices=[("pdf", "PDF"), ("docx", "Word document (DOCX)")], default="pdf", max_length=4
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(
                fields=["kind", "form", "subject", "for_all", "mark"], name="one_paper_of_an_edition"
            ),
        ),
    ]
