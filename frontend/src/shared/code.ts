/**
 * The maker's player, fetched by the page: its own frame has no origin and so no cache, and
 * would load two megabytes anew each time.
 */
import { type Code, DECODER, PLAYER } from "../player/protocol";

export async function fetchCode(): Promise<Code> {
  const [player, decoder] = await Promise.all([PLAYER, DECODER].map(fetchFile));
  return { player: player!, decoder: decoder! };
}

async function fetchFile(name: string): Promise<Blob> {
  const response = await fetch(new URL(/* @vite-ignore */ name, import.meta.url));
  if (!response.ok) throw new Error(`${name} could not be loaded`);
  return response.blob();
}
