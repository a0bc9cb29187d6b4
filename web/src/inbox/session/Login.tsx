/** Logs in. */
export function Login() {
  return <form />;
}
