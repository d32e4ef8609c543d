/** Copy a text; false where the browser does not let this page. `inside`: where a helper element may stand. */
export async function copy(text: string, inside: Node): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // no secure context, or a host page that forbids it: the old way
  }
  const before = (inside.getRootNode() as ShadowRoot).activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  inside.appendChild(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    done = false;
  }
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
