/**
 * The page in the sandboxed frame: hosts the maker's player and nothing else.
 *
 * The frame has no origin of its own, so the maker's code reaches neither Home Assistant's
 * login nor its pages. It is told what to play by messages.
 */
import type { EzuikitPlayer } from "./ezuikit";
import {
  type Code,
  DECODER,
  isMarked,
  marked,
  type Order,
  type PlayOrder,
  type Report,
} from "./protocol";

const BEAT_MS = 1000;
/** Stands where the maker's token would; the server puts in the real one. */
const NO_TOKEN = "session";
/** What a stream server says after the last picture of a recording. */
const END_CODE = 1;
const STREAM_CALL = "/api/lapp/live/url/ezopen";

let player: EzuikitPlayer | undefined;
let loaded: () => void;
const whenLoaded = new Promise<void>((resolve) => (loaded = resolve));
/** Messages with media since the last beat. */
let media = 0;

const report = (message: Report): void => parent.postMessage(marked(message), "*");

/** A sandboxed frame has no storage, but the maker's code insists on one. */
function provideStorage(name: "localStorage" | "sessionStorage"): void {
  const kept = new Map<string, string>();
  const storage: Storage = {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    key: (index) => [...kept.keys()][index] ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem: (key, value) => void kept.set(key, String(value)),
  };
  Object.defineProperty(window, name, { value: storage });
}

/** The maker's worker names the decoder by its address, and is given what came instead. */
function provideDecoder(decoder: Blob): void {
  const named = new URL(DECODER, location.href).href;
  const address = URL.createObjectURL(decoder);
  const renamed = (part: BlobPart): BlobPart =>
    typeof part === "string" ? part.replaceAll(named, address) : part;
  window.Blob = new Proxy(Blob, {
    construct: (target, [parts, options]: ConstructorParameters<typeof Blob>) =>
      new target(parts?.map(renamed), options),
  });
}

function run(script: Blob): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = URL.createObjectURL(script);
    element.onload = () => resolve();
    element.onerror = () => reject(new Error("The player could not be started"));
    document.head.append(element);
  });
}

async function load(code: Code): Promise<void> {
  provideDecoder(code.decoder);
  await run(code.player);
  loaded();
}

/** The maker's code keeps to itself, with this template, that a stream was refused. */
function watchAnswers(): void {
  const original = window.fetch.bind(window);
  window.fetch = async (...request) => {
    const response = await original(...request);
    if (response.url.endsWith(STREAM_CALL)) void readRefusal(response.clone());
    return response;
  };
}

/** No event of the maker's code tells that media come, or that a recording is over. */
function watchSockets(): void {
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", ({ data }) => {
        if (typeof data !== "string") media += 1;
        else if (isEnd(data)) report({ kind: "ended" });
      });
    }
  };
}

function isEnd(text: string): boolean {
  try {
    return (JSON.parse(text) as { errorCode?: number }).errorCode === END_CODE;
  } catch {
    return false;
  }
}

async function readRefusal(response: Response): Promise<void> {
  if (!response.ok) return fail(response.status, "");
  const { code, msg } = (await response.json()) as { code?: string; msg?: string };
  if (code !== "200") fail(code, msg);
}

function play(order: PlayOrder): void {
  const Player = window.EZUIKit!.EZUIKitPlayer;
  player = new Player({
    id: "video",
    url: order.ezopen,
    accessToken: NO_TOKEN,
    env: { domain: order.apiBase },
    template: "simple",
    staticPath: new URL("ezuikit_static", location.href).href,
    width: innerWidth,
    height: innerHeight,
    audio: order.sound,
    autoplay: true,
    language: order.language,
    decoderType: "v1",
    dataReport: false,
    loggerOptions: { level: "ERROR" },
    handleSuccess: () => report({ kind: "playing" }),
    handleError: (error) => {
      // It cannot play faster, or slower, and goes on as before.
      if (error.type !== "fast" && error.type !== "slow") {
        fail(error.retcode ?? error.code, error.msg);
      }
    },
  });
  player.on("firstFrameDisplay", () => report({ kind: "playing" }));
  player.on("playbackEnd", () => report({ kind: "ended" }));
  // Errors of the maker's API come here and nowhere else.
  player.on("message", (text, kind, detail) => {
    if (kind === "fetchError" || kind === "socketError") {
      fail((detail as { code?: number } | undefined)?.code, String(text));
    }
  });
}

function fail(code: unknown, text: unknown): void {
  const number = Number(code);
  report({
    kind: "failed",
    code: Number.isFinite(number) && code !== undefined ? number : null,
    text: typeof text === "string" ? text : "",
  });
}

const failWith = (error: unknown): void => fail(undefined, String(error));

async function beat(): Promise<void> {
  if (!player || media === 0) return;
  media = 0;
  const time = await Promise.resolve(player.getOSDTime()).catch(() => undefined);
  report({ kind: "alive", at: time?.data ?? 0 });
}

async function changeSpeed(faster: boolean): Promise<void> {
  const answer = await (faster ? player?.fast() : player?.slow());
  if (answer?.data) report({ kind: "speed", speed: answer.data.speed });
}

function obey(order: Order): void {
  switch (order.kind) {
    case "load":
      return void load(order).catch(failWith);
    case "play":
      return void whenLoaded.then(() => play(order)).catch(failWith);
    case "sound":
      return void (order.on ? player?.openSound() : player?.closeSound());
    case "pause":
      return void player?.pause();
    case "resume":
      return void player?.resume();
    case "speed":
      return void changeSpeed(order.faster);
  }
}

function start(): void {
  provideStorage("localStorage");
  provideStorage("sessionStorage");
  watchAnswers();
  watchSockets();
  addEventListener("message", (event) => {
    if (event.source === parent && isMarked(event.data)) obey(event.data as Order);
  });
  addEventListener("resize", () => player?.reSize(innerWidth, innerHeight));
  setInterval(() => void beat(), BEAT_MS);
  report({ kind: "ready" });
}

start();
