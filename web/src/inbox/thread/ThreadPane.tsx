/** A conversation: what was said, and where one answers. */
export function ThreadPane({ id }: { id: string }) {
  return <section>{id}</section>;
}
