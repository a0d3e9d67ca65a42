"""Items written as text: Word documents and pasted papers in, printed papers out."""
