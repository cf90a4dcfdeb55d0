"""The peers of the survey: a Wagtail FormPage and a bare Django view, written in the usual way."""
