"""facebook-business 26.0.3 (PyPI), Meta's own SDK: forms with JSON values, multipart for files, token and appsecret_proof in the
query, upper-case constants, v26.0."""

import io
import itertools
import json
import re

from facebook_business.adobjects.application import Application
from facebook_business.adobjects.igcomment import IGComment
from facebook_business.adobjects.igmedia import IGMedia
from facebook_business.adobjects.iguser import IGUser
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.unifiedthread import UnifiedThread
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

import sent
from steps import actor, call, done, fetch, step, waiting

APP, PAGE, IG, IGSID = actor("APP_ID"), actor("PAGE_ID"), actor("IG_ID"), actor("IGSID")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000")


def api(*credentials):
    """The SDK on our address: GRAPH is the attribute that its session documents for this."""
    session = FacebookSession(*credentials)
    session.GRAPH = actor("GRAPH_URL")
    return FacebookAdsApi(session, api_version="v26.0")


page_api = api(APP, actor("APP_SECRET"), actor("TOKEN"))
instagram_api = api(APP, actor("IG_APP_SECRET"), actor("IG_TOKEN"))
app_api = api(None, None, f"{APP}|{actor('APP_SECRET')}")
FacebookAdsApi.set_default_api(page_api)
page = Page(PAGE)


def read(path, fields, by=page_api):
    """Any node or edge, as the SDK's transport reads it."""
    return by.call("GET", path, params={"fields": fields}).json()


def arrived(sent, text, by=page_api):
    """Asserts that a send went to the person and reads back: text, sender, receiver."""
    assert sent["recipient_id"] == IGSID, sent
    message = read((sent["message_id"],), "id,message,from,to,created_time", by)
    assert message["id"] == sent["message_id"], message
    assert message["message"] == text, message
    assert message["from"] == {"id": IG, "username": actor("IG_USERNAME")}, message
    assert message["to"]["data"] == [{"id": IGSID, "username": actor("PERSON")}], message
    assert TIME.fullmatch(message["created_time"]), message
    return sent["message_id"]


def send(node, text, by=page_api, **more):
    """Sends a text from a Page or an account node."""
    sent = node.create_message(params={"recipient": {"id": IGSID}, "message": {"text": text}, **more})
    return arrived(sent, text, by)


def nodes():
    me = read(("me",), "id,name,instagram_business_account{id,username}")
    assert me["id"] == PAGE and me["name"], me
    assert me["instagram_business_account"] == {"id": IG, "username": actor("IG_USERNAME")}, me
    account = IGUser(IG).api_get(fields=["id", "username", "followers_count"])
    assert account["id"] == IG and account["username"] == actor("IG_USERNAME"), account
    person = read((IGSID,), ["name", "username", "follower_count", "is_user_follow_business"])
    assert person["id"] == IGSID and person["username"] == actor("PERSON"), person
    assert isinstance(person["follower_count"], int) and isinstance(person["is_user_follow_business"], bool), person
    assert Application(APP, api=app_api).api_get(fields=["id", "name"])["id"] == APP
    token = app_api.call("GET", ("debug_token",), params={"input_token": actor("TOKEN")}).json()["data"]
    assert token["is_valid"] is True and token["app_id"] == APP and token["profile_id"] == PAGE, token


def conversations():
    """One conversation a page, so that the SDK has to follow the cursors until no next is left."""
    params = {"platform": UnifiedThread.Platform.instagram, "limit": 1}
    edge = page.get_conversations(fields=["id", "updated_time", "participants"], params=params)
    found = list(itertools.islice(edge, 50))
    assert edge.load_next_page() is False, "the last page has no next"
    assert len(found) >= 2 and len({thread["id"] for thread in found}) == len(found), found
    times = [thread["updated_time"] for thread in found]
    assert times == sorted(times, reverse=True) and all(map(TIME.fullmatch, times)), times
    for thread in found:
        people = {person["id"]: person["username"] for person in thread["participants"]["data"]}
        assert len(people) == 2 and people[IG] == actor("IG_USERNAME"), people


def conversation_with(node, params):
    """The id of the only conversation with our person, as a Page or an account node lists it."""
    found = list(node.get_conversations(params={"user_id": IGSID, **params}))
    assert len(found) == 1, found
    assert list(node.get_conversations(params={"user_id": actor("IGSID_SILENT"), **params})) == []
    return found[0]["id"]


