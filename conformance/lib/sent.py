"""Where a sent message leaves traces: what the API reads back, what the webhook's echo says, what the person sees. Python clients
send in their own way and check here that all three agree; `sent.js` does the same for Node."""

from steps import actor, call, fetch, until

FIRST = {"igsid": actor("IGSID"), "username": actor("PERSON")}
STRANGER = {"igsid": actor("IGSID_STRANGER"), "username": actor("STRANGER")}
ACCOUNT = {"id": actor("IG_ID"), "username": actor("IG_USERNAME")}
FIELDS = "id,message,from,to,created_time,attachments,shares,reactions,reply_to"


def listen():
    """Subscribes the runner's receiver to the app's messages and installs the app on the Page, so that echoes arrive."""
    endpoint = {"callback_url": actor("CALLBACK"), "verify_token": actor("VERIFY_TOKEN"), "fields": "messages", "include_values": True}
    subscribed = call("POST", f"/v25.0/{actor('APP_ID')}/subscriptions", access_token=actor("APP_TOKEN"), object="instagram", **endpoint)
    installed = call("POST", f"/v25.0/{actor('PAGE_ID')}/subscribed_apps", access_token=actor("TOKEN"), subscribed_fields="messages")
    assert subscribed == installed == {"success": True}, (subscribed, installed)


def event(mid):
    """The event of a message, as soon as the receiver has it."""

    def find():
        events = (event for body in call("GET", actor("TAKEN")) for entry in body["entry"] for event in entry.get("messaging", []))
        return next((event for event in events if event.get("message", {}).get("mid") == mid), None)

    return until(f"the receiver has {mid}", find)


def stored(mid):
    """What the API reads back of a message."""
    return call("GET", f"/v25.0/{mid}", access_token=actor("TOKEN"), fields=FIELDS)


def thread(person=FIRST["username"]):
    """The thread as a person sees it."""
    return call("GET", f"/_parlance/people/{person}/messages", **{"with": actor("IG_USERNAME")})


def shown(mid, person=FIRST["username"]):
    """One message of it."""
    return next(message for message in thread(person)["data"] if message["id"] == mid)


def writes(text, person=FIRST["username"]):
    """The person writes, and so opens the window; answers the id."""
    return call("POST", f"/_parlance/people/{person}/messages", to=actor("IG_USERNAME"), text=text)["message_id"]


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
    for (kind, original), stored_, echoed, seen in zip(wanted, read["attachments"]["data"], echo["attachments"], view["attachments"]):
        for copy in (PLACES[kind](stored_), echoed["payload"]["url"], seen["payload"]["url"]):
            assert fetch(copy) == fetch(original), copy


def template(answer, wanted):
    """Asserts that a template arrived whole: the echo and the person have all of it."""
    read, echo, view = traces(answer)
    content = {name: value for name, value in wanted.items() if name != "template_type"}
    assert read["message"] == wanted.get("text", ""), read
    assert echo["attachments"] == [{"type": "template", "payload": {wanted["template_type"]: content}}], echo
    assert view["template"] == wanted, view


def heart(answer):
    """Asserts that the heart arrived."""
    read, echo, view = traces(answer)
    assert read["message"] == "", read
    assert echo["attachments"] == view["attachments"] == [{"type": "like_heart"}], (echo, view)


def share(answer, media):
    """Asserts that a post of the account arrived."""
    read, echo, view = traces(answer)
    assert [share["id"] for share in read["shares"]["data"]] == [media], read
    assert echo["attachments"][0]["payload"]["ig_post_media_id"] == media, echo
    assert view["attachments"][0]["payload"]["id"] == media, view


def reply(answer, words, mid):
    """Asserts that a text arrived as the answer to a message of the person."""
    read, echo, view = text(answer, words)
    assert read["reply_to"] == {"mid": mid, "is_self_reply": False}, read
    assert echo["reply_to"]["mid"] == view["reply_to"]["mid"] == mid, (echo, view)


def reacted(mid, emoji):
    """Asserts that the business's reaction to a message is this emoji, or that there is none."""
    found = stored(mid).get("reactions", {}).get("data", [])
    assert found == ([{"reaction": emoji, "users": [{"username": ACCOUNT["username"], "id": ACCOUNT["id"]}]}] if emoji else []), found
    assert shown(mid).get("reactions", []) == ([{"from": ACCOUNT["username"], "emoji": emoji}] if emoji else []), shown(mid)
