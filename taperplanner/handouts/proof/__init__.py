"""The proof that paper says what was signed: random schedules set, read back from the PDF and compared.

Reading back knows nothing of how a paper is made: it takes letters and where they stand on the page.
It needs pypdfium2 and pypdf, which only the tests install.
"""
