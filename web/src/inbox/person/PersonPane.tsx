/** Who writes, and what is known of them. */
export function PersonPane({ id }: { id: string }) {
  return <aside>{id}</aside>;
}
