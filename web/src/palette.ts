// The colours, light and dark. Each can be set from outside by the variable of its name without the underscore.
import { css } from "lit";

export const light = css`
  --_accent: var(--rahdari-accent, #0f5c4d);
  --_on-accent: var(--rahdari-on-accent, #ffffff);
  --_canvas: var(--rahdari-canvas, #f6f4ef);
  --_surface: var(--rahdari-surface, #ffffff);
  --_text: var(--rahdari-text, #20262b);
  --_muted: var(--rahdari-muted, #5a6167);
  --_line: var(--rahdari-line, #dfdbd1);
  --_person: var(--rahdari-person, #e2ede8);
  --_mark: var(--rahdari-mark, #fbe7a4);
  --_on-mark: var(--rahdari-on-mark, #2b2308);
  --_alarm: var(--rahdari-alarm, #8c2f1c);
  --_alarm-surface: var(--rahdari-alarm-surface, #fdf1ec);
  --_focus: var(--rahdari-focus, #1c64d1);
  --_shadow: 0 1px 2px rgb(32 38 43 / 6%), 0 8px 28px rgb(32 38 43 / 14%);
  color-scheme: light;
`;

export const dark = css`
  --_accent: var(--rahdari-accent, #7fcdb6);
  --_on-accent: var(--rahdari-on-accent, #0c1f1a);
  --_canvas: var(--rahdari-canvas, #14171a);
  --_surface: var(--rahdari-surface, #1d2125);
  --_text: var(--rahdari-text, #e9e7e1);
  --_muted: var(--rahdari-muted, #a6adb3);
  --_line: var(--rahdari-line, #353b41);
  --_person: var(--rahdari-person, #24423a);
  --_mark: var(--rahdari-mark, #5c4b12);
  --_on-mark: var(--rahdari-on-mark, #fff3cd);
  --_alarm: var(--rahdari-alarm, #f3ab9a);
  --_alarm-surface: var(--rahdari-alarm-surface, #38231d);
  --_focus: var(--rahdari-focus, #8fb8ff);
  --_shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 28px rgb(0 0 0 / 55%);
  color-scheme: dark;
`;
