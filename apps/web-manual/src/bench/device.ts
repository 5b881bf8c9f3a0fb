import type { Device } from './measure.ts';

/** What a browser tells of the device: cores, platform, its own name and version. */
export function thisDevice(): Device {
  const { hardwareConcurrency: cores, userAgent } = navigator;
  return {
    cpu: `${platformName(userAgent)}, ${cores} core${cores === 1 ? '' : 's'}`,
    browser: browserName(userAgent),
    threads: crossOriginIsolated ? cores : 1,
  };
}

/** `Firefox 140`, from what browsers say of themselves; the more special names first. */
export function browserName(userAgent: string): string {
  for (const [pattern, name] of BROWSERS) {
    const found = pattern.exec(userAgent);
    if (found !== null) return `${name} ${found[1]}`;
  }
  return 'an unknown browser';
}

/** `Windows`, `Android`, ... */
export function platformName(userAgent: string): string {
  return PLATFORMS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'unknown system';
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/OBS\/(\d+)/, 'OBS'],
  [/Edg(?:A|iOS)?\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/HeadlessChrome\/(\d+)/, 'headless Chromium'],
  [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari/, 'Safari'],
];

const PLATFORMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];
