"""The proof that paper says what was signed: random schedules set, read back from the PDF and compared.

Reading back takes letters and where they stand on the page, and reads numbers and words into integers by itself;
of how a paper is made it knows the names of times, days and products.
It needs pypdfium2 and pypdf, which only the tests install.
"""
