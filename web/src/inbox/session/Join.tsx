/** Comes in by a one-time link. */
export function Join() {
  return <form />;
}
