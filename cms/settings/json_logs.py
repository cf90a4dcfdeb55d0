"""Log lines as JSON for collectors (`LOG_FORMAT=json`): the same four facts as in words, and nothing a caller adds."""

import json
import logging


class JsonFormatter(logging.Formatter):
    def format(self, record):
        day = self.formatTime(record, "%Y-%m-%d")
        facts = {"day": day, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        return json.dumps(facts, ensure_ascii=False)
