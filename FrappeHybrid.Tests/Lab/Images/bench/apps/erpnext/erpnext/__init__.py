"""A second app for the lab's benches: some tables, some assets, one patch."""
from erpnext.version import __version__

app_title = "ERPNext"
app_description = "ERP made simple"