def messages(thread, newest, by=page_api):
    """Newest first, two a page, none twice."""
    edge = UnifiedThread(thread, api=by).get_messages(fields=["id", "message", "from", "created_time"], params={"limit": 2})
    found = list(itertools.islice(edge, 100))
    assert [message["message"] for message in found[: len(newest)]] == newest, found
    assert {message["from"]["id"] for message in found} == {IG, IGSID}, found
    assert len({message["id"] for message in found}) == len(found) >= 3, found
    times = [message["created_time"] for message in found]
    assert times == sorted(times, reverse=True), times
    return found


def thread_node(thread):
    node = UnifiedThread(thread).api_get(fields=["id", "message_count", "updated_time", "messages.limit(1){id,message}"])
    assert node["id"] == thread and TIME.fullmatch(node["updated_time"]), node
    assert node["message_count"] == len(messages(thread, [])), node
    assert [message["message"] for message in node["messages"]["data"]] == ["from the ig id"], node


ICE_BREAKERS = [{"call_to_actions": [{"question": "Hours? \u00e9\U0001f550", "payload": "HOURS"}], "locale": "default"}]
INSTAGRAM = {"platform": "INSTAGRAM"}


def profile(fields):
    return [item.export_all_data() for item in page.get_messenger_profile(fields=fields, params=INSTAGRAM)]


def profile_set():
    done = page.create_messenger_profile(params={**INSTAGRAM, "ice_breakers": ICE_BREAKERS})
    assert done["result"] == "success", done


def profile_get():
    (found,) = profile(["ice_breakers"])
    assert found["ice_breakers"] == ICE_BREAKERS, found


def profile_delete():
    page.delete_messenger_profile(params={**INSTAGRAM, "fields": ["ICE_BREAKERS"]})
    assert profile(["ice_breakers"]) == []


def subscribe_app():
    params = {
        "object": "instagram",
        "callback_url": actor("CALLBACK"),
        "fields": ["messages", "messaging_postbacks", "comments"],
        "verify_token": actor("VERIFY_TOKEN"),
        "include_values": True,
    }
    Application(APP, api=app_api).create_subscription(params=params)
    (found,) = Application(APP, api=app_api).get_subscriptions()
    assert found["object"] == "instagram" and found["callback_url"] == actor("CALLBACK") and found["active"] is True, found
    assert sorted(field["name"] for field in found["fields"]) == sorted(params["fields"]), found


def subscribed_apps_get():
    (found,) = page.get_subscribed_apps()
    assert found["id"] == APP and found["name"], found
    assert sorted(found["subscribed_fields"]) == ["messages", "messaging_postbacks"], found


def account_subscribed_apps():
    node = IGUser(IG, api=instagram_api)
    node.create_subscribed_app(params={"subscribed_fields": ["messages", "comments"]})
    (found,) = read((IG, "subscribed_apps"), [], instagram_api)["data"]
    assert found["app_id"] == APP and sorted(found["subscribed_fields"]) == ["comments", "messages"], found


def batch():
    """A GET, a POST and a GET that is refused, in one call; the answers keep their order."""
    answers, calls = {}, page_api.new_batch()

    def keep(name):
        return {"success": lambda answer: answers.update({name: answer}), "failure": lambda answer: answers.update({name: answer})}

    page.get_conversations(params=INSTAGRAM, batch=calls, **keep("list"))
    message = {"recipient": {"id": IGSID}, "message": {"text": "batched \U0001f9e3 a/b&c"}}
    page.create_message(params=message, batch=calls, **keep("send"))
    UnifiedThread("1").api_get(batch=calls, **keep("nothing"))
    calls.execute()
    assert len(answers["list"].json()["data"]) >= 2
    arrived(answers["send"].json(), "batched \U0001f9e3 a/b&c")
    refused = answers["nothing"].error()
    assert (refused.http_status(), refused.api_error_code(), refused.api_error_subcode()) == (400, 100, 33), refused


def refusal(error):
    if not isinstance(error, FacebookRequestError):
        return None, None, None, None
    body = error.body() if isinstance(error.body(), dict) else {}
    return error.http_status(), error.api_error_code(), error.api_error_type(), body.get("error", {}).get("message")


