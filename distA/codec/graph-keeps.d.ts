/** What the graph codec keeps: all plain data that has no identity of its own. */
export declare const GRAPH_KEEPS: import("./keeps.js").Keeps;
