"""Lets `python -m examsvc.cli` be `examsvc`."""

from examsvc.cli import main

main()
