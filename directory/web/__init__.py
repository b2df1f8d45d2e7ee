"""The web: pages, forms and languages. Flask lives here, and nowhere below."""
