"""A light candidate: the protocol of a candidate's page without a browser, thousands of them in one process."""
