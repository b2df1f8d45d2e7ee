"""Telling replies that a machine wrote (away, received, read) from those of people."""

import re
from email.message import Message

from directory.outbox.mail_text import header

_MARKS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Reply",
    "X-AutoReply-From",
    "X-Mail-Autoreply",
    "X-FC-MachineGenerated",
)
"""Headers that only machines set, whatever they say."""
_PRECEDENCES = frozenset({"auto_reply", "auto-reply", "bulk", "junk", "list"})
_ANSWERING = re.compile(r"^(?:(?:re|aw|fwd?|sv|tr|ynt|odp)\s*:\s*)+")
_AWAY = (
    *("automatic reply", "automatic response", "auto reply", "auto-reply", "autoreply", "auto response", "auto:"),
    *("out of office", "out of the office", "i am out of", "away from", "on leave", "annual leave", "vacation"),
    *("automatische antwort", "abwesenheit", "nicht im büro", "automatisch antwoord", "afwezig", "autosvar"),
    *("réponse automatique", "reponse automatique", "absence du bureau", "absent", "message automatique"),
    *("respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina", "ausente"),
    *("resposta automática", "fora do escritório", "ausência", "risposta automatica", "fuori sede", "fuori ufficio"),
    *("odpowiedź automatyczna", "automatyczna odpowiedź", "autoodpowiedź", "poza biurem", "nieobecność"),
    *("răspuns automat", "raspuns automat", "otomatik yanıt", "otomatik cevap", "ofis dışında"),  # noqa: RUF001
    *("автоматичен отговор", "автоматический ответ", "извън офиса"),
    *("αυτόματη απάντηση", "εκτός γραφείου", "përgjigje automatike", "bersiva otomatîk"),
    *("رد تلقائي", "الرد التلقائي", "خارج المكتب", "پاسخ خودکار", "স্বয়ংক্রিয় উত্তর", "自动回复", "自動回覆"),
)
_READ = ("read:", "read receipt", "not read:", "return receipt", "gelesen:", "lu :", "lu:", "leído:", "lido:", "letto:")
_READ_TOO = ("przeczytano:", "okundu:", "citit:", "прочетено:", "διαβάστηκε:", "تمت القراءة:", "已读")


def is_auto_reply(message: Message) -> bool:
    """Whether a machine answered for somebody who is away, or to say that a mail arrived."""
    return (
        header(message, "Auto-Submitted").strip().lower().startswith("auto-")
        or any(name in message for name in _MARKS)
        or header(message, "Precedence").strip().lower() in _PRECEDENCES
        or _subject(message).startswith(_AWAY)
    )


def is_receipt(message: Message) -> bool:
    """Whether it only says that a mail was read, without the form that RFC 8098 gives it."""
    return _subject(message).startswith((*_READ, *_READ_TOO))


def _subject(message: Message) -> str:
    """The subject in small letters, without what answering puts before it."""
    return _ANSWERING.sub("", header(message, "Subject").strip().lower().replace("i̇", "i"))
