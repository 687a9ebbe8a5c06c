/**
 * Judges from what the player reports, and above all from what it does not, how a stream
 * is doing. A wrong code, a silent stream or a stuck decoder raise no event at all.
 */
import type { Report } from "../player/protocol";

export const FIRST_FRAME_MS = 20_000;
export const STALL_MS = 10_000;
/** A stream that ran this long is healthy: earlier failures are forgiven. */
export const HEALTHY_MS = 20_000;
export const REOPENINGS = 3;

export type Why = "silent" | "lost" | "refused" | "unloaded";

export type Verdict =
  | { readonly kind: "wait" }
  | { readonly kind: "reopen"; readonly afterMs: number }
  | { readonly kind: "ended" }
  | { readonly kind: "failed"; readonly why: Why; readonly text: string };

const WAIT: Verdict = { kind: "wait" };

export class Watch {
  /** Time in the picture of a recording, epoch seconds as the player tells it; 0 if unknown. */
  at = 0;
  paused = false;
  private started: number;
  private firstFrame: number | undefined;
  private lastSign: number;
  private reopened = 0;

  /** `finite` is a recording: it ends, and is not opened again from its start. */
  constructor(
    now: number,
    private readonly finite: boolean,
  ) {
    this.started = now;
    this.lastSign = now;
  }

  get playing(): boolean {
    return this.firstFrame !== undefined;
  }

  /** Begins anew after a verdict "reopen". */
  restart(now: number): void {
    this.started = now;
    this.lastSign = now;
    this.firstFrame = undefined;
    this.paused = false;
  }

  hear(report: Report, now: number): Verdict {
    switch (report.kind) {
      case "playing":
        this.firstFrame ??= now;
        this.lastSign = now;
        return WAIT;
      case "alive":
        // Media come with a wrong code too; only a picture shows that it plays.
        this.lastSign = now;
        this.at = report.at || this.at;
        return WAIT;
      case "ended":
        return this.finite ? { kind: "ended" } : this.again(now, "");
      case "failed":
        if (this.playing) return this.again(now, report.text);
        return { kind: "failed", why: "refused", text: report.text };
      case "ready":
      case "speed":
        return WAIT;
    }
  }

  /** To be asked every second. */
  look(now: number): Verdict {
    if (this.paused) {
      this.lastSign = now;
      return WAIT;
    }
    if (!this.playing) {
      const late = now - this.started > FIRST_FRAME_MS;
      return late ? { kind: "failed", why: "silent", text: "" } : WAIT;
    }
    return now - this.lastSign > STALL_MS ? this.again(now, "") : WAIT;
  }

  private again(now: number, text: string): Verdict {
    // The service closes a recording that is over without the player saying so.
    if (this.finite) return { kind: "ended" };
    if (this.firstFrame !== undefined && now - this.firstFrame > HEALTHY_MS) this.reopened = 0;
    if (this.reopened >= REOPENINGS) return { kind: "failed", why: "lost", text };
    this.reopened += 1;
    return { kind: "reopen", afterMs: 1000 * 2 ** (this.reopened - 1) };
  }
}
