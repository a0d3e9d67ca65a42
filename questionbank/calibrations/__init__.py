"""What answers told about item versions, kept where draws can read it. Later stages measure; the bank remembers."""
