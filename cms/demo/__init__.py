"""The demo: invented people and answers, loaded through the product's own actions. Refused outside demo settings."""
