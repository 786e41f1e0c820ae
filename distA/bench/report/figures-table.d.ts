import type { Report } from '../report-data.js';
import type { Section } from './sections.js';
/** Every figure of a run: one sortable table for the scenarios that measure the same. */
export declare function figuresSection({ results, tuning }: Report): Section;
