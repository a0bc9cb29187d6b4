"""Makes webhooks.jsonl: webhook events, the exact bytes that the platform posts for each, and both signatures of those bytes.

    make.py            writes the file
    make.py --check    fails unless the file is what would be written

Nothing of Parlance's own code is used: Python's json and hmac make bytes and digests, so that the Rust code which writes and
signs deliveries is checked against somebody else's. One vector is a line:

    name      what it is
    secret    the key
    event     the delivery as JSON; members stand in the order in which they are sent
    body      the bytes of the body, all of them ASCII
    sha1      X-Hub-Signature
    sha256    X-Hub-Signature-256
    decoded   the SHA-256 signature of the same JSON in UTF-8 with bare slashes, where that is another text: it must not
              verify
"""

import hashlib
import hmac
import json
import pathlib
import re
import sys

FILE = pathlib.Path(__file__).with_name("webhooks.jsonl")
APP, INSTAGRAM = "vector_app_secret_00000000000001", "vector_instagram_secret_00000001"
CONTRACT = "fixture_app_secret_0001"
ACCOUNT, PERSON, SELF = "17840000000000001", "900000000000001", "900000000000777"
CDN = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=%s&signature=%s"
# What Python escapes otherwise than the platform: a slash, and DEL, which is ASCII. A backslash takes its neighbour along, so
# that an escaped one is not taken for the beginning of another escape.
OTHERWISE = re.compile(r"\\u007f|\\.|/")


def wire(event):
    """The body: compact, ASCII, `\\uXXXX` in lower case with surrogate pairs, `\\/`."""
    text = json.dumps(event, ensure_ascii=True, separators=(",", ":"))
    return OTHERWISE.sub(lambda found: {"/": "\\/", "\\u007f": "\x7f"}.get(found[0], found[0]), text)


def sign(algorithm, secret, text):
    """A signature header's value."""
    digest = hmac.new(secret.encode(), text.encode(), algorithm).hexdigest()
    return f"{hashlib.new(algorithm).name}={digest}"


def vector(name, event, secret):
    """One line of the file."""
    body, decoded = wire(event), json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    made = {
        "name": name, "secret": secret, "event": event, "body": body,
        "sha1": sign("sha1", secret, body), "sha256": sign("sha256", secret, body),
    }
    return made if decoded == body else {**made, "decoded": sign("sha256", secret, decoded)}


def envelope(**entry):
    return {"object": "instagram", "entry": [{"id": ACCOUNT, **entry}]}


def element(sender=PERSON, recipient=ACCOUNT, timestamp=1764000001111, channel="messaging", **event):
    ends = {} if sender is None else {"sender": {"id": sender}}
    one = {**ends, "recipient": {"id": recipient}, "timestamp": timestamp, **event}
    return envelope(time=timestamp + 377, **{channel: [one]})


def message(mid, sender=PERSON, recipient=ACCOUNT, **content):
    return element(sender, recipient, message={"mid": mid, **content})


def echo(mid, **content):
    return message(mid, ACCOUNT, PERSON, **content)


def attached(mid, *attachments):
    def shown(kind, payload):
        return {"type": kind, "payload": payload} if payload else {"type": kind}

    return message(mid, attachments=[shown(*attachment) for attachment in attachments])


def change(field, **value):
    return envelope(time=1764000100, changes=[{"field": field, "value": value}])


def media(asset, signature="AbSIG-_1"):
    return {"url": CDN % (asset, signature)}


POST = {"ig_post_media_id": "18100000000000003", "title": "Spring <lookbook> & \"more\"", **media("18100000000000003")}
LINK = {"ref": "qr_store-7=", "source": "SHORTLINKS", "type": "OPEN_THREAD"}

