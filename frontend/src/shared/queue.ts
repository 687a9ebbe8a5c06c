/**
 * How many pictures load at once. A browser opens six connections to a host, and a camera
 * that does not answer keeps one for seconds: some stay free for who presses play.
 */
export const LOADING_AT_MOST = 4;

export interface Loader {
  load(): void;
}

const waiting = new Set<Loader>();
const loading = new Set<Loader>();

/** Has a loader called when it is its turn; it says when it is done. */
export function enqueue(loader: Loader): void {
  if (loading.has(loader)) return;
  waiting.add(loader);
  next();
}

/** To be called when a loader has loaded, failed, or does not want to any more. */
export function done(loader: Loader): void {
  waiting.delete(loader);
  loading.delete(loader);
  next();
}

function next(): void {
  for (const loader of waiting) {
    if (loading.size >= LOADING_AT_MOST) return;
    waiting.delete(loader);
    loading.add(loader);
    loader.load();
  }
}
