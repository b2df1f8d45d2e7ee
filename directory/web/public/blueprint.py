"""The blueprint of the public face. Its rule of access: everyone may read everything, and no page sets a cookie."""

from directory.web.locale import TranslatedBlueprint

public = TranslatedBlueprint("public", __name__)