OTHER = actor("IGSID_OTHER")
KINDS = {kind: actor(f"{kind.upper()}_URL") for kind in ("image", "audio", "video", "file")}
NAMES = {"image": "a.png", "audio": "a.wav", "video": "a.mp4", "file": "a.pdf"}
BUTTONS = [{"type": "web_url", "url": "https://shop.example.test/k", "title": "Open"}, {"type": "postback", "title": "Ask", "payload": "ASK"}]
TEMPLATES = [
    {
        "template_type": "generic",
        "elements": [
            {"title": "Blue kettle", "subtitle": "1.7 l", "image_url": KINDS["image"], "buttons": BUTTONS},
            {"title": "Red kettle", "default_action": {"type": "web_url", "url": "https://shop.example.test/k"}},
        ],
    },
    {"template_type": "button", "text": "What next?", "buttons": BUTTONS},
    {"template_type": "product", "elements": [{"id": "4455667788990011"}]},
]
Do = Page.SenderAction


def plain(node):
    """What the server answered, without the SDK's object around it, which takes `success` away; it throws when that is false."""
    return node.export_all_data()


def write(message, node=page, **more):
    return plain(node.create_message(params={"recipient": {"id": IGSID}, "message": message, **more}))


def attach(kind, payload=None, node=page):
    return write({"attachment": {"type": kind, **({"payload": payload} if payload else {})}}, node)


def upload(kind, node=page, **more):
    message = {"attachment": {"type": kind, "payload": {"url": KINDS[kind], "is_reusable": True}}}
    return plain(node.create_message_attachment(params={"message": message, **more}))["attachment_id"]


def post_file(edge, kind, by=page_api, **params):
    """Multipart: the SDK's transport takes files beside its parameters, though no edge of it does."""
    filedata = (NAMES[kind], io.BytesIO(fetch(KINDS[kind])[1]), fetch(KINDS[kind])[0])
    return by.call("POST", ("me", edge), params=params, files={"filedata": filedata}).json()


def act(action, payload=None, node=page):
    params = {"recipient": {"id": IGSID}, "sender_action": action, **({"payload": payload} if payload else {})}
    assert plain(node.create_message(params=params)) == {"recipient_id": IGSID}


def quick_replies():
    replies = [{"content_type": "text", "title": "Small", "payload": "S"}, {"content_type": "user_email"}]
    sent.question(write({"text": "Which one?", "quick_replies": replies}), "Which one?", replies)


def uploaded(kind, node=page, **more):
    for _ in range(2):
        sent.files(attach(kind, {"attachment_id": upload(kind, node, **more)}, node), (kind, KINDS[kind]))


def uploaded_file(kind):
    message = {"attachment": {"type": kind, "payload": {"is_reusable": True}}}
    attachment = post_file("message_attachments", kind, message=message, platform="INSTAGRAM")["attachment_id"]
    sent.files(attach(kind, {"attachment_id": attachment}), (kind, KINDS[kind]))


def sent_file(kind):
    message = {"attachment": {"type": kind, "payload": {}}}
    sent.files(post_file("messages", kind, recipient={"id": IGSID}, message=message), (kind, KINDS[kind]))


def sent_and_kept():
    answer = attach("image", {"url": KINDS["image"], "is_reusable": True})
    sent.files(answer, ("image", KINDS["image"]))
    sent.files(attach("image", {"attachment_id": answer["attachment_id"]}), ("image", KINDS["image"]))


def several_images():
    files = [{"type": "image", "payload": {"url": actor("GIF_URL")}}, {"type": "image", "payload": {"attachment_id": upload("image", **INSTAGRAM)}}]
    sent.files(write({"attachments": files}), ("image", actor("GIF_URL")), ("image", KINDS["image"]))


def answer_to():
    mid = sent.writes("This one?")
    sent.reply(write({"text": "Yes, that one"}, reply_to={"mid": mid}), "Yes, that one", mid)


