// The visitor's token: asked for once, kept for all tabs, replaced where the server knows it no more.
import { type Api, Refused } from "./api";

/** Local storage where the browser lets this page have it; a conversation without it lives as long as the page. */
export function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export class Session {
  private readonly name: string;
  private token: string | null = null;
  private asking: Promise<string> | null = null;

  constructor(private readonly api: Api, private readonly kept: Storage | null = storage()) {
    this.name = `rahdari-session ${api.base}`;
  }

  /** Whether a storage event tells of another tab's new token. */
  concerns(event: StorageEvent): boolean {
    return event.key === this.name;
  }

  /** Do something as this visitor. A token that the server refuses is replaced, once: the visitor begins anew. */
  async as<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.current();
    try {
      return await work(token);
    } catch (error) {
      if (!(error instanceof Refused && error.status === 401)) throw error;
      if (this.read() === token) this.keep(null); // another tab may have been quicker
      return work(await this.current());
    }
  }

  keep(token: string | null): void {
    this.token = token;
    try {
      if (token === null) this.kept?.removeItem(this.name);
      else this.kept?.setItem(this.name, token);
    } catch {
      // a full or forbidden storage: the token lives with the page
    }
  }

  private read(): string | null {
    try {
      return this.kept?.getItem(this.name) ?? this.token;
    } catch {
      return this.token;
    }
  }

  private async current(): Promise<string> {
    const known = this.read();
    if (known) return known;
    this.asking ??= this.api.session().finally(() => (this.asking = null));
    const fresh = await this.asking;
    const others = this.read(); // two tabs that open at once go on as one visitor
    if (others) return others;
    this.keep(fresh);
    return fresh;
  }
}
