"""备案: organisations, schemes, their specifications and filings."""
