import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser's path, or undefined where there is none. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place))

/** Continuous integration must look at pages; elsewhere a missing browser skips the suites that need one. */
export const canSkipBrowser = chromiumPath === undefined && !process.env.CI

/** @throws Error that says what to install when there is no browser. */
export async function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) {
    throw new Error('No Chromium was found: install it, or set CHROMIUM to the path of its program.')
  }
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
