"""GIFT and Aiken: questions written as plain text."""