# Every kind of event: name, event.
KINDS = [
    ("text", message("aWdfZAG1_m0001", text="Do you ship to Oslo?")),
    ("image", attached("aWdfZAG1_m0002", ("image", media("1790000000000001")))),
    ("image and video", attached("aWdfZAG1_m0002", ("image", media("1790000000000001")), ("video",
        media("1790000000000002")))),
    ("audio", attached("aWdfZAG1_m0002", ("audio", media("1790000000000003")))),
    ("file", attached("aWdfZAG1_m0002", ("file", media("1790000000000004")))),
    ("share of 2021", attached("aWdfZAG1_m0004", ("share", media("1790000000000005")))),
    ("share and ig_post of the transition", attached("aWdfZAG1_m0003", ("share", POST), ("ig_post", POST))),
    ("ig_post", attached("aWdfZAG1_m0003", ("ig_post", POST))),
    ("ig_reel", attached("aWdfZAG1_m0005", ("ig_reel", {"url": "https://www.instagram.com/reel/Code1/",
        "title": "How we roast", "reel_video_id": "17900000000000005"}))),
    ("reel", attached("aWdfZAG1_m0005", ("reel", {**media("1790000000000006"), "title": "Reel",
        "reel_video_id": "17900000000000006"}))),
    ("ig_story", attached("aWdfZAG1_m0006", ("ig_story", {"story_media_id": "18100000000000006",
        "story_media_url": CDN % ("18100000000000006", "AbSIGd")}))),
    ("story mention", attached("aWdfZAG1_m0007", ("story_mention", media("18100000000000007")))),
    ("ephemeral", attached("aWdfZAG1_m0008", ("ephemeral", None))),
    ("heart", attached("aWdfZAG1_m0008", ("like_heart", None))),
    ("fallback", attached("aWdfZAG1_m0008", ("fallback", {"url": "https://example.test/a?b=c&d", "title": "A link"}))),
    ("an attachment type that nobody knows", attached("aWdfZAG1_m0008", ("brand_new", {"nested": {"list": [1, True,
        None, "/"], "url": "https://x.test/"}}))),
    ("reply to a message", message("aWdfZAG1_m0009", text="the blue one", reply_to={"mid": "aWdfZAG1_m0002"})),
    ("reply to a story", message("aWdfZAG1_m0010", text="love this!",
        reply_to={"story": {"url": CDN % ("18100000000000010", "AbSIGf"), "id": "18100000000000010"}})),
    ("reply to a story with a link sticker", message("aWdfZAG1_m0010", text="!",
        reply_to={"story": {"url": CDN % ("18100000000000011", "AbSIGg"), "id": "18100000000000011",
        "link_sticker_url": "https://shop.example.test/sale?a=1&b=2"}})),
    ("quick reply", message("aWdfZAG1_m0011", text="Track order", quick_reply={"payload": "TRACK_ORDER"})),
    ("unsent", message("aWdfZAG1_m0001", is_deleted=True)),
    ("unsupported", message("aWdfZAG1_m0012", is_unsupported=True)),
    ("referral of an ad", message("aWdfZAG1_m0013", text="Hi, is this in stock?", referral={"ref": "spring_a",
        "source": "ADS", "type": "OPEN_THREAD", "ad_id": "120200000000013",
        "ads_context_data": {"ad_title": "Spring sale", "photo_url": "https://scontent.example.test/ad13.jpg"}})),
    ("referral of a product", message("aWdfZAG1_m0014", text="Size M?",
        referral={"product": {"id": "5400000000000014"}})),
    ("referral of an ig.me link", message("aWdfZAG1_m0015", text="hello", referral=LINK)),
    ("echo", echo("aWdfZAG1_m0017", text="We do, 3 days.", is_echo=True)),
    ("echo to oneself", message("aWdfZAG1_m0016", ACCOUNT, SELF, text="preview", is_echo=True, is_self=True)),
    ("echo with app and metadata", echo("aWdfZAG1_m0017", text="Yes.", is_echo=True, app_id=880000000000101,
        metadata="ours/<1>")),
    ("echo of a template", echo("aWdfZAG1_m0018", attachments=[{"type": "template",
        "payload": {"generic": {"elements": [{"title": "Linen shirt", "subtitle": "EUR 49",
        "image_url": "https://shop.example.test/s.jpg", "buttons": [{"type": "postback", "title": "Buy",
        "payload": "BUY_7"}]}]}}}], is_echo=True)),
    ("echo of an answer to a story", echo("aWdfZAG1_m0018", text="Thank you!",
        reply_to={"story": {"url": CDN % ("18100000000000012", "AbSIGh"), "id": "18100000000000012"}}, is_echo=True)),
    ("reaction", element(reaction={"mid": "aWdfZAG1_m0017", "action": "react", "reaction": "love",
        "emoji": "\u2764\ufe0f"})),
    ("reaction with another emoji", element(reaction={"mid": "aWdfZAG1_m0017", "action": "react", "reaction": "other",
        "emoji": "\U0001f984"})),
    ("reaction taken back", element(reaction={"mid": "aWdfZAG1_m0017", "action": "unreact"})),
    ("postback", element(postback={"mid": "aWdfZAG1_m0019", "title": "Where is my order?", "payload": "ORDER_STATUS"})),
    ("postback before v11", element(postback={"title": "Where is my order?", "payload": "ORDER_STATUS"})),
    ("postback with a referral", element(postback={"mid": "aWdfZAG1_m0020", "title": "Talk to us",
        "payload": "{\"a\":\"b/c\"}", "referral": LINK})),
    ("referral", element(referral={"ref": "newsletter_42", "source": "SHORTLINKS", "type": "OPEN_THREAD"})),
    ("seen", element(read={"mid": "aWdfZAG1_m0017"})),
    ("edit", element(message_edit={"mid": "aWdfZAG1_m0001", "text": "Do you ship to Troms\u00f8?", "num_edit": 1})),
    ("edit of an unpublished app", element(message_edit={"mid": "aWdfZAG1_m0001", "num_edit": 0})),
    ("opt-in", element(optin={"type": "notification_messages", "title": "Drop alerts", "payload": "DROPS",
        "notification_messages_token": "tok_71", "token_expiry_timestamp": 1795536000000,
        "user_token_status": "NOT_REFRESHED", "notification_messages_status": "RESUME_NOTIFICATIONS"})),
    ("feedback", element(response_feedback={"feedback": "Good response", "mid": "aWdfZAG1_m0017"})),
    ("policy warning", element(None, policy_enforcement={"action": "warning", "reason": "Texts / links"})),
    ("policy unblock", element(None, policy_enforcement={"action": "unblock"})),
    ("standby", element(channel="standby", message={"mid": "aWdfZAG1_m0021", "text": "still there?"})),
    ("standby postback without payload", element(channel="standby", postback={"mid": "aWdfZAG1_m0022",
        "title": "Talk to us"})),
    ("control passed", element(pass_thread_control={"previous_owner_app_id": "880000000000101",
        "new_owner_app_id": "1217981644879628", "metadata": "order 7 dispute"})),
    ("control passed from idle", element(pass_thread_control={"previous_owner_app_id": None,
        "new_owner_app_id": "880000000000202", "metadata": ""})),
    ("control taken", element(take_thread_control={"previous_owner_app_id": "880000000000101",
        "new_owner_app_id": "880000000000202", "metadata": ""})),
    ("control requested", element(request_thread_control={"requested_owner_app_id": "880000000000202",
        "metadata": "needs human"})),
    ("roles", element(None, app_roles={"880000000000101": ["primary_receiver"],
        "880000000000202": ["secondary_receiver"]})),
    ("comment", change("comments", id="18000000000000100", **{"from": {"id": PERSON, "username": "oslo_fixture"}},
        text="price? \U0001f440", parent_id="18000000000000099", media={"id": "17900000000000100",
        "media_product_type": "REELS"})),
    ("comment on an ad by the owner", change("comments", id="18000000000000101", **{"from": {"id": ACCOUNT,
        "username": "shop", "self_ig_scoped_id": SELF}}, text="https://shop.example.test/",
        media={"id": "17900000000000100", "media_product_type": "AD", "ad_id": "120200000000013",
        "ad_title": "Spring / summer", "original_media_id": "17900000000000099"})),
    ("live comment", change("live_comments", id="18000000000000102", **{"from": {"id": PERSON,
        "username": "oslo_fixture"}}, text="hello!", media={"id": "17900000000000102", "media_product_type": "LIVE"})),
    ("mention in a comment", change("mentions", media_id="17900000000000110", comment_id="18000000000000110")),
    ("mention in a caption", change("mentions", media_id="17900000000000110")),
    ("story insights", change("story_insights", media_id="18100000000000120", impressions=41, reach=33,
        taps_forward=19, taps_back=-1, exits=6, replies=-1)),
    ("two entries", {"object": "instagram", "entry": message("aWdfZAG1_m0001",
        text="one")["entry"] + message("aWdfZAG1_m0002", text="two")["entry"]}),
]


