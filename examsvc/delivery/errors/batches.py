"""Refusals of keeping batches."""

from examsvc.core.errors import Refusal


class BatchCodeTaken(Refusal):
    code = "batch_code_taken"
    detail = "There is a batch with this code already."


class BatchOfAnother(Refusal):
    code = "batch_of_another"
    detail = "Batch {batch} is not of the organisation that holds the exam session."
