"""Pages and measures beside the editor: path map, format comparison, changes, answering time."""
