/**
 * What the page and the sandboxed player tell each other.
 *
 * Both check who sent a message: the player only listens to its parent, the page only to
 * the frame it made.
 */

/** Files of the maker's player, beside the page. */
export const PLAYER = "ezuikit.js";
export const DECODER = "ezuikit_static/PlayCtrlWasm/playCtrl1/HasSIMD/Decoder.js";

/** What is in these files; it is no secret. */
export interface Code {
  readonly player: Blob;
  readonly decoder: Blob;
}

/** What to play; `apiBase` and `ezopen` are good for one session. */
export interface PlayOrder {
  readonly apiBase: string;
  readonly ezopen: string;
  readonly language: string;
  readonly sound: boolean;
}

export type Order =
  | ({ readonly kind: "load" } & Code)
  | ({ readonly kind: "play" } & PlayOrder)
  | { readonly kind: "sound"; readonly on: boolean }
  | { readonly kind: "pause" | "resume" }
  | { readonly kind: "speed"; readonly faster: boolean };

export type Report =
  | { readonly kind: "ready" }
  | { readonly kind: "playing" }
  /** Sent every second while media come; `at` is the time in the picture, epoch seconds. */
  | { readonly kind: "alive"; readonly at: number }
  /** How many times as fast as it was recorded it plays from now on. */
  | { readonly kind: "speed"; readonly speed: number }
  | { readonly kind: "ended" }
  | { readonly kind: "failed"; readonly code: number | null; readonly text: string };

/** Marks our messages, as libraries on both sides send their own. */
export const MARK = "hikcentral-player";

export type Marked<T> = T & { readonly mark: typeof MARK };

export const marked = <T extends object>(message: T): Marked<T> => ({ ...message, mark: MARK });

export const isMarked = (data: unknown): data is Marked<Order | Report> =>
  typeof data === "object" && data !== null && (data as { mark?: unknown }).mark === MARK;
