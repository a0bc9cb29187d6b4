"""Where a sent message leaves traces: what the API reads back, what the webhook's echo says, what the person sees. Python clients
send in their own way and check here that all three agree; `sent.js` does the same for Node."""

from steps import actor, call, fetch, until

FIRST = {"igsid": actor("IGSID"), "username": actor("PERSON")}
STRANGER = {"igsid": actor("IGSID_STRANGER"), "username": actor("STRANGER")}
ACCOUNT = {"id": actor("IG_ID"), "username": actor("IG_USERNAME")}
FIELDS = "id,message,from,to,created_time,attachments,shares{id,link,type,template},reactions,reply_to"


def listen():
    """Subscribes the runner's receiver to the app's messages and postbacks and installs the app on the Page, so that echoes arrive."""
    endpoint = {"callback_url": actor("CALLBACK"), "verify_token": actor("VERIFY_TOKEN"), "fields": "messages,messaging_postbacks", "include_values": True}
    subscribed = call("POST", f"/v25.0/{actor('APP_ID')}/subscriptions", access_token=actor("APP_TOKEN"), object="instagram", **endpoint)
    installed = call("POST", f"/v25.0/{actor('PAGE_ID')}/subscribed_apps", access_token=actor("TOKEN"), subscribed_fields="messages")
    assert subscribed == installed == {"success": True}, (subscribed, installed)


def event(mid):
    """The event of a message or a tap, as soon as the receiver has it."""

    def find():
        events = (event for body in call("GET", actor("TAKEN")) for entry in body["entry"] for event in entry.get("messaging", []))
        return next((event for event in events if event.get("message", event.get("postback", {})).get("mid") == mid), None)

    return until(f"the receiver has {mid}", find)


def stored(mid):
    """What the API reads back of a message."""
    return call("GET", f"/v25.0/{mid}", access_token=actor("TOKEN"), fields=FIELDS)


def thread(person=FIRST["username"]):
    """The thread as a person sees it."""
    return call("GET", f"/_parlance/people/{person}/messages", **{"with": actor("IG_USERNAME")})


def typing():
    """Whether the person sees that the account is writing."""
    return bool(thread()["typing"])


def seen():
    """The person's newest message that the person sees as seen."""
    return thread()["seen"]["by_account"]


def shown(mid, person=FIRST["username"]):
    """One message of it."""
    return next(message for message in thread(person)["data"] if message["id"] == mid)


def writes(text, person=FIRST["username"]):
    """The person writes, and so opens the window; answers the id."""
    return call("POST", f"/_parlance/people/{person}/messages", to=actor("IG_USERNAME"), text=text)["message_id"]


def taps(**what):
    """The person taps something; answers what the app is told of it."""
    return event(call("POST", f"/_parlance/people/{FIRST['username']}/taps", to=actor("IG_USERNAME"), **what)["message_id"])


def traces(answer, to=FIRST):
    """Asserts that a send was answered with its two ids and went from the account to this person; answers its three traces."""
    assert answer["recipient_id"] == to["igsid"], answer
    mid = answer["message_id"]
    read, came, view = stored(mid), event(mid), shown(mid, to["username"])
    assert read["from"] == ACCOUNT, read
    assert read["to"]["data"] == [{"id": to["igsid"], "username": to["username"]}], read
    assert (came["sender"]["id"], came["recipient"]["id"]) == (ACCOUNT["id"], to["igsid"]), came
    assert came["message"]["is_echo"] is True, came
    assert view["from"] == ACCOUNT["username"], view
    return read, came["message"], view


def text(answer, words, to=FIRST):
    """Asserts that a text arrived as it is."""
    read, echo, view = traces(answer, to)
    assert (read["message"], echo["text"], view["text"]) == (words, words, words), (read, echo, view)
    return read, echo, view


def question(answer, words, quick_replies):
    """Asserts that a question arrived with its text answers, that the first can be tapped, and that all are gone then."""
    _, _, view = text(answer, words)
    offered = [reply for reply in quick_replies if "title" in reply]
    assert view["quick_replies"] == [{"content_type": "text", "title": reply["title"][:20]} for reply in offered], view
    message = taps(quick_reply=offered[0]["title"])["message"]
    assert (message["text"], message["quick_reply"]) == (offered[0]["title"], {"payload": offered[0]["payload"]}), message
    assert "quick_replies" not in shown(answer["message_id"])


