"""Tables as spreadsheets keep them: CSV, TSV, XLSX, and JSON Lines, read within bounds as rows of text."""
