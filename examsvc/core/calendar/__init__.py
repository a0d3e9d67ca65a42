"""Civil time in Shanghai: months, working days with make-up days, holiday tables, and how deadlines are counted."""
