/** Has the desk look at an account now, for what no webhook told. */
export function Look({ connection }: { connection: string }) {
  return <span hidden>{connection}</span>;
}