def around(point):
    """A code point between two letters, so that its place shows."""
    return f"a{chr(point)}b"


# Texts that are hard on whoever writes or escapes them: name, text.
TEXTS = [
    ("nothing", ""),
    ("a blank", " "),
    ("Latin beyond ASCII", "Zażółć gęślą jaźń, Smørrebrød, Ærø, ß, ſ, İıI"),
    ("emoji", "\U0001f642\U0001f499\U0001f9f6\U0001f680"),
    ("emoji with and without a variation selector", "\u2764\ufe0f \u2764\ufe0e \u2764"),
    ("skin tones", "\U0001f44d\U0001f3fb\U0001f44d\U0001f3fd\U0001f44d\U0001f3ff"),
    ("a family joined by ZWJ", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"),
    ("a joined emoji with a skin tone and a sex",
        "\U0001f9d1\U0001f3fe\u200d\U0001f680 \U0001f645\U0001f3fd\u200d\u2642\ufe0f"),
    ("flags",
        "\U0001f1f3\U0001f1f4\U0001f1e9\U0001f1ea\U0001f1ef\U0001f1f5 \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f \U0001f3f3\ufe0f\u200d\U0001f308"),
    ("keycaps", "1\ufe0f\u20e3 #\ufe0f\u20e3"),
    ("Arabic",
        "\u0645\u0631\u062d\u0628\u0627\u060c \u0647\u0644 \u0644\u062f\u064a\u0643\u0645 \u0627\u0644\u0623\u0632\u0631\u0642\u061f \u0661\u0662\u0663"),
    ("Hebrew with points", "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd"),
    ("both directions with marks", "abc \u200f\u05d0\u05d1\u05d2\u200e \u202eabc\u202c \u2067xyz\u2069"),
    ("combining marks", "e\u0301 \u00e9 a\u0308\u0323\u0304 Z\u0351\u036b\u0343\u0340\u0300"),
    ("Devanagari, Thai, Tamil",
        "\u0928\u092e\u0938\u094d\u0924\u0947 \u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \u0bb5\u0ba3\u0b95\u0bcd\u0b95\u0bae\u0bcd"),
    ("Chinese, Japanese, Korean",
        "\u4f60\u597d \u3053\u3093\u306b\u3061\u306f \u30ab\u30bf\u30ab\u30ca \uff76\uff85 \uc548\ub155\ud558\uc138\uc694 \u1112\u1161\u11ab"),
    ("Chinese beyond the first plane", "\U00020000\U0002a6d6\U00030000"),
    ("Greek and Cyrillic",
        "\u0393\u03b5\u03b9\u03ac \u03c3\u03bf\u03c5\u03c2, \u041f\u0440\u0438\u0432\u0456\u0442 \u0401\u0436"),
    ("mathematics and musical signs", "\U0001d4d0\U0001d538 \u2211\u221e\u2260 \U0001d11e"),
    ("the ends of the first plane", around(0x7FF) + around(0x800) + around(0xD7FF) + around(0xE000) + around(0xFFFD)),
    ("non-characters", around(0xFDD0) + around(0xFFFE) + around(0xFFFF) + around(0x1FFFE) + around(0x10FFFF)),
    *[(f"both ends of plane {plane}", around(plane << 16) + around((plane << 16) | 0xFFFD)) for plane in range(1, 17)],
    ("private use", around(0xE000) + around(0xF8FF) + around(0xF0000) + around(0x10FFFD)),
    ("line and paragraph separators", "a\u2028b\u2029c\u0085d"),
    ("blanks of all kinds", "\u00a0\u2002\u2009\u200b\u202f\u3000\u2060\u1680"),
    ("a byte order mark first and within", "\ufeffa\ufeffb"),
    ("marks of markup", "<b>&amp; \"quoted\" 'single' \\back / </script><!-- -->"),
    ("backslashes and slashes", "\\ / \\/ // \\\\ \\n C:\\new\\u0041 https://a.test/b?c=d&e=%2f#g"),
    ("quotes of every kind", "\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb"),
    ("at, percent and the rest of ASCII", "".join(map(chr, range(0x20, 0x7F)))),
    *[(f"control characters {low:#04x} to {high:#04x}", "".join(map(around, range(low, high + 1)))) for low,
        high in [(1, 8), (9, 13), (14, 31)]],
    ("DEL and the second control set", "a\x7fb" + "".join(map(chr, range(0x80, 0xA0))) + "c"),
    ("escapes as text", "\\ud83d \\ud83d\\ude42 \\u0000 \\x41 \\/ \\\" \\u007f \\U0001f642"),
    ("text like a lone surrogate beside a real pair", "\\ud83d\U0001f642\\ude42"),
    ("JSON as text", "{\"object\":\"instagram\",\"entry\":[{\"text\":\"\\u00e5\\/\"}]}"),
    ("line breaks and tabs", "one\ntwo\r\nthree\tfour\rfive\fsix\bseven\x0beight"),
    ("a thousand characters", "\u00e5" * 1000),
    ("a long text of emoji", "\U0001f9f6\U0001f642" * 1000),
    ("a long text with slashes", "https://shop.example.test/scarf/ " * 600),
]

# Numbers around what a double can hold, in places where the wire has numbers.
TOP = 1 << 53
NUMBERS = [
    *[(f"a timestamp at 2^53 {note}", element(timestamp=number, read={"mid": "m"})) for number, note in [(TOP - 1,
        "- 1"), (TOP, ""), (TOP + 1, "+ 1")]],
    ("the largest timestamp", element(timestamp=(1 << 63) - 1 - 377, read={"mid": "m"})),
    ("time 0", element(timestamp=0, read={"mid": "m"})),
    ("a time before 1970", element(timestamp=-1000, read={"mid": "m"})),
    ("an app's number beyond 2^53", echo("m", text="t", is_echo=True, app_id=TOP + 1)),
    ("numbers in a change", change("story_insights", media_id="9007199254740993", impressions=TOP + 1,
        reach=-(TOP + 1), replies=0)),
    ("an id of twenty digits", element("18446744073709551615", read={"mid": "m"})),
]

# The contract's own vector (webhooks 2.3), and its digests.
OWN = envelope(time=1764000000500, messaging=[{
    "sender": {"id": PERSON}, "recipient": {"id": ACCOUNT}, "timestamp": 1764000000123,
    "message": {"mid": "aWdfZAGVzdDE", "text": "hej \u00e5\u00e4\u00f6 \U0001f642"},
}])
DIGESTS = [
    "sha1=ec36192abeab0b4c632fb42db1f23a6e631d8e19",
    "sha256=86add1f6e843a35a152aeaa997340811f6f27565b5f22a0e1775d00910af5d3f",
    "sha256=b1555ebda7082dc1a0ee79bd3fb761eae2d6634b5f929d9c92a3400d54241b0b",
]


def vectors():
    own = vector("the contract's own", OWN, CONTRACT)
    if (len(own["body"]), [own[key] for key in ("sha1", "sha256", "decoded")]) != (273, DIGESTS):
        sys.exit("the contract's own vector comes out otherwise: this script is wrong")
    yield own
    for name, event in KINDS:
        yield vector(name, event, APP)
    for name, text in TEXTS:
        yield vector(f"text: {name}", message("aWdfZAG1_t", text=text), APP)
    for name, event in NUMBERS:
        yield vector(f"number: {name}", event, APP)
    # An app has another secret for Instagram Login: the same bytes, other signatures.
    for name, event in [("text", KINDS[0][1]), *KINDS[30:38], ("emoji", message("aWdfZAG1_t", text=TEXTS[3][1]))]:
        yield vector(f"Instagram Login: {name}", event, INSTAGRAM)


def main():
    made = "".join(json.dumps(one, ensure_ascii=True) + "\n" for one in vectors())
    if sys.argv[1:] == ["--check"]:
        if not FILE.is_file() or FILE.read_text(encoding="ascii") != made:
            sys.exit(f"{FILE} is not what make.py makes: run it and look at the change")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        FILE.write_text(made, encoding="ascii")


if __name__ == "__main__":
    main()
