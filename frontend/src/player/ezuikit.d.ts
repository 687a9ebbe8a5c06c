/** The part of ezuikit-js 9.0 that the player page uses; the package has no types. */
export interface EzuikitOptions {
  id: string;
  url: string;
  accessToken: string;
  env: { domain: string };
  template: string;
  staticPath: string;
  width: number;
  height: number;
  audio: boolean;
  autoplay: boolean;
  language: string;
  decoderType: "v1" | "v3" | "auto";
  dataReport: boolean;
  loggerOptions: { level: string };
  handleSuccess(): void;
  handleError(error: { type?: string; retcode?: number; code?: number; msg?: string }): void;
}

export interface EzuikitPlayer {
  on(name: string, listener: (...data: unknown[]) => void): void;
  openSound(): unknown;
  closeSound(): unknown;
  pause(): unknown;
  resume(): unknown;
  fast(): Promise<{ data?: { speed: number } }>;
  slow(): Promise<{ data?: { speed: number } }>;
  reSize(width: number, height: number): unknown;
  getOSDTime(): Promise<{ code?: number; data?: number }>;
}

declare global {
  interface Window {
    EZUIKit?: { EZUIKitPlayer: new (options: EzuikitOptions) => EzuikitPlayer };
  }
}
