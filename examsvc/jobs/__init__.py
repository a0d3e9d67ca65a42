"""The edge of jobs 后台任务: whoever asked for one sees how far it is; the jobs themselves are `examsvc.core.jobs`."""
