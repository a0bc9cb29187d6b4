-- What a post is beside its picture, and stories that end by the clock. Stories of before do not: nobody is told of them any more.

-- children: a JSON list of the ids of the posts that a carousel shows. link_url: where the sticker of a story leads.
ALTER TABLE media ADD COLUMN children TEXT NOT NULL DEFAULT '[]';
ALTER TABLE media ADD COLUMN link_url TEXT;
-- When a story ends by itself; nothing once it has ended.
ALTER TABLE media ADD COLUMN expires_time BIGINT;

CREATE INDEX media_expiring ON media (expires_time, account_id, id) WHERE expires_time IS NOT NULL;
