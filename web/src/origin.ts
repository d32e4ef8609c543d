// Where the server is: told, or else where the script came from.

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : null;
const CHANNEL = "webhooks/web/";

/** The address of the web channel. `server` and `api` are those attributes of the element. */
export function address(server: string | null, api: string | null): string {
  const page = document.baseURI;
  if (api !== null) return slashed(new URL(api, server ? slashed(new URL(server, page)) : page));
  if (server !== null) return new URL(CHANNEL, slashed(new URL(server, page))).href;
  const folder = new URL("./", script ?? page);
  return folder.pathname.endsWith(`/${CHANNEL}`) ? folder.href : new URL(CHANNEL, folder).href;
}

function slashed(url: URL): string {
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}
