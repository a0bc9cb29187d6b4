"""facebook-business 26.0.3 (PyPI), Meta's own SDK: forms with JSON values, token and appsecret_proof in the query, v26.0."""

import itertools
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

from steps import actor, done, step, waiting

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

COMMENT = actor("COMMENT_ID")
waiting(
    [
        {
            "step": "page typing_on (SDK constant is upper case)",
            "waits_for": "sender actions (send 1.10)",
            "run": lambda: page.create_message(params={"recipient": {"id": IGSID}, "sender_action": Page.SenderAction.typing_on}),
        },
        {
            "step": "private reply",
            "waits_for": "private replies (send 3.3)",
            "run": lambda: page.create_message(params={"recipient": {"comment_id": COMMENT}, "message": {"text": "re your comment"}}),
        },
        {
            "step": "comment reply",
            "waits_for": "comments (read 4.3)",
            "run": lambda: IGComment(COMMENT).create_reply(params={"message": "thanks"}),
        },
        {
            "step": "media comments",
            "waits_for": "comments of media (read 4.2)",
            "run": lambda: list(IGMedia(actor("MEDIA_ID")).get_comments(fields=["id", "text", "username"])),
        },
    ],
    refusal,
)
done()
