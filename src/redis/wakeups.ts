import { Connection } from './connection.js';
import type { ConnectionSettings } from './settings.js';

/**
 * Who listens on a channel. It is due from the moment that the channel is subscribed to, since what was told before went by
 * unheard, and whenever something is told there.
 */
export class Wakeup {
  readonly #leave: (wakeup: Wakeup) => void;
  #isDue = false;
  #resume: (() => void) | undefined;

  constructor(leave: (wakeup: Wakeup) => void) {
    this.#leave = leave;
  }

  /** Resolves when it is due, when the signal fires, or after the given time in ms. */
  async next(limitMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#isDue && !signal?.aborted) {
      let timer: NodeJS.Timeout | undefined;
      let resume = (): void => {};
      await new Promise<void>((resolve) => {
        resume = resolve;
        this.#resume = resume;
        timer = setTimeout(resume, limitMs);
        signal?.addEventListener('abort', resume, { once: true });
      });
      clearTimeout(timer);
      signal?.removeEventListener('abort', resume);
      this.#resume = undefined;
    }
    this.#isDue = false;
  }

  wake(): void {
    this.#isDue = true;
    this.#resume?.();
  }

  /** Stops listening. */
  close(): void {
    this.#leave(this);
  }
}

interface Channel {
  readonly listeners: Set<Wakeup>;
  subscribed: boolean;
}

/**
 * What is told on channels, over a connection of its own that is made when somebody first listens. While it is lost nothing is
 * told: whoever waits does so for a limited time.
 */
export class Wakeups {
  readonly #settings: ConnectionSettings;
  readonly #channels = new Map<string, Channel>();
  #connection: Connection | undefined;

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
  }

  listen(name: string): Wakeup {
    const channel = this.#channels.get(name) ?? this.#open(name);
    const wakeup = new Wakeup((left) => this.#leave(name, left));
    channel.listeners.add(wakeup);
    if (channel.subscribed) wakeup.wake();
    return wakeup;
  }

  close(): void {
    this.#connection?.close();
    for (const { listeners } of this.#channels.values()) for (const wakeup of listeners) wakeup.wake();
  }

  #open(name: string): Channel {
    const channel = { listeners: new Set<Wakeup>(), subscribed: false };
    this.#channels.set(name, channel);
    if (this.#connection) this.#subscribe(name, channel);
    else this.#connect();
    return channel;
  }

  #connect(): void {
    const connection = new Connection(this.#settings, 'tracking', (event) => {
      if (event.type === 'connect') this.#connected();
      else for (const channel of this.#channels.values()) channel.subscribed = false;
    });
    this.#connection = connection;
    // It is made again for as long as it takes, and nobody waits for it.
    connection.whenReady((abandon) => abandon(0)).catch(ignore);
  }

  #connected(): void {
    this.#connection?.ready?.on('message', (name: string) => this.#told(name));
    for (const [name, channel] of this.#channels) this.#subscribe(name, channel);
  }

  #subscribe(name: string, channel: Channel): void {
    const client = this.#connection?.ready;
    // Otherwise it is subscribed to as soon as there is a connection.
    client?.subscribe(name).then(() => {
      channel.subscribed = this.#connection?.ready === client;
      for (const wakeup of channel.listeners) wakeup.wake();
    }, ignore);
  }

  #told(name: string): void {
    for (const wakeup of this.#channels.get(name)?.listeners ?? []) wakeup.wake();
  }

  #leave(name: string, wakeup: Wakeup): void {
    const channel = this.#channels.get(name);
    if (!channel?.listeners.delete(wakeup) || channel.listeners.size > 0) return;
    this.#channels.delete(name);
    this.#connection?.ready?.unsubscribe(name).catch(ignore);
  }
}

/** A subscription that fails is made again with the next connection; until then the time limit of who waits holds. */
function ignore(): void {}
