/** Comments on the account's posts, those of people without a conversation included. */
export function Comments() {
  return <section />;
}
