/** The style of a report's page. Colours of series are told apart in both schemes, and by most who see colours otherwise. */
export declare const PAGE_STYLE: string;
