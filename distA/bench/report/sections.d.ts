import type { Report } from '../report-data.js';
import type { ChartGroup } from './chart-groups.js';
import { type Html } from './html.js';
/** A part of the page that the table of contents names. */
export interface Section {
    readonly id: string;
    readonly heading: string;
    readonly body: Html;
}
/** Charts with their tables, and for the pool what the figures come to. */
export declare function chartSection({ id, heading, lead, charts }: ChartGroup, report: Report): Section;
/** Where we lose, in the words of the command line; and how it compares with an earlier run, where there was one. */
export declare function verdictSections({ results, comparison, thresholds, tuning }: Report): Section[];
/** What the figures were measured on, how, and the command that does it again. */
export declare function environmentSection({ environment, settings, skipped, results, command }: Report): Section;
/** Of a tuning: what to use, why, and what it costs. */
export declare function choiceSection({ tuning }: Report): Section[];
