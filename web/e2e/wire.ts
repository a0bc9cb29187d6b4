/** Stands between an inbox and the platform and writes down what is sent, as it is on the wire. */
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Wire {
  /** The bodies of all sends, oldest first. */
  readonly sends: Record<string, unknown>[] = [];
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server;

  private constructor(private readonly target: URL) {
    this.server = createServer((incoming, outgoing) => this.pass(incoming, outgoing));
  }

  static async before(platform: string): Promise<Wire> {
    const wire = new Wire(new URL(platform));
    await new Promise<void>((done) => wire.server.listen(0, '127.0.0.1', done));
    return wire;
  }

  get url() {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
    this.agent.destroy();
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse) {
    const { method, headers, url: path } = incoming;
    const { hostname, port } = this.target;
    const onward = request({ hostname, port, method, path, headers, agent: this.agent }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    onward.once('error', () => outgoing.destroy());
    if (method === 'POST' && /\/messages(\?|$)/.test(path ?? '')) {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => this.sends.push(read(Buffer.concat(parts).toString(), headers['content-type'] ?? '')));
    }
    incoming.pipe(onward);
  }
}

function read(body: string, type: string): Record<string, unknown> {
  if (type.includes('json')) return JSON.parse(body) as Record<string, unknown>;
  return Object.fromEntries(new URLSearchParams(body));
}