def actions():
    mid = sent.writes("Are you writing?")
    act(Do.mark_seen)
    assert sent.seen() == mid
    act(Do.typing_on)
    assert sent.typing()
    act(Do.typing_off)
    assert not sent.typing()
    act(Do.react, {"message_id": mid, "reaction": "love"})
    sent.reacted(mid, "\u2764\ufe0f")
    act(Do.react, {"message_id": mid, "reaction": "\U0001f9f6"})
    sent.reacted(mid, "\U0001f9f6")
    act(Do.unreact, {"message_id": mid})
    sent.reacted(mid, None)


def private_reply():
    reply = {"recipient": {"comment_id": actor("COMMENT_ID")}, "message": {"text": "About your comment"}}
    sent.private_reply(plain(page.create_message(params=reply)), "About your comment", actor("COMMENT_ID"))
    refused(lambda: page.create_message(params=reply), 100, 2534025)


def private_reply_to_a_stranger(node):
    reply = {"recipient": {"comment_id": actor("COMMENT_ID_STRANGER")}, "message": {"text": "Thank you!"}}
    sent.private_reply(plain(node.create_message(params=reply)), "Thank you!", actor("COMMENT_ID_STRANGER"), sent.STRANGER)
    more = {"recipient": {"id": sent.STRANGER["igsid"]}, "message": {"text": "Till soon"}}
    refused(lambda: node.create_message(params=more), 10, 2534022, 403, "IGApiException")
    sent.writes("You are welcome", sent.STRANGER["username"])
    sent.text(plain(node.create_message(params=more)), "Till soon", sent.STRANGER)


def moderate(node, ids, *actions):
    return plain(node.create_moderate_conversation(params={"user_ids": [{"id": id} for id in ids], "actions": list(actions)}))


def moderation(node):
    hello = lambda: page.create_message(params={"recipient": {"id": OTHER}, "message": {"text": "Hello again"}})
    assert moderate(node, [OTHER], "BLOCK_USER", "MOVE_TO_SPAM") == {}
    refused(hello, 551, 1545041)
    assert moderate(node, [OTHER], "UNBLOCK_USER") == {}
    sent.text(plain(hello()), "Hello again", {"igsid": OTHER, "username": actor("OTHER")})
    refused(lambda: moderate(node, [OTHER], "BAN_USER"), 100)
    refused(lambda: moderate(node, [OTHER], "BLOCK_USER", "UNBLOCK_USER"), 100)
    refused(lambda: moderate(node, ["1"], "BLOCK_USER"), 100)


def profile_2021():
    done = page.create_messenger_profile(params={**INSTAGRAM, "ice_breakers": ICE_BREAKERS[0]["call_to_actions"]})
    assert done["result"] == "success", done
    (found,) = profile(["ice_breakers"])
    assert found["ice_breakers"] == ICE_BREAKERS, found


def thread_control():
    to = {"recipient": {"id": OTHER}}
    owner = lambda: [held["thread_owner"] for held in page.get_thread_owner(params={"recipient": OTHER})]
    # The moderated thread was written to, which claimed it.
    assert plain(page.create_release_thread_control(params=to)) == {}
    assert plain(page.create_request_thread_control(params=to)) == {}
    (held,) = owner()
    assert str(held["app_id"]) == APP and isinstance(held["expiration"], int), held
    assert plain(page.create_extend_thread_control(params={**to, "duration": 60})) == {}
    assert plain(page.create_release_thread_control(params=to)) == {}
    assert owner() == []
    refused(lambda: page.create_take_thread_control(params=to), 27)
    assert plain(page.create_pass_thread_control(params={**to, "target_app_id": "263902037430900", "metadata": "for a human"})) == {}
    refused(lambda: write({"text": "not ours"}, **to), 10, 2018300)


FLOW = [{"message": {"text": "You saw our ad. What now?", "quick_replies": [{"content_type": "text", "title": "Prices", "payload": "PRICES"}]}}]


def flows(node, **params):
    fields = ["id", "name", "welcome_message_flow", "eligible_platforms"]
    return [flow.export_all_data() for flow in node.get_welcome_message_flows(fields=fields, params=params)]


