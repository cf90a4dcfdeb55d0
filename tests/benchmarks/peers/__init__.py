"""What the survey is measured against: a Wagtail FormPage and a bare Django view, as anyone would write them."""
