//! The nested shapes of a message: files, templates, shares, stories, reactions (contract read 1.7).

use engine::facts::{Asset, Content, Media, MediaProductType, Message, Reaction, Side};
use engine::media;
use serde_json::{Map, Value, json};
use wire::id::MessageId;
use wire::send::attachment::MediaKind;
use wire::send::button::{Button, DefaultAction};
use wire::send::template::{Element, Template};

use super::super::call::Call;
use super::Ends;
use super::beside::Beside;

/// `attachments.data`: one object for each file, or for each card of a template that the business sent.
pub fn attachments(call: &Call<'_>, message: &Message, beside: &Beside) -> Vec<Value> {
    match &message.content {
        Content::Media(_) | Content::Sticker(_) => beside.files.iter().map(|asset| file(call, asset)).collect(),
        Content::LikeHeart => vec![json!({"image_data": {"render_as_sticker": true}})],
        Content::Template(Template::Generic { elements }) => elements.iter().map(card).collect(),
        Content::Template(Template::Button { text, buttons }) => {
            vec![card(&Element { title: text.clone(), buttons: buttons.clone(), ..Element::default() })]
        }
        _ => Vec::new(),
    }
}

fn file(call: &Call<'_>, asset: &Asset) -> Value {
    let url = media::url(&call.server.world, asset.account, asset.id);
    let mut object = Map::from_iter([("id".to_owned(), json!(asset.id))]);
    if let Some(name) = &asset.file_name {
        object.insert("name".into(), json!(name));
    }
    object.insert("mime_type".into(), json!(asset.content_type));
    object.insert("size".into(), json!(asset.size));
    let (key, value) = match asset.kind {
        MediaKind::Image => ("image_data", picture(asset, &url)),
        MediaKind::Video => ("video_data", film(asset, &url)),
        MediaKind::Audio | MediaKind::File => ("file_url", json!(url)),
    };
    object.insert(key.into(), value);
    Value::Object(object)
}

fn picture(asset: &Asset, url: &str) -> Value {
    let mut data = Map::new();
    for (name, pixels) in
        [("width", asset.width), ("height", asset.height), ("max_width", asset.width), ("max_height", asset.height)]
    {
        data.extend(pixels.map(|pixels| (name.to_owned(), json!(pixels))));
    }
    data.insert("url".into(), json!(url));
    data.insert("preview_url".into(), json!(url));
    if asset.content_type == "image/gif" {
        data.insert("animated_gif_url".into(), json!(url));
        data.insert("animated_gif_preview_url".into(), json!(url));
    }
    Value::Object(data)
}

fn film(asset: &Asset, url: &str) -> Value {
    let mut data = Map::new();
    data.extend(asset.width.map(|width| ("width".to_owned(), json!(width))));
    data.extend(asset.height.map(|height| ("height".to_owned(), json!(height))));
    // Whole seconds, the begun one included.
    data.extend(asset.duration_ms.map(|length| ("length".to_owned(), json!(length.div_ceil(1_000)))));
    data.insert("url".into(), json!(url));
    data.insert("preview_url".into(), json!(url));
    Value::Object(data)
}

/// A card; of its buttons the first one is told, else what a tap on the card does.
fn card(element: &Element) -> Value {
    let mut card = Map::from_iter([("title".to_owned(), json!(element.title))]);
    card.extend(element.subtitle.as_ref().map(|subtitle| ("subtitle".to_owned(), json!(subtitle))));
    card.extend(element.image_url.as_ref().map(|url| ("media_url".to_owned(), json!(url))));
    let cta = match (element.buttons.first(), &element.default_action) {
        (Some(Button::WebUrl { url, title }), _) => Some(json!({"title": title, "type": "web_url", "url": url})),
        (Some(Button::Postback { title, .. }), _) => Some(json!({"title": title, "type": "postback"})),
        (None, Some(DefaultAction::WebUrl { url })) => Some(json!({"type": "web_url", "url": url})),
        (None, None) => None,
    };
    card.extend(cta.map(|cta| ("cta".to_owned(), cta)));
    json!({"generic_template": card})
}

/// `shares.data`: where the shared picture or video is; products by their ids.
pub fn shares(call: &Call<'_>, message: &Message, beside: &Beside) -> Vec<Value> {
    match &message.content {
        Content::MediaShare(_) => beside.share.iter().map(|post| shared(call, post)).collect(),
        Content::Template(Template::Product { elements }) => {
            vec![json!({"template": {"payload": {"product": {"elements": {"data": elements}}}}})]
        }
        _ => Vec::new(),
    }
}

fn shared(call: &Call<'_>, post: &Media) -> Value {
    let kind = match post.media_product_type {
        MediaProductType::Reels => "ig_reel",
        _ => "ig_post",
    };
    let link = media::post_url(&call.server.world, post);
    json!({"link": link, "id": post.id, "name": post.caption, "title": post.caption, "type": kind})
}

/// `story`: which story the message mentions or answers. Its link goes with the story, and a day after it came; the id stays
/// (contract read 3.3).
pub fn story(call: &Call<'_>, message: &Message, beside: &Beside) -> Option<Value> {
    let now = call.server.world.now();
    if let Content::StoryMention(file) = &message.content {
        return Some(json!({"mention": linked(beside.mention.clone(), json!(file.asset))}));
    }
    let id = message.aside.story?;
    let alive = beside.story.as_ref().filter(|story| story.is_seen(now));
    Some(json!({"reply_to": linked(alive.map(|story| media::post_url(&call.server.world, story)), json!(id))}))
}

fn linked(link: Option<String>, id: Value) -> Value {
    let mut object = Map::new();
    object.extend(link.map(|link| ("link".to_owned(), json!(link))));
    object.insert("id".into(), id);
    Value::Object(object)
}

/// `reactions`: each emoji with those who chose it.
pub fn reactions(reactions: &[Reaction], ends: &Ends) -> Option<Value> {
    let mut groups: Vec<(&str, Vec<&Value>)> = Vec::new();
    for reaction in reactions {
        let user = match reaction.from {
            Side::Person => &ends.person,
            Side::Business => &ends.business,
        };
        match groups.iter_mut().find(|(emoji, _)| *emoji == reaction.emoji) {
            Some((_, users)) => users.push(user),
            None => groups.push((&reaction.emoji, vec![user])),
        }
    }
    let data: Vec<Value> =
        groups.into_iter().map(|(emoji, users)| json!({"reaction": emoji, "users": users})).collect();
    (!data.is_empty()).then(|| json!({ "data": data }))
}

/// `reply_to`: the message that this one answers. `answered` says who wrote that.
pub fn reply_to(message: &Message, answered: Option<Side>) -> Option<Value> {
    let mid = MessageId { item: message.aside.reply_to?, ..message.id };
    Some(json!({"mid": mid, "is_self_reply": answered == Some(message.from)}))
}