def life_of_a_flow(node):
    params = {"name": "Spring", "welcome_message_flow": FLOW, "eligible_platforms": ["INSTAGRAM"]}
    flow = plain(node.create_welcome_message_flow(params=params))["flow_id"]
    (found,) = flows(node, flow_id=flow)
    messages = found["welcome_message_flow"]
    assert (found["id"], found["name"]) == (flow, "Spring"), found
    assert (json.loads(messages) if isinstance(messages, str) else messages) == FLOW, found
    assert [platform.lower() for platform in found["eligible_platforms"]] == ["instagram"], found
    assert plain(node.create_welcome_message_flow(params={**params, "flow_id": flow, "name": "Summer"})) == {}
    assert [found["name"] for found in flows(node)] == ["Summer"]
    assert node.delete_welcome_message_flows(params={"flow_id": flow})
    assert flows(node) == []


def refused(run, code, subcode=None, status=400, kind="OAuthException"):
    """Asserts that a call is refused, and that the SDK's own error keeps every part of the answer."""
    try:
        answer = run()
    except FacebookRequestError as error:
        told = (error.http_status(), error.api_error_type(), error.api_error_code(), error.api_error_subcode())
        assert told == (status, kind, code, subcode), error
        return
    raise AssertionError(f"was not refused: {answer}")


REFUSALS = [
    ("refused: text of 1001 bytes", 100, 2534015, lambda: write({"text": "\u00e9" * 500 + "!"})),
    ("refused: text of 2001 characters", 100, None, lambda: write({"text": "x" * 2001})),
    ("refused: text beside an attachment", 100, 2534015, lambda: write({"text": "a", "attachment": {"type": "image", "payload": {"url": KINDS["image"]}}})),
    ("refused: a list template", 100, 2534015, lambda: write({"attachment": {"type": "template", "payload": {"template_type": "list", "elements": []}}})),
    ("refused: an element of 81 characters", 100, 2534015, lambda: write({"attachment": {"type": "template", "payload": {"template_type": "generic", "elements": [{"title": "x" * 81, "subtitle": "a"}]}}})),
    ("refused: a video as an image", 100, 2018047, lambda: attach("image", {"url": KINDS["video"]})),
    ("refused: an address with nothing behind it", 100, 2018008, lambda: attach("file", {"url": KINDS["file"] + ".gone"})),
    ("refused: an unknown attachment id", 100, 2018074, lambda: attach("image", {"attachment_id": "990000000000001"})),
    ("refused: upload of a picture as sound", 100, 2018047, lambda: page.create_message_attachment(params={**INSTAGRAM, "message": {"attachment": {"type": "audio", "payload": {"url": KINDS["image"]}}}})),
    ("refused: message and action in one", 100, 2018014, lambda: write({"text": "a"}, sender_action=Do.typing_on)),
    ("refused: a utility message", 100, None, lambda: write({"text": "a"}, messaging_type=Page.MessagingType.utility)),
    ("refused: a tag of Messenger", 100, None, lambda: write({"text": "a"}, messaging_type=Page.MessagingType.message_tag, tag="POST_PURCHASE_UPDATE")),
    ("refused: nobody", 100, 2534014, lambda: write({"text": "a"}, recipient={"id": "1"})),
    ("refused: a user_ref", 100, 2534014, lambda: write({"text": "a"}, recipient={"user_ref": "1"})),
    ("refused: no recipient at all", 100, None, lambda: page.create_message(params={"message": {"text": "a"}})),
]


def too_late():
    call("POST", "/_parlance/clock", advance="24h1m")
    refused(lambda: write({"text": "too late"}), 10, 2534022, 403)
    refused(lambda: act(Do.typing_on), 10, 2534022, 403)
    later = write({"text": "still here"}, messaging_type=Page.MessagingType.message_tag, tag="HUMAN_AGENT")
    sent.text(later, "still here")


