/** The page with its isolation headers, on loopback. */
export const isolatedUrl = "http://127.0.0.1:4183/";

/** The page without them, under a name that is no secure context. */
export const plainHost = "mnasium.test";
export const plainUrl = `http://${plainHost}:4184/`;
