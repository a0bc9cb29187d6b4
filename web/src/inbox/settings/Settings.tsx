/** How the desk is set up, and what is one's own. */
export function Settings() {
  return <section />;
}
