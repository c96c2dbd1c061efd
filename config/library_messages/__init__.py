"""Strings of libraries that lack Kazakh, or lack Russian, so that `makemessages` keeps them in our catalogues.

Nothing here is called. A catalogue of the project is read before that of any library, so a translation given there is
what the reader sees. Without one, Russian would fall back to Kazakh and Kazakh to English. A string that a new release
of its library has reworded is found by tests/config/test_library_messages.py.
"""
