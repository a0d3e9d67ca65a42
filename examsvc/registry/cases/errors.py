"""Refusals around cases and their files."""

from examsvc.core.errors import Refusal


class CaseMovedOn(Refusal):
    code = "case_moved_on"
    detail = "Somebody else acted on this in the meantime: it is at version {version} now ({state})."


class NoAffiliation(Refusal):
    code = "no_affiliation"
    status = 403
    detail = "Your account belongs to no {place}; ask the centre to enter it."


class BadFileName(Refusal):
    code = "bad_file_name"
    status = 422
    detail = "The file name is empty, longer than 200 characters, or holds a path or characters that cannot be shown."


class UnsupportedFile(Refusal):
    code = "unsupported_file"
    status = 422
    detail = "The file is none of {allowed}."


class FileTypeDiffers(Refusal):
    code = "file_type_differs"
    status = 422
    detail = "The file is named {named}, and its content is {found}."


class UnsafeArchive(Refusal):
    code = "unsafe_archive"
    status = 422
    detail = "The file is damaged, or unpacks to more than it may."
