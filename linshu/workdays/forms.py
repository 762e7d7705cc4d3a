"""Forms of the calendar: a table, a day."""

from django import forms

from linshu.web.forms import Form

LARGEST = 1024 * 1024


class TableForm(Form):
    """The holidays of a year as a file."""

    errors_heading = "没有导入，请先改正"
    table = forms.FileField(
        label="CSV 文件",
        help_text="三列 date,is_workday,name，如 2027-01-01,0,元旦；放假填 0，补班填 1；同一年的旧表整年替换。",
    )
    source = forms.CharField(label="来源", max_length=200, help_text="通知的名称和文号。")

    def clean_table(self) -> object:
        """Small enough to be a calendar."""
        table = self.cleaned_data["table"]
        if table.size > LARGEST:
            raise forms.ValidationError("文件超过 1 MB，不是一年的放假表。请核对后重新选择。")
        return table


class DayForm(Form):
    """One day, worked or not."""

    is_workday = forms.TypedChoiceField(
        label="安排", choices=[("1", "上班"), ("0", "放假")], coerce=lambda value: value == "1", empty_value=None
    )
    name = forms.CharField(label="名称", max_length=40, required=False, help_text="如国庆节、国庆节调休补班。")
    reason = forms.CharField(label="调整原因", max_length=200, help_text="如通知的文号。")
