/** How many players run at once: browsers allow a page only some, and decoding costs. */
export const PLAYERS_AT_MOST = 4;

interface Stoppable {
  stop(): void;
}

const running: Stoppable[] = [];

/** Notes a player that starts; the one that runs longest makes room if need be. */
export function take(player: Stoppable): void {
  give(player);
  while (running.length >= PLAYERS_AT_MOST) running.shift()!.stop();
  running.push(player);
}

export function give(player: Stoppable): void {
  const index = running.indexOf(player);
  if (index >= 0) running.splice(index, 1);
}