def private_reply(answer, words, comment, to=FIRST):
    """Asserts that a private reply arrived, and that the person sees which comment it answers."""
    _, _, view = text(answer, words, to)
    assert (view["comment"]["id"], view["comment"]["media_id"]) == (comment, actor("MEDIA_ID")), view


PLACES = {
    "image": lambda file: file["image_data"]["url"],
    "video": lambda file: file["video_data"]["url"],
    "audio": lambda file: file["file_url"],
    "file": lambda file: file["file_url"],
}


def files(answer, *wanted, to=FIRST):
    """Asserts that files arrived: each is a pair of its kind and the address of the same bytes."""
    read, echo, view = traces(answer, to)
    kinds = [kind for kind, _ in wanted]
    assert read["message"] == "", read
    assert [file["type"] for file in echo["attachments"]] == [file["type"] for file in view["attachments"]] == kinds, (echo, view)
    assert len(read["attachments"]["data"]) == len(wanted), read
    for (kind, original), kept, echoed, visible in zip(wanted, read["attachments"]["data"], echo["attachments"], view["attachments"]):
        for copy in (PLACES[kind](kept), echoed["payload"]["url"], visible["url"]):
            assert fetch(copy) == fetch(original), copy


def template(answer, wanted):
    """Asserts that a template arrived whole, and that its postback can be tapped."""
    read, echo, view = traces(answer)
    kind, content = wanted["template_type"], {name: value for name, value in wanted.items() if name != "template_type"}
    assert read["message"] == wanted.get("text", ""), read
    if kind == "product":
        assert read["shares"]["data"][0]["template"]["payload"]["product"]["elements"]["data"] == content["elements"], read
    else:
        titles = [element["title"] for element in content["elements"]] if kind == "generic" else [content["text"]]
        assert [card["generic_template"]["title"] for card in read["attachments"]["data"]] == titles, read
    assert echo["attachments"] == [{"type": "template", "payload": {kind: content}}], echo
    assert view["template"] == wanted, view
    buttons = [button for element in content.get("elements", [content]) for button in element.get("buttons", [])]
    for button in [button for button in buttons if button["type"] == "postback"][:1]:
        came = taps(button=button["title"], message_id=answer["message_id"])
        told = (came["sender"]["id"], came["postback"]["title"], came["postback"]["payload"])
        assert told == (FIRST["igsid"], button["title"], button["payload"]), came


def heart(answer):
    """Asserts that the heart arrived."""
    read, echo, view = traces(answer)
    assert read["message"] == "" and read["attachments"]["data"][0]["image_data"]["render_as_sticker"] is True, read
    assert echo["attachments"] == view["attachments"] == [{"type": "like_heart"}], (echo, view)


def share(answer, media):
    """Asserts that a post of the account arrived."""
    read, echo, view = traces(answer)
    assert [(post["id"], post["type"]) for post in read["shares"]["data"]] == [(media, "ig_post")], read
    assert [(post["type"], post["payload"]["ig_post_media_id"]) for post in echo["attachments"]] == [("ig_post", media)], echo
    assert [(post["type"], post["id"]) for post in view["attachments"]] == [("share", media)], view


def reply(answer, words, mid):
    """Asserts that a text arrived as the answer to a message of the person."""
    read, echo, view = text(answer, words)
    assert read["reply_to"] == {"mid": mid, "is_self_reply": False}, read
    assert echo["reply_to"]["mid"] == view["reply_to"] == mid, (echo, view)


def reacted(mid, emoji):
    """Asserts that the business's reaction to a message is this emoji, or that there is none."""
    read, view = stored(mid).get("reactions", {}).get("data", []), shown(mid).get("reactions", [])
    assert read == ([{"reaction": emoji, "users": [ACCOUNT]}] if emoji else []), read
    assert view == ([{"from": ACCOUNT["username"], "emoji": emoji}] if emoji else []), view
