/** What accounts published: posts and stories apart, stories for as long as they stand. */
import { STANDARD } from '../../shared/window';
import type { Schemas } from '../../shared/api/client';
import { millis } from '../../shared/time';

export type Post = Schemas['MediaView'];

/** How long a story stands. */
export const STORY = STANDARD;

export const isStory = (post: Post) => post.media_product_type === 'STORY';

/** Stories that stand at `now`, oldest first, as they are watched. */
export function stories(media: readonly Post[], now: number): Post[] {
  return media.filter((post) => isStory(post) && now - millis(post.timestamp) <= STORY).reverse();
}

/** Posts of the grid, newest first. */
export const posts = (media: readonly Post[]) => media.filter((post) => !isStory(post));
