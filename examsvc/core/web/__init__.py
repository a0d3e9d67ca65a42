"""What every HTTP edge needs: transactions, refusals as answers, request ids, safe headers, pages."""