step("nodes: me, account, person, app, debug_token", nodes)
step("page.create_message", lambda: send(page, "h\u00e9llo \U0001f44b", messaging_type=Page.MessagingType.response))
step("iguser.create_message", lambda: send(IGUser(IG), "from the ig id"))
step("page.get_conversations, all pages", conversations)
thread = step("iguser.get_conversations first", lambda: conversation_with(IGUser(IG), INSTAGRAM))
step("page.get_conversations by user_id", lambda: conversation_with(page, INSTAGRAM))
step("thread.get_messages", lambda: messages(thread, ["from the ig id", "h\u00e9llo \U0001f44b"]))
step("thread.api_get", lambda: thread_node(thread))
step("messenger_profile set", profile_set)
step("messenger_profile get", profile_get)
step("messenger_profile, form of 2021", profile_2021)
step("messenger_profile delete (upper-case field names)", profile_delete)
step("app subscriptions post (app token)", subscribe_app)
step("subscribed_apps post", lambda: page.create_subscribed_app(params={"subscribed_fields": ["messages", "messaging_postbacks"]}))
step("subscribed_apps get", subscribed_apps_get)
step("ig subscribed_apps post", lambda: IGUser(IG).create_subscribed_app(params={"subscribed_fields": ["messages", "comments"]}))
step("batch of a GET and a POST", batch)

# The same account node with the token that Instagram Login gives: no Page, no platform parameter.
account = IGUser(IG, api=instagram_api)
step("Instagram User token: iguser.create_message", lambda: send(account, "by instagram login \U0001f44b", instagram_api))
own = step("Instagram User token: iguser.get_conversations", lambda: conversation_with(account, {}))
step("Instagram User token: thread.get_messages", lambda: messages(own, ["by instagram login \U0001f44b"], instagram_api))
step("Instagram User token: ig subscribed_apps post", account_subscribed_apps)

# Everything that a business can send.
step("the app hears of its messages", sent.listen)
step("quick replies", quick_replies)
for kind, url in KINDS.items():
    step(f"{kind} by URL", lambda: sent.files(attach(kind, {"url": url}), (kind, url)))
    step(f"{kind}, create_message_attachment and send", lambda: uploaded(kind, **INSTAGRAM))
    step(f"{kind}, multipart upload and send", lambda: uploaded_file(kind))
    step(f"{kind}, multipart send", lambda: sent_file(kind))
step("an image that is sent and kept", sent_and_kept)
step("several images in one message", several_images)
for template in TEMPLATES:
    payload = {"attachment": {"type": "template", "payload": template}}
    step(f"{template['template_type']} template", lambda: sent.template(write(payload), template))
step("like_heart", lambda: sent.heart(attach("like_heart")))
step("MEDIA_SHARE", lambda: sent.share(attach("MEDIA_SHARE", {"id": actor("MEDIA_ID")}), actor("MEDIA_ID")))
step("reply_to", answer_to)
step("metadata", lambda: sent.text(write({"text": "with metadata", "metadata": "ours alone"}), "with metadata"))
step("page typing_on (SDK constant is upper case)", lambda: act(Do.typing_on))
step("sender actions and reactions", actions)
step("private reply", private_reply)
for name, code, subcode, run in REFUSALS:
    step(name, lambda: refused(run, code, subcode))
step("page.create_moderate_conversation (upper-case actions)", lambda: moderation(page))
step("iguser.create_moderate_conversation", lambda: moderation(IGUser(IG)))
step("page.create_welcome_message_flow", lambda: life_of_a_flow(page))

step("Instagram User token: image by URL", lambda: sent.files(attach("image", {"url": KINDS["image"]}, account), ("image", KINDS["image"])))
step("Instagram User token: iguser.create_message_attachment and send", lambda: uploaded("audio", account))
step("Instagram User token: sender actions", lambda: (act(Do.typing_on, node=account), act(Do.mark_seen, node=account)))
step("Instagram User token: private reply to a stranger, and nothing more until they answer", lambda: private_reply_to_a_stranger(account))
step("Instagram User token: iguser.create_welcome_message_flow", lambda: life_of_a_flow(account))
step("Instagram User token: refused", lambda: refused(lambda: write({"text": "x" * 1001}, account), 100, 2534015, 400, "IGApiException"))

step("thread control", thread_control)

COMMENT, COMMENTS = actor("COMMENT_ID"), "comments (read 4.2, 4.3)"
LATER = [
    ("comment reply", COMMENTS, lambda: IGComment(COMMENT).create_reply(params={"message": "thanks"})),
    ("media comments", COMMENTS, lambda: list(IGMedia(actor("MEDIA_ID")).get_comments(fields=["id", "text", "username"]))),
]
waiting([{"step": name, "waits_for": reason, "run": run} for name, reason, run in LATER], refusal)

step("a closed window takes no plain text, but a human agent", too_late)
done()
