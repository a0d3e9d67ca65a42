"""Jobs 后台任务: work too long for a request, done by a worker for whoever asked for it.

This package knows no kind of work; the kinds are listed in `examsvc.wiring.JOBS`.
"""
