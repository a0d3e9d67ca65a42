"""公示备案: public notices, objections, filings, the public list and the report to the national centre."""
