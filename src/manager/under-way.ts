import { OrderedCalls } from '../backends/ordered-calls.js';
import type { Place } from './flight.js';
import type { Production } from './production.js';

/** What is under way in a manager and in all its views, by the full names of keys: two views of one tenant share it. */
export class UnderWay {
  /** Sets with tags take two steps. What is called on their keys meanwhile waits for them; nothing else passes here. */
  readonly calls = new OrderedCalls('cache manager');
  /** By key. Most are kept without a flight: putting them in and taking them out again would cost a third of a hit's extra. */
  readonly places = new Map<string, Place>();
  readonly productions = new Map<string, Production>();
}

/** Whose keys a manager has. */
export interface Domain {
  readonly underWay: UnderWay;
  /** Begins the full names of its keys; empty for a manager that is no view. */
  readonly prefix: string;
  /** The same of those that its tags are for. */
  readonly tagPrefix: string;
}
